//! Running other programs: what they say is passed on, and a failure tells the command to run alone.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// Runs a program to its end.
///
/// # Errors
/// It could not be started, or failed; with the command to run it alone.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", typed(command));
    let status = command.status().with_context(|| format!("could not start: {}", shown(command)))?;
    succeeded(command, status)
}

/// Runs a program to its end, passes its standard output on, and shows each line of it, without colours, to `see`.
///
/// # Errors
/// As [`run`].
pub fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<()> {
    println!("$ {}", typed(command));
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start: {}", shown(command)))?;
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line)? > 0 {
            io::stdout().write_all(&line)?;
            see(&without_colours(&String::from_utf8_lossy(&line)));
            line.clear();
        }
    }
    succeeded(command, child.wait()?)
}

/// Runs a program and gives what it wrote to standard output.
///
/// # Errors
/// As [`run`], and when its output is not text.
pub fn read(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("could not start: {}", shown(command)))?;
    succeeded(command, output.status)?;
    String::from_utf8(output.stdout).with_context(|| format!("this did not answer with text: {}", shown(command)))
}

/// Whether a program is there and succeeds. It says nothing.
pub fn works(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("{status}\nto run it alone: {}", shown(command));
    }
    Ok(())
}

/// The command as it can be typed into a shell, in any folder.
pub fn shown(command: &Command) -> String {
    let mut words = Vec::new();
    if let Some(folder) = command.get_current_dir() {
        words.push(format!("cd {} &&", quoted(folder.as_os_str())));
    }
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            words.push(format!("{}={}", name.display(), quoted(value)));
        }
    }
    words.push(typed(command));
    words.join(" ")
}

/// Program and arguments only.
fn typed(command: &Command) -> String {
    let words: Vec<String> = [command.get_program()].into_iter().chain(command.get_args()).map(quoted).collect();
    words.join(" ")
}

fn quoted(word: &OsStr) -> String {
    let text = word.to_string_lossy();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,+@".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.into_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A line without what colours it on a terminal.
fn without_colours(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(|letter: char| letter.is_ascii_alphabetic()).map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_a_shell_takes_it() {
        let mut command = Command::new("cargo");
        command.current_dir("/a b").env("X", "it's").env_remove("Y").args(["test", "", "--", "a,b"]);
        assert_eq!(shown(&command), r"cd '/a b' && X='it'\''s' cargo test '' -- a,b");
    }

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(without_colours("\u{1b}[1m\u{1b}[32mok\u{1b}[39m\u{1b}[22m. 5 passed"), "ok. 5 passed");
        assert_eq!(without_colours("none"), "none");
    }

    #[cfg(unix)]
    #[test]
    fn a_failure_names_the_command_and_every_line_is_seen() {
        let mut seen = Vec::new();
        let error = watch(Command::new("sh").args(["-c", "echo one; echo two; exit 3"]), |line| {
            seen.push(line.trim_end().to_owned());
        })
        .unwrap_err();
        assert_eq!(seen, ["one", "two"]);
        assert!(error.to_string().contains("sh -c 'echo one; echo two; exit 3'"), "{error}");
    }
}
