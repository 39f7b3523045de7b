//! What people read: answers on standard output, complaints on standard error.

use std::io::{self, Write};
use std::process::ExitCode;

/// Prints an answer. A reader that has gone away, as `head` does, is no failure.
pub fn say(text: &str) -> ExitCode {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// Prints why something did not work.
pub fn complain(text: &str) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
