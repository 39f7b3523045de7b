//! Who buys, as far as prices depend on it.

use sea_orm::{ConnectionTrait, Value};

use crate::db::{self, JsonText, json_rows};
use crate::entity::cart;
use crate::error::Result;
use crate::id::CustomerGroupId;

/// The buyer of a cart.
#[derive(Clone, Debug, Default)]
pub struct CartBuyer {
    /// That of the cart, or of the account.
    pub email: Option<String>,
    pub groups: Vec<CustomerGroupId>,
    pub is_tax_exempt: bool,
    /// Whether a cart of theirs became an order before.
    pub has_ordered: bool,
}

impl CartBuyer {
    /// Reads what is known of who owns a cart, or gave an e-mail address; at most one statement.
    pub async fn load(db: &impl ConnectionTrait, row: &cart::Model) -> Result<Self> {
        let own = Self { email: row.email.clone(), is_tax_exempt: row.is_tax_exempt, ..Self::default() };
        match (row.customer_id, &row.email_key) {
            (Some(customer), _) => of_customer(db, own, customer.into()).await,
            (None, Some(key)) => {
                let sql = "SELECT 1 FROM cart WHERE email_key = $1 AND completed_at IS NOT NULL LIMIT 1";
                let ordered = db::query_one(db, sql, [Value::from(key.clone())]).await?;
                Ok(Self { has_ordered: ordered.is_some(), ..own })
            }
            (None, None) => Ok(own),
        }
    }
}

async fn of_customer(db: &impl ConnectionTrait, own: CartBuyer, customer: Value) -> Result<CartBuyer> {
    let json = JsonText::of(db);
    let groups = json.rows(
        &json.id("member.customer_group_id"),
        "customer_group_member AS member WHERE member.customer_id = customer.id",
    );
    let sql = format!(
        "SELECT {groups}, customer.email, customer.is_tax_exempt,
                EXISTS (SELECT 1 FROM cart WHERE cart.customer_id = customer.id AND cart.completed_at IS NOT NULL)
         FROM customer WHERE customer.id = $1"
    );
    let Some(row) = db::query_one(db, &sql, [customer]).await? else { return Ok(own) };
    let account: Option<String> = row.try_get_by_index(1)?;
    let is_exempt: bool = row.try_get_by_index(2)?;
    Ok(CartBuyer {
        email: own.email.or(account),
        groups: json_rows(&row, 0)?.map(|mut cells| cells.id()).collect::<Result<_>>()?,
        is_tax_exempt: own.is_tax_exempt || is_exempt,
        has_ordered: row.try_get_by_index(3)?,
    })
}
