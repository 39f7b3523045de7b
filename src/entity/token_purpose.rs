//! What the link of a mail does.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// What the link of a mail does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum TokenPurpose {
    /// Proves that the address is the customer's.
    #[sea_orm(string_value = "VERIFICATION")]
    Verification,
    /// Sets a new password.
    #[sea_orm(string_value = "PASSWORD_RESET")]
    PasswordReset,
    /// Proves that the new address is the account's.
    #[sea_orm(string_value = "EMAIL_CHANGE")]
    EmailChange,
    /// Has a person who was invited choose a password.
    #[sea_orm(string_value = "INVITATION")]
    Invitation,
    /// Erases the customer.
    #[sea_orm(string_value = "ERASURE")]
    Erasure,
}
