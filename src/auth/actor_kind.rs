//! The kinds of party that records name.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};

/// Which kind of party made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ActorKind {
    /// Somebody who had not signed in.
    #[sea_orm(string_value = "ANONYMOUS")]
    Anonymous,
    /// A customer.
    #[sea_orm(string_value = "CUSTOMER")]
    Customer,
    /// A staff user.
    #[sea_orm(string_value = "STAFF")]
    Staff,
    /// Another system of the shop, by its API token.
    #[sea_orm(string_value = "API_TOKEN")]
    ApiToken,
    /// A command of the operator, or the server itself.
    #[sea_orm(string_value = "SYSTEM")]
    System,
}
