//! What a method refers to has to be there when it is named.

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use crate::checks::Checks;
use crate::entity::{customer_group, pickup_location, product};
use crate::error::{Result, UserError};
use crate::id::{CustomerGroupId, PickupLocationId, ProductId, TaxClassId};
use crate::patch::Patch;
use crate::shipping::method::input::{ShippingMethodCreateInput, ShippingMethodUpdateInput};
use crate::tax;

/// The most groups, and the most products, that a method names.
const MOST: usize = 100;

/// What an input names.
#[derive(Debug, Default)]
pub struct References {
    pickup_location: Option<PickupLocationId>,
    customer_groups: Vec<CustomerGroupId>,
    excluded_products: Vec<ProductId>,
    tax_class: Option<TaxClassId>,
}

impl References {
    pub fn of_creation(input: &ShippingMethodCreateInput) -> Self {
        Self {
            pickup_location: input.pickup_location,
            customer_groups: input.customer_groups.clone(),
            excluded_products: input.excluded_products.clone(),
            tax_class: input.tax_class,
        }
    }

    pub fn of_update(input: &ShippingMethodUpdateInput) -> Self {
        Self {
            pickup_location: set(&input.pickup_location),
            customer_groups: set(&input.customer_groups).unwrap_or_default(),
            excluded_products: set(&input.excluded_products).unwrap_or_default(),
            tax_class: set(&input.tax_class),
        }
    }

    /// Tells what is not there. A pick-up location and a tax class that are stay until the transaction ends.
    pub async fn check(&self, tx: &DatabaseTransaction, checks: &mut Checks) -> Result<()> {
        if let Some(id) = self.pickup_location {
            let location = pickup_location::Entity::find_by_id(id).lock(LockType::KeyShare).one(tx).await?;
            if location.is_none() {
                checks.push(UserError::not_found(checks.path("pickupLocation"), "pick-up location"));
            }
        }
        if is_within_limit(checks, "customerGroups", &self.customer_groups) {
            let known = customer_group::Entity::find().select_only().column(customer_group::Column::Id);
            let known = known.filter(customer_group::COLUMN.id.is_in(self.customer_groups.iter().copied()));
            let known: Vec<CustomerGroupId> = known.into_tuple().all(tx).await?;
            tell_missing(checks, "customerGroups", "group", (&self.customer_groups, &known));
        }
        if is_within_limit(checks, "excludedProducts", &self.excluded_products) {
            let known = product::Entity::find().select_only().column(product::Column::Id);
            let known = known.filter(product::COLUMN.id.is_in(self.excluded_products.iter().copied()));
            let known: Vec<ProductId> = known.into_tuple().all(tx).await?;
            tell_missing(checks, "excludedProducts", "product", (&self.excluded_products, &known));
        }
        tax::check_class(tx, checks, "taxClass", self.tax_class).await
    }
}

fn set<T: Clone>(patch: &Patch<T>) -> Option<T> {
    if let Patch::Set(value) = patch { Some(value.clone()) } else { None }
}

/// Whether there are ids to be looked for, and not too many.
fn is_within_limit<T>(checks: &mut Checks, field: &str, ids: &[T]) -> bool {
    if ids.len() > MOST {
        checks.push(UserError::too_long(checks.path(field), "The list", MOST));
    }
    (1..=MOST).contains(&ids.len())
}

fn tell_missing<T: PartialEq>(checks: &mut Checks, field: &str, what: &str, (ids, known): (&[T], &[T])) {
    for (index, _) in ids.iter().enumerate().filter(|(_, id)| !known.contains(id)) {
        checks.push(UserError::not_found(checks.path(&format!("{field}.{index}")), what));
    }
}
