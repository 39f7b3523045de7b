//! The bytes of a file made even, so that the CSV parser above counts physical lines and notices an open quotation.
//!
//! - A byte-order mark is dropped; CRLF and lone CR become LF.
//! - The end is marked by a row of its own ([`END_MARK`]). A quotation that is never closed swallows that row, which is
//!   how it is told from a file that ends well.
//! - No row may ask for more than [`limits::ROW_BYTES`], so the parser's buffer is bounded.

use std::io::{self, ErrorKind, Read};

use super::limits;

/// The only cell of the row after the last one: a control character that no spreadsheet writes.
pub const END_MARK: &[u8] = b"\x1c";

/// How a cell ends that swallowed the mark.
pub const SWALLOWED_END: &[u8] = b"\n\x1c\n";

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub struct Source<R> {
    inner: R,
    state: State,
    /// Whether the byte before was a CR, whose LF has been written already.
    after_cr: bool,
    /// What the row that is being read may still ask for.
    allowance: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Middle,
    Ended,
}

impl<R: Read> Source<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, state: State::Start, after_cr: false, allowance: limits::ROW_BYTES }
    }

    /// Called before each row.
    pub fn begin_row(&mut self) {
        self.allowance = limits::ROW_BYTES;
    }

    pub fn has_ended(&self) -> bool {
        self.state == State::Ended
    }

    /// Whether the last failure was a row that passed the limit.
    pub fn is_exhausted(&self) -> bool {
        self.allowance == 0
    }

    fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.inner.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }

    /// Reads what may be a byte-order mark, however small the pieces in which it comes.
    fn start(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < BYTE_ORDER_MARK.len() {
            match self.fill(&mut buffer[filled..])? {
                0 => break,
                count => filled += count,
            }
        }
        self.state = State::Middle;
        if buffer[..filled].starts_with(BYTE_ORDER_MARK) {
            buffer.copy_within(BYTE_ORDER_MARK.len()..filled, 0);
            filled -= BYTE_ORDER_MARK.len();
        }
        Ok(filled)
    }

    fn end(&mut self, buffer: &mut [u8]) -> usize {
        self.state = State::Ended;
        let mark = SWALLOWED_END.len();
        buffer[..mark].copy_from_slice(SWALLOWED_END);
        mark
    }

    /// Turns every line end into LF, in place; returns the new length.
    fn even_line_ends(&mut self, bytes: &mut [u8]) -> usize {
        if !self.after_cr && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            let second_half = self.after_cr && byte == b'\n';
            self.after_cr = byte == b'\r';
            if !second_half {
                bytes[kept] = if self.after_cr { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for Source<R> {
    /// The buffer must have room for a byte-order mark or an end mark; the parser's own always has.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.state == State::Ended {
            return Ok(0);
        }
        if buffer.len() < BYTE_ORDER_MARK.len().max(SWALLOWED_END.len()) {
            return Err(io::Error::new(ErrorKind::InvalidInput, "the buffer is too small"));
        }
        if self.allowance == 0 {
            return Err(io::Error::new(ErrorKind::FileTooLarge, "the row is too large"));
        }
        loop {
            let filled = match self.state {
                State::Start => self.start(buffer)?,
                State::Middle | State::Ended => match self.fill(buffer)? {
                    0 => return Ok(self.end(buffer)),
                    count => count,
                },
            };
            let kept = self.even_line_ends(&mut buffer[..filled]);
            // Nothing is kept of a byte-order mark, nor of a CRLF's second half; to answer zero would mean the end.
            if kept > 0 {
                self.allowance = self.allowance.saturating_sub(kept);
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(1);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read_all(inner: impl Read) -> Vec<u8> {
        let mut source = Source::new(inner);
        let mut all = Vec::new();
        let mut buffer = [0; 16];
        loop {
            match source.read(&mut buffer).unwrap() {
                0 => return all,
                count => all.extend_from_slice(&buffer[..count]),
            }
        }
    }

    #[test]
    fn every_line_end_becomes_a_line_feed() {
        let file: &[u8] = b"a\r\nb\rc\n\r\r\nd";

        assert_eq!(read_all(file), b"a\nb\nc\n\n\nd\n\x1c\n");
        assert_eq!(read_all(Drip(file)), b"a\nb\nc\n\n\nd\n\x1c\n");
    }

    #[test]
    fn byte_order_mark_is_dropped_however_it_arrives() {
        let file: &[u8] = b"\xef\xbb\xbfHandle";

        assert_eq!(read_all(file), b"Handle\n\x1c\n");
        assert_eq!(read_all(Drip(file)), b"Handle\n\x1c\n");
        assert_eq!(read_all(&b"\xef\xbb"[..]), b"\xef\xbb\n\x1c\n");
    }

    #[test]
    fn row_without_end_is_stopped() {
        let mut source = Source::new(io::repeat(b'x'));
        let mut buffer = vec![0; 1 << 16];

        let error = loop {
            if let Err(error) = source.read(&mut buffer) {
                break error;
            }
        };

        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert!(source.is_exhausted());
    }
}
