//! Payloads of mutations: the object as it now stands, and what a person has to mend.

use crate::error::{Error, Result, UserError};

/// Parts a use case's result into what was done and what a person has to mend; anything else stays an error.
pub fn split<T>(result: Result<T>) -> Result<(Option<T>, Vec<UserError>)> {
    match result {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Error::User(errors)) => Ok((None, errors)),
        Err(error) => Err(error),
    }
}

/// Declares payload types: objects, null where nothing exists to show, and the user errors.
macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),+ })+) => {$(
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                pub $field: Option<$type>,
            )+
            /// What a person has to mend; empty where all went well. Nothing was done where it is not empty.
            pub user_errors: Vec<$crate::error::UserError>,
        }
    )+};
}

pub(crate) use payloads;
