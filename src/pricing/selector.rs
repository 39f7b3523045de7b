//! A filter, prepared for many questions.

use std::borrow::Cow;

use crate::id::{AttributeChoiceId, CollectionId, ProductId, ProductVariantId};
use crate::pricing::{Filter, Line, Named, Subject};

/// Which units a filter means.
#[derive(Clone, Debug)]
pub(super) struct Selector<'a> {
    only: Names<'a>,
    except: Names<'a>,
}

impl<'a> Selector<'a> {
    pub fn new(filter: &'a Filter) -> Self {
        Self { only: Names::new(&filter.only), except: Names::new(&filter.except) }
    }

    pub fn means(&self, subject: &Subject) -> bool {
        (self.only.is_empty() || self.only.contain(subject)) && !self.except.contain(subject)
    }

    /// The places of the lines that it means.
    pub fn lines(&self, lines: &[Line]) -> Vec<usize> {
        if self.only.is_empty() && self.except.is_empty() {
            return (0..lines.len()).collect();
        }
        let places = lines.iter().enumerate();
        places.filter(|(_, line)| self.means(&line.subject)).map(|(place, _)| place).collect()
    }
}

/// The lists of one side of a filter, each sorted: a shop may name hundreds of products.
#[derive(Clone, Debug)]
struct Names<'a> {
    products: Cow<'a, [ProductId]>,
    variants: Cow<'a, [ProductVariantId]>,
    collections: Cow<'a, [CollectionId]>,
    choices: Cow<'a, [AttributeChoiceId]>,
}

impl<'a> Names<'a> {
    fn new(named: &'a Named) -> Self {
        Self {
            products: sorted(&named.products),
            variants: sorted(&named.variants),
            collections: sorted(&named.collections),
            choices: sorted(&named.choices),
        }
    }

    fn is_empty(&self) -> bool {
        self.products.is_empty() && self.variants.is_empty() && self.collections.is_empty() && self.choices.is_empty()
    }

    fn contain(&self, subject: &Subject) -> bool {
        holds(&self.products, &subject.product)
            || holds(&self.variants, &subject.variant)
            || (!self.collections.is_empty() && subject.collections.iter().any(|id| holds(&self.collections, id)))
            || (!self.choices.is_empty() && subject.choices.iter().any(|id| holds(&self.choices, id)))
    }
}

fn sorted<T: Ord + Clone>(names: &[T]) -> Cow<'_, [T]> {
    if names.is_sorted() {
        return Cow::Borrowed(names);
    }
    let mut names = names.to_vec();
    names.sort_unstable();
    Cow::Owned(names)
}

fn holds<T: Ord>(names: &[T], name: &T) -> bool {
    names.binary_search(name).is_ok()
}
