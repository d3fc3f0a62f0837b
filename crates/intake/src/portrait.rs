//! A picture to a portrait: decoded in the caged worker, cut to a square, made small. What comes out of the process is plain pixels, always as
//! many, and they are encoded by the side that asked: no byte of the picture's file goes further than the worker.

use std::io::{self, Cursor, Read, Write};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ExtendedColorType, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits as ImageLimits};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Pixels across and down.
pub const SIDE: u32 = 256;
/// Most pixels across or down that are decoded.
const MOST_SIDE: u32 = 20_000;
/// Most bytes that decoding may take: 48 million pixels of four bytes, the largest cameras in use.
const MOST_MEMORY: u64 = 192 << 20;
/// Bytes of the pixels.
const PIXELS: usize = (SIDE * SIDE * 3) as usize;
/// Of JPEG, 1 to 100.
const QUALITY: u8 = 85;
/// First byte of an answer.
const MADE: u8 = 1;
const REFUSED: u8 = 0;

/// Why there is no portrait of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum NoPortrait {
    /// It is neither PNG nor JPEG.
    #[error("this is neither a PNG nor a JPEG picture: save it as one of these, and take that in")]
    NotAPicture,
    /// It says that it is larger than any camera makes them, or would take too much memory.
    #[error(
        "the picture is larger than {MOST_SIDE} pixels across, or 48 million pixels: make it smaller, and take that in"
    )]
    TooLarge,
    /// It ends too early, or says what no picture says.
    #[error("the picture is damaged or cut short: take it in again from where it came from")]
    Damaged,
}

/// Why an answer was not believed.
#[derive(Debug, Error)]
pub enum Disbelief {
    /// The pipe broke.
    #[error("it broke off: {0}")]
    Io(#[from] io::Error),
    /// The answer is not one that [`perform`] gives.
    #[error("it is no portrait")]
    Malformed,
}

/// Decodes and reduces, in the process that has nothing to take, and writes the answer.
///
/// # Errors
/// When the answer cannot be written.
pub fn perform(file: &[u8], answer: &mut dyn Write) -> io::Result<()> {
    match reduced(file) {
        Ok(pixels) => {
            answer.write_all(&[MADE])?;
            answer.write_all(&pixels)
        }
        Err(reason) => {
            answer.write_all(&[REFUSED])?;
            serde_json::to_writer(answer, &reason).map_err(io::Error::from)
        }
    }
}

/// Takes the answer to its end, and encodes what pixels came: a JPEG of [`SIDE`] by [`SIDE`].
///
/// # Errors
/// The answer is not one. Within: there is no portrait of the file.
pub fn receive(pipe: impl Read) -> Result<Result<Vec<u8>, NoPortrait>, Disbelief> {
    let mut answer = Vec::new();
    pipe.take(PIXELS as u64 + 2).read_to_end(&mut answer)?;
    match answer.split_first() {
        Some((&MADE, pixels)) if pixels.len() == PIXELS => {
            let mut picture = Vec::new();
            let mut encoder = JpegEncoder::new_with_quality(&mut picture, QUALITY);
            let written = encoder.encode(pixels, SIDE, SIDE, ExtendedColorType::Rgb8);
            written.map(|()| Ok(picture)).map_err(|_| Disbelief::Malformed)
        }
        Some((&REFUSED, reason)) => serde_json::from_slice(reason).map(Err).map_err(|_| Disbelief::Malformed),
        _ => Err(Disbelief::Malformed),
    }
}

/// The pixels of the square in the middle, the right way up, on white where the picture lets through.
fn reduced(file: &[u8]) -> Result<Vec<u8>, NoPortrait> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| NoPortrait::NotAPicture)?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err(NoPortrait::NotAPicture);
    }
    let mut limits = ImageLimits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(why)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(NoPortrait::TooLarge);
    }
    // Cameras keep what is up beside the picture; without it, it is taken as it is.
    let turned = decoder.orientation().ok();
    let mut picture = image::DynamicImage::from_decoder(decoder).map_err(why)?;
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    let square = picture.width().min(picture.height());
    if square == 0 {
        return Err(NoPortrait::Damaged);
    }
    let (left, top) = ((picture.width() - square) / 2, (picture.height() - square) / 2);
    let small = picture.crop_imm(left, top, square, square).resize_exact(SIDE, SIDE, FilterType::Triangle).to_rgba8();
    let mut pixels = Vec::with_capacity(PIXELS);
    for pixel in small.pixels() {
        let [red, green, blue, alpha] = pixel.0.map(u32::from);
        let on_white = |part: u32| u8::try_from((part * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX);
        pixels.extend([on_white(red), on_white(green), on_white(blue)]);
    }
    Ok(pixels)
}

fn why(error: ImageError) -> NoPortrait {
    match error {
        ImageError::Limits(_) => NoPortrait::TooLarge,
        ImageError::Unsupported(_) => NoPortrait::NotAPicture,
        _ => NoPortrait::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, Rgba, RgbaImage};

    use super::*;

    fn answered(file: &[u8]) -> Result<Vec<u8>, NoPortrait> {
        let mut answer = Vec::new();
        perform(file, &mut answer).unwrap();
        receive(&answer[..]).unwrap()
    }

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    /// Red at the left, blue in the middle, green at the right.
    fn stripes(width: u32, height: u32) -> DynamicImage {
        let third = |x: u32| [[255, 0, 0, 255], [0, 0, 255, 255], [0, 255, 0, 255]][(x * 3 / width) as usize];
        DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, _| Rgba(third(x))))
    }

    #[test]
    fn the_square_in_the_middle_is_made_small() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let picture = DynamicImage::ImageRgb8(stripes(900, 300).to_rgb8());
            let made = answered(&written(&picture, format)).unwrap();
            let read = image::load_from_memory(&made).unwrap().to_rgb8();
            assert_eq!(read.dimensions(), (SIDE, SIDE));
            let [red, green, blue] = read.get_pixel(SIDE / 2, SIDE / 2).0;
            assert!(blue > 240 && red < 15 && green < 15, "{format:?}: only the middle is left");
        }
        let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(40, 40, Rgba([9, 9, 9, 0])));
        let made = image::load_from_memory(&answered(&written(&clear, ImageFormat::Png)).unwrap()).unwrap().to_rgb8();
        assert!(made.get_pixel(5, 5).0.iter().all(|part| *part > 250), "what lets through is white");
    }

    #[test]
    fn a_hostile_picture_gives_none_and_the_reason() {
        let whole = written(&stripes(300, 300), ImageFormat::Png);
        assert_eq!(answered(&whole[..whole.len() / 2]), Err(NoPortrait::Damaged));
        // A head that says 60,000 by 60,000, with a check sum that is right.
        let mut bomb = whole.clone();
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let sum = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&sum);
        assert_eq!(answered(&bomb), Err(NoPortrait::TooLarge));
        let mut wide = whole.clone();
        wide[16..24].copy_from_slice(&[0, 0, 0x46, 0x50, 0, 0, 0x46, 0x50]);
        let sum = crc(&wide[12..29]).to_be_bytes();
        wide[29..33].copy_from_slice(&sum);
        assert_eq!(answered(&wide), Err(NoPortrait::TooLarge), "18,000 by 18,000 would take more than a gigabyte");
        assert_eq!(answered(b"GIF89a and so on"), Err(NoPortrait::NotAPicture));
        assert_eq!(answered(b""), Err(NoPortrait::NotAPicture));
        assert_eq!(answered(&[0xff, 0xd8, 0xff, 0xe0, 0, 0]), Err(NoPortrait::Damaged));
    }

    /// A process that a picture has taken over may answer anything.
    #[test]
    fn an_answer_is_not_believed() {
        for answer in [&b""[..], &[MADE], &[MADE, 1, 2, 3], &[7; PIXELS + 1], b"\0\"made\"", b"\0{"] {
            assert!(receive(answer).is_err(), "{} bytes", answer.len());
        }
        let mut long = vec![MADE];
        long.resize(PIXELS + 2, 0);
        assert!(receive(&long[..]).is_err(), "a byte too many");
        assert!(receive(&long[..=PIXELS]).unwrap().is_ok());
    }

    /// CRC-32 of ISO 3309, which PNG's chunks end with.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }
}
