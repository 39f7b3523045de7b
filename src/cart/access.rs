//! Who may see and change a cart.

use crate::auth::{Actor, Permission};
use crate::entity::cart;

/// Whether a cart is there for a party that knows its id.
pub fn may_see(actor: &Actor, row: &cart::Model) -> bool {
    is_open_to(actor, row) || actor.can(Permission::CartRead)
}

pub fn may_change(actor: &Actor, row: &cart::Model) -> bool {
    is_open_to(actor, row) || actor.can(Permission::CartWrite)
}

/// A guest's cart is anybody's who knows its id.
fn is_open_to(actor: &Actor, row: &cart::Model) -> bool {
    row.customer_id.is_none_or(|owner| actor.customer().is_some_and(|customer| customer.id == owner))
}
