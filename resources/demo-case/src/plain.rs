//! Kinds that are text: CSV, TXT and Markdown.

use crate::{
    Result, Source,
    markdown::{blocks, opens_with_title},
};

/// The body as it is, in the encoding that the source names.
///
/// # Errors
/// A character that the encoding lacks.
pub fn encoded(source: &Source) -> Result<Vec<u8>> {
    let (bytes, _, lossy) = source.encoding.encode(&source.body);
    if lossy {
        let lacks = |character: &char| source.encoding.encode(character.encode_utf8(&mut [0; 4])).2;
        let character = source.body.chars().find(lacks).unwrap_or_default();
        return Err(source.unrenderable(format!("{} has no character `{character}`", source.encoding.name())));
    }
    Ok(bytes.into_owned())
}

/// The body below its title, unless it opens with a title of its own.
pub fn markdown(source: &Source) -> Vec<u8> {
    if opens_with_title(&blocks(&source.body)) {
        return source.body.clone().into_bytes();
    }
    format!("# {}\n\n{}", source.title, source.body).into_bytes()
}
