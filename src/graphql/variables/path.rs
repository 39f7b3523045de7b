//! Where in a value a problem was found, written as clients know it: `input.variants[0].price`.

use std::fmt::Write;

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Index(usize),
}

/// A step points to the one before it, so that going deeper allocates nothing.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    before: Option<&'a Path<'a>>,
    step: Step<'a>,
}

impl<'a> Path<'a> {
    pub(super) const fn root(name: &'a str) -> Self {
        Self { before: None, step: Step::Field(name) }
    }

    pub(super) const fn field(&'a self, name: &'a str) -> Self {
        Self { before: Some(self), step: Step::Field(name) }
    }

    pub(super) const fn index(&'a self, index: usize) -> Self {
        Self { before: Some(self), step: Step::Index(index) }
    }

    pub(super) fn write(&self) -> String {
        let mut text = String::new();
        self.append(&mut text);
        text
    }

    fn append(&self, text: &mut String) {
        if let Some(before) = self.before {
            before.append(text);
        }
        match self.step {
            Step::Field(name) if self.before.is_none() => text.push_str(name),
            Step::Field(name) => {
                text.push('.');
                text.push_str(name);
            }
            // Writing to a string cannot fail.
            Step::Index(index) => _ = write!(text, "[{index}]"),
        }
    }
}
