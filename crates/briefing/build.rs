//! Puts the icons of `resources/icons/types` into the program: a table of name and drawing, sorted by name.

use std::{env, error::Error, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../resources/icons/types");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut icons = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "svg") {
            println!("cargo::rerun-if-changed={}", path.display());
            let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or("an icon's name is not text")?;
            icons.push((
                name.to_owned(),
                drawing(&fs::read_to_string(&path)?).ok_or_else(|| format!("{} is no SVG", path.display()))?,
            ));
        }
    }
    icons.sort();
    let mut table = String::from("[\n");
    for (name, drawing) in &icons {
        writeln!(table, "    ({name:?}, {drawing:?}),")?;
    }
    table.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("icons.rs"), table)?;
    Ok(())
}

/// What lies between `<svg ...>` and `</svg>`, without line breaks.
fn drawing(file: &str) -> Option<String> {
    let (_, rest) = file.split_once("<svg")?;
    let (_, rest) = rest.split_once('>')?;
    let (inside, _) = rest.rsplit_once("</svg>")?;
    Some(inside.lines().map(str::trim).collect())
}
