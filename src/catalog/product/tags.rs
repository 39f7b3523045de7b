//! Tags that are added to those of a product, or taken away.

use std::collections::BTreeMap;

use crate::text::fold;

/// What is done to the tags of a product.
#[derive(Clone, Debug)]
pub enum TagChange {
    /// A tag that is there keeps its spelling.
    Add(Vec<String>),
    Remove(Vec<String>),
}

impl TagChange {
    /// The tags after the change, in their alphabet.
    pub fn apply(&self, tags: &[String]) -> Vec<String> {
        let mut sorted: BTreeMap<String, &String> = tags.iter().map(|tag| (fold(tag), tag)).collect();
        match self {
            Self::Add(added) => {
                for tag in added {
                    sorted.entry(fold(tag)).or_insert(tag);
                }
            }
            Self::Remove(removed) => {
                for tag in removed {
                    sorted.remove(&fold(tag));
                }
            }
        }
        sorted.into_values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn what_is_added_and_removed_is_known_without_regard_to_case() {
        let before = tags(&["Été", "Wool"]);

        let added = TagChange::Add(tags(&["ete", "linen", "WOOL", "Apron"]));
        assert_eq!(added.apply(&before), ["Apron", "Été", "linen", "Wool"]);

        let removed = TagChange::Remove(tags(&["wool", "silk"]));
        assert_eq!(removed.apply(&before), ["Été"]);
    }
}
