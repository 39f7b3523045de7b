//! Remembers on which line each key of a file stood first, in about 32 bytes a key, whatever its length.
//!
//! Only a hash is kept. With 64 bits under a random key, two of a million keys share one about once in thirty million
//! files; the later one is then refused with a message, not lost.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasher, Hash};

#[derive(Default)]
pub struct FirstLines {
    hasher: RandomState,
    lines: HashMap<u64, u64>,
}

impl FirstLines {
    /// Returns the line on which the key stood before, if it did.
    pub fn insert(&mut self, key: impl Hash, line: u64) -> Option<u64> {
        match self.lines.entry(self.hasher.hash_one(key)) {
            Entry::Occupied(entry) => Some(*entry.get()),
            Entry::Vacant(entry) => {
                entry.insert(line);
                None
            }
        }
    }
}
