//! A customer's row, and what it says.

use serde_json::json;

use crate::clock::Timestamp;
use crate::customer::input::CustomerStatus;
use crate::entity::customer;
use crate::id::CustomerId;
use crate::text::Email;

/// A customer of whom nothing but the address is known.
pub fn new(id: CustomerId, email: &Email) -> customer::Model {
    let now = Timestamp::now();
    customer::Model {
        id,
        email: Some(email.address.clone()),
        email_key: Some(email.key.clone()),
        first_name: String::new(),
        last_name: String::new(),
        name_key: String::new(),
        phone: None,
        language: None,
        channel_id: None,
        password_hash: None,
        is_active: true,
        verified_at: None,
        erased_at: None,
        accepts_marketing: false,
        is_tax_exempt: false,
        marketing_changed_at: None,
        note: String::new(),
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

/// How a customer stands.
pub const fn status(row: &customer::Model) -> CustomerStatus {
    if row.erased_at.is_some() {
        CustomerStatus::Erased
    } else if !row.is_active {
        CustomerStatus::Disabled
    } else if row.verified_at.is_none() {
        CustomerStatus::Unverified
    } else {
        CustomerStatus::Active
    }
}

/// The same customer with nothing that says who it was. What the shop counts by stays.
pub fn erased(row: customer::Model) -> customer::Model {
    let now = Timestamp::now();
    customer::Model {
        email: None,
        email_key: None,
        first_name: String::new(),
        last_name: String::new(),
        name_key: String::new(),
        phone: None,
        password_hash: None,
        is_active: false,
        verified_at: None,
        erased_at: Some(now),
        accepts_marketing: false,
        note: String::new(),
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        updated_at: now,
        version: row.version + 1,
        ..row
    }
}
