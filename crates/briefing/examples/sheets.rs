//! Writes sample sheets to a folder and says how long each took and how large it is:
//! `cargo run --release -p koplamp-briefing --example sheets -- FOLDER`.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::{env, error::Error, fs, path::PathBuf, time::Instant};

use koplamp_briefing::{Language, pdf, png, svg};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("which folder?")?);
    let red = sample::sheet("tlp:red", "TLP:RED", Language::Nl);
    let amber = sample::sheet("tlp:amber", "TLP:AMBER", Language::En);
    for (name, nodes, links, sheet) in
        [("small", 12, 18, &amber), ("chart", 60, 90, &red), ("large", 5_000, 20_000, &amber)]
    {
        let scene = sample::scene(nodes, links);
        let keep = |end: &str, began: Instant, bytes: &[u8]| {
            eprintln!(
                "{nodes}/{links} {end}: {:.0} ms, {} kB",
                began.elapsed().as_secs_f64() * 1000.0,
                bytes.len() / 1000
            );
            fs::write(folder.join(format!("{name}.{end}")), bytes)
        };
        let began = Instant::now();
        keep("svg", began, svg(&scene, sheet)?.as_bytes())?;
        let began = Instant::now();
        keep("pdf", began, &pdf(&scene, sheet)?.bytes)?;
        let began = Instant::now();
        keep("png", began, &png(&scene, sheet, if nodes > 1_000 { 0.5 } else { 1.0 })?.bytes)?;
    }
    Ok(())
}
