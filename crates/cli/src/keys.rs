//! Passphrases and keys from files, standard input or the terminal.

use std::fs;
use std::io::{self, BufRead, Read};
use std::path::Path;

use koplamp_workspace::DeviceSecretSource;
use zeroize::Zeroizing;

use crate::arguments::Common;
use crate::output::Failed;

/// More than any passphrase; a file that is larger is another file.
const LONGEST: u64 = 64 * 1024;

impl Common {
    /// The passphrase, from its file or the terminal.
    pub fn passphrase(&self) -> Result<Zeroizing<String>, Failed> {
        secret(self.passphrase_file.as_deref(), "Passphrase: ", "--passphrase-file")
    }

    /// The passphrase of something new: on a terminal it is asked twice.
    pub fn new_passphrase(&self) -> Result<Zeroizing<String>, Failed> {
        new_secret(self.passphrase_file.as_deref(), "--passphrase-file")
    }

    /// Where the device secret is kept.
    pub fn device_secret(&self) -> DeviceSecretSource {
        match &self.device_secret_file {
            Some(file) => DeviceSecretSource::File(file.clone()),
            None => DeviceSecretSource::Keychain,
        }
    }
}

/// A new passphrase, from a file or twice from the terminal.
pub fn new_secret(file: Option<&Path>, option: &str) -> Result<Zeroizing<String>, Failed> {
    let first = secret(file, "New passphrase: ", option)?;
    if file.is_none() {
        let second = secret(None, "The same again: ", option)?;
        if first != second {
            return Err(Failed::Refused("the two passphrases differ".into()));
        }
    }
    Ok(first)
}

/// The first line of a file (`-` is standard input), or what is typed on the terminal.
pub fn secret(file: Option<&Path>, prompt: &str, option: &str) -> Result<Zeroizing<String>, Failed> {
    let Some(file) = file else {
        return rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(|error| {
            Failed::Refused(format!("no terminal to ask on ({error}); give {option} FILE, or - for standard input"))
        });
    };
    let mut line = Zeroizing::new(String::new());
    let read = if file == Path::new("-") {
        io::stdin().lock().read_line(&mut line)
    } else {
        fs::File::open(file).and_then(|opened| io::BufReader::new(opened.take(LONGEST)).read_line(&mut line))
    };
    read.map_err(|error| Failed::Refused(format!("could not read {}: {error}", file.display())))?;
    let length = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(length);
    Ok(line)
}
