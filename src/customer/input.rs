//! What is sent about customers, by themselves and by staff.

use async_graphql::{Enum, InputObject};

use crate::address::input::AddressInput;
use crate::graphql::page::DateTimeRange;
use crate::graphql::scalar::{LanguageCode, MetadataEntryInput, SortDirection};
use crate::id::{CartKey, CustomerGroupId};
use crate::patch::Patch;

/// Who wants an account.
#[derive(InputObject)]
pub struct CustomerRegisterInput {
    /// The e-mail address to sign in with.
    pub email: String,
    /// The password: 8 characters to 256 bytes, and not one that others would guess.
    #[graphql(secret)]
    pub password: String,
    /// The given name, at most 100 characters.
    pub first_name: Option<String>,
    /// The family name, at most 100 characters.
    pub last_name: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// In which language mails are written; that of the channel if absent.
    pub language: Option<LanguageCode>,
    /// Whether the person wants to hear of offers. When this was said is kept.
    #[graphql(default)]
    pub accepts_marketing: bool,
    /// The slug of the channel whose storefront the link in the mail leads to; the default channel if absent.
    pub channel: Option<String>,
}

/// Who wants another mail with a link to verify the e-mail address.
#[derive(InputObject)]
pub struct CustomerVerificationRequestInput {
    /// The e-mail address.
    pub email: String,
}

/// The link that was sent to who registered.
#[derive(InputObject)]
pub struct CustomerVerifyInput {
    /// What the link in the mail carries.
    #[graphql(secret)]
    pub token: String,
    /// The password that was chosen when registering. Who does not know it any more sets a new one by
    /// `passwordResetRequest`, which verifies the address, too.
    #[graphql(secret)]
    pub password: String,
    /// The id of the guest's cart that becomes the customer's.
    #[graphql(secret)]
    pub cart: Option<CartKey>,
}

/// Who signs in.
#[derive(InputObject)]
pub struct CustomerSignInInput {
    /// The e-mail address of the account; letter case does not matter.
    pub email: String,
    /// The password.
    #[graphql(secret)]
    pub password: String,
    /// The id of the guest's cart that becomes the customer's.
    #[graphql(secret)]
    pub cart: Option<CartKey>,
}

/// Changes of one's own profile: what is absent stays as it is, null clears it.
#[derive(InputObject)]
pub struct CustomerProfileUpdateInput {
    /// The given name, at most 100 characters.
    pub first_name: Patch<String>,
    /// The family name, at most 100 characters.
    pub last_name: Patch<String>,
    /// A telephone number.
    pub phone: Patch<String>,
    /// In which language mails are written; null for that of the channel.
    pub language: Patch<LanguageCode>,
    /// Whether the person wants to hear of offers. When this was said last is kept.
    pub accepts_marketing: Option<bool>,
}

/// A customer whom staff enter. The person has no password, and gets one by registering with the address or by asking
/// for a new password.
#[derive(InputObject)]
pub struct CustomerCreateInput {
    /// The e-mail address, which no other customer has.
    pub email: String,
    /// The given name, at most 100 characters.
    pub first_name: Option<String>,
    /// The family name, at most 100 characters.
    pub last_name: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// In which language mails are written; that of the channel if absent.
    pub language: Option<LanguageCode>,
    /// Whether the person has said to want to hear of offers.
    #[graphql(default)]
    pub accepts_marketing: bool,
    /// Whether the customer pays no tax.
    #[graphql(default)]
    pub is_tax_exempt: bool,
    /// What staff should know, at most 5,000 characters; the customer is told of it in an export of their data alone.
    pub note: Option<String>,
    /// The ids of the groups that the customer belongs to.
    #[graphql(default)]
    pub groups: Vec<CustomerGroupId>,
    /// The id in another system of the shop, unique among customers; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a customer by staff: what is absent stays as it is, null clears it where that is possible.
#[derive(InputObject)]
pub struct CustomerUpdateInput {
    /// The version that was read; if the customer has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// Another e-mail address, which is in force once the customer has followed the link of a mail that is sent there.
    pub email: Patch<String>,
    /// The given name, at most 100 characters.
    pub first_name: Patch<String>,
    /// The family name, at most 100 characters.
    pub last_name: Patch<String>,
    /// A telephone number.
    pub phone: Patch<String>,
    /// In which language mails are written; null for that of the channel.
    pub language: Patch<LanguageCode>,
    /// Whether the person has said to want to hear of offers.
    pub accepts_marketing: Patch<bool>,
    /// Whether the person may sign in. Once not, all sessions end.
    pub is_active: Patch<bool>,
    /// Whether the customer pays no tax.
    pub is_tax_exempt: Patch<bool>,
    /// What staff should know, at most 5,000 characters; the customer is told of it in an export of their data alone.
    pub note: Patch<String>,
    /// The id in another system of the shop, unique among customers; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// An address to be kept.
#[derive(InputObject)]
pub struct CustomerAddressCreateInput {
    /// The address.
    pub address: AddressInput,
    /// Whether goods go there unless another is chosen. The first address always is the default one.
    #[graphql(default)]
    pub is_default_shipping: bool,
    /// Whether invoices go there unless another is chosen. The first address always is the default one.
    #[graphql(default)]
    pub is_default_billing: bool,
}

/// Changes of an address that is kept: what is absent stays as it is.
#[derive(InputObject)]
pub struct CustomerAddressUpdateInput {
    /// The address, which is replaced as a whole.
    pub address: Option<AddressInput>,
    /// True makes it the address where goods go unless another is chosen, in the place of that which was.
    pub is_default_shipping: Option<bool>,
    /// True makes it the address where invoices go unless another is chosen, in the place of that which was.
    pub is_default_billing: Option<bool>,
}

/// Whose data are to be written down, proved by the password.
#[derive(InputObject)]
pub struct CustomerDataExportInput {
    /// The account's password.
    #[graphql(secret)]
    pub password: String,
}

/// Who wants to be erased, proved by the password.
#[derive(InputObject)]
pub struct CustomerErasureRequestInput {
    /// The account's password.
    #[graphql(secret)]
    pub password: String,
}

/// The link that was sent to who wants to be erased.
#[derive(InputObject)]
pub struct CustomerErasureConfirmInput {
    /// What the link in the mail carries.
    #[graphql(secret)]
    pub token: String,
}

/// How a customer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CustomerStatus {
    /// Nobody has proved yet that the e-mail address is the customer's, who cannot sign in so far.
    Unverified,
    /// The address is proved, and the customer may sign in.
    Active,
    /// The shop does not let the customer in.
    Disabled,
    /// The personal data are gone for good.
    Erased,
}

/// Which customers are wanted; all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CustomerFilter {
    /// How they stand.
    pub status: Option<CustomerStatus>,
    /// The id of a group that they belong to.
    pub group: Option<CustomerGroupId>,
    /// Whether they want to hear of offers.
    pub accepts_marketing: Option<bool>,
    /// The id in another system of the shop.
    pub external_id: Option<String>,
    /// When they were created.
    pub created_at: Option<DateTimeRange>,
}

/// By what customers are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum CustomerSortField {
    /// When they were created.
    #[default]
    CreatedAt,
    /// The family name, then the given name.
    Name,
}

/// How customers are sorted.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct CustomerSort {
    /// By what.
    pub field: CustomerSortField,
    /// Which way.
    #[graphql(default)]
    pub direction: SortDirection,
}
