//! Where a command writes what it was asked for: standard output, or a file that is there as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

pub enum Target {
    Stream(Box<dyn Write>),
    File(Unfinished),
}

impl Target {
    /// Standard output if no file is named. A pipe or device is written as it is.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else { return Ok(Self::Stream(Box::new(io::stdout()))) };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
            Ok(found) if found.is_file() => Ok(Self::File(Unfinished::new(fs::canonicalize(path)?)?)),
            Ok(_) => Ok(Self::Stream(Box::new(File::options().write(true).open(path)?))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::File(Unfinished::new(path.to_owned())?)),
            Err(error) => Err(error),
        }
    }

    /// Makes what was written stand.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(mut stream) => stream.flush(),
            Self::File(file) => file.finish(),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File(file) => file.file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File(file) => file.file.flush(),
        }
    }
}

/// A file beside the one that is meant, which takes its place at the end and goes away if there is none.
pub struct Unfinished {
    file: BufWriter<File>,
    path: PathBuf,
    meant: PathBuf,
    is_finished: bool,
}

impl Unfinished {
    fn new(meant: PathBuf) -> io::Result<Self> {
        let Some(name) = meant.file_name() else { return Err(ErrorKind::InvalidInput.into()) };
        let mut beside = OsString::from(".");
        beside.push(name);
        beside.push(format!(".{}", std::process::id()));
        let path = meant.with_file_name(beside);
        let file = BufWriter::new(File::create(&path)?);
        Ok(Self { file, path, meant, is_finished: false })
    }

    fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.path, &self.meant)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished {
            // What cannot be removed is left behind; the file that was meant is untouched all the same.
            let _ = fs::remove_file(&self.path);
        }
    }
}
