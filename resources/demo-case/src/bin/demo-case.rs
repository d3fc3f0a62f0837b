//! Renders the demo case that lies beside this package's manifest, or another one: `demo-case OUT [CASE]`.

use koplamp_demo_case::{load, render};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(out) = arguments.next() else {
        return failed("name the folder to render into: demo-case OUT [CASE]", 2);
    };
    let case = arguments.next().unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    match run(&case, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(error, 1),
    }
}

fn run(case: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let case = load(case)?;
    let rendered = render(&case, out)?;
    let mut stdout = io::stdout().lock();
    for file in &rendered {
        writeln!(stdout, "{}", file.path.display())?;
    }
    writeln!(stdout, "{}: {} files from {} sources", case.name, rendered.len(), case.documents.len())?;
    Ok(())
}

fn failed(message: impl std::fmt::Display, code: u8) -> ExitCode {
    // With no way to tell, the exit code still does.
    let _ = writeln!(io::stderr(), "{message}");
    ExitCode::from(code)
}
