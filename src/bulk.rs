//! Changes of many objects by one mutation: each item on its own, with one result for each, in their order.
//!
//! An item is a transaction of its own that locks what the single mutation locks, in the same order. So an item that is
//! refused leaves the others alone, and two mutations with the same items in another order never wait for each other in
//! a circle. Where something else fails, the items before it are done; every bulk change says how things shall stand, so
//! that it can be sent again.

use crate::error::{Error, Result, UserError};

/// The most items of one mutation.
pub const MAX_ITEMS: usize = 100;

/// What came of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<T> {
    /// What it was about, if that is there.
    pub object: Option<T>,
    pub user_errors: Vec<UserError>,
}

impl<T> Outcome<T> {
    /// The outcome of an item at its place in the input, such as `input.3`. What is no user error ends the whole.
    pub fn of(place: &str, object: Option<T>, result: Result<()>) -> Result<Self> {
        match result {
            Ok(()) => Ok(Self { object, user_errors: Vec::new() }),
            Err(Error::User(errors)) => {
                let user_errors = errors.into_iter().map(|error| at_item(place, error)).collect();
                Ok(Self { object, user_errors })
            }
            Err(error) => Err(error),
        }
    }
}

/// Refuses more items than one mutation takes.
pub fn check_size(list: &str, items: usize) -> Result<()> {
    if items > MAX_ITEMS {
        return Err(UserError::too_long(list, "The list of items", MAX_ITEMS).into());
    }
    Ok(())
}

/// The error of a single mutation at the place of an item: `input.price` and `id` become `input.3.price` and `ids.3`.
fn at_item(place: &str, mut error: UserError) -> UserError {
    let below = error.field.take().unwrap_or_default().into_iter().skip(1);
    error.field = Some(place.split('.').map(str::to_owned).chain(below).collect());
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(place: &str, errors: Vec<UserError>) -> Vec<String> {
        let outcome = Outcome::<()>::of(place, None, Err(Error::User(errors))).unwrap();
        outcome.user_errors.into_iter().map(|error| error.field.unwrap().join(".")).collect()
    }

    #[test]
    fn errors_stand_at_the_place_of_their_item() {
        let price = UserError::invalid("input.price", "A price is not below zero.");
        let id = UserError::not_found("id", "product");

        assert_eq!(places("input.3", vec![price.clone(), id.clone()]), ["input.3.price", "input.3"]);
        assert_eq!(places("ids.0", vec![id]), ["ids.0"]);
        assert_eq!(places("ids.7", vec![UserError { field: None, ..price }]), ["ids.7"]);
    }

    #[test]
    fn what_nobody_can_mend_ends_the_whole() {
        assert!(matches!(Outcome::<()>::of("ids.0", None, Err(Error::Timeout)), Err(Error::Timeout)));
    }

    #[test]
    fn a_hundred_items_are_not_too_many() {
        assert!(check_size("ids", MAX_ITEMS).is_ok());
        assert!(matches!(check_size("ids", MAX_ITEMS + 1), Err(Error::User(_))));
    }
}
