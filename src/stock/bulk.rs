//! Counts many levels at once.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::auth::Actor;
use crate::bulk::{self, Outcome};
use crate::catalog::variant::named::{Name, NamedVariants};
use crate::checks::Checks;
use crate::entity::stock_location;
use crate::error::{Result, UserError};
use crate::id::{ProductVariantId, StockLocationId};
use crate::stock::input::StockLevelBulkSetInput;
use crate::stock::service::{Place, StockService, counted, default_location};

/// The locations that the items of a list name, and the one that is meant where none is named.
struct Locations {
    known: BTreeSet<StockLocationId>,
    default: StockLocationId,
}

impl StockService {
    /// Sets levels to what was counted.
    pub async fn bulk_set(
        &self,
        actor: &Actor,
        input: Vec<StockLevelBulkSetInput>,
    ) -> Result<Vec<Outcome<ProductVariantId>>> {
        bulk::check_size("input", input.len())?;
        let variants = NamedVariants::find(self.db.reader(), input.iter().map(StockLevelBulkSetInput::name)).await?;
        let locations = self.locations(&input).await?;
        let mut outcomes = Vec::with_capacity(input.len());
        for (index, item) in input.into_iter().enumerate() {
            let mut checks = Checks::new("input");
            let variant = variants.get(&mut checks, item.name()).map(|(variant, _)| variant);
            let location = locations.get(&mut checks, item.location);
            let reason = counted(&mut checks, item.on_hand, item.reason);
            let result = match (variant, location, checks.finish()) {
                (Some(variant), Some(location), Ok(())) => {
                    self.count_at(actor, Place { variant, location }, item.on_hand.into(), reason).await
                }
                (_, _, refusal) => refusal,
            };
            outcomes.push(Outcome::of(&format!("input.{index}"), variant, result)?);
        }
        Ok(outcomes)
    }

    async fn locations(&self, input: &[StockLevelBulkSetInput]) -> Result<Locations> {
        let known = stock_location::Entity::find()
            .select_only()
            .column(stock_location::Column::Id)
            .filter(stock_location::COLUMN.id.is_in(input.iter().filter_map(|item| item.location)))
            .into_tuple::<StockLocationId>()
            .all(self.db.reader())
            .await?;
        Ok(Locations { known: known.into_iter().collect(), default: default_location(self.db.reader()).await? })
    }
}

impl Locations {
    fn get(&self, checks: &mut Checks, id: Option<StockLocationId>) -> Option<StockLocationId> {
        let location = id.map_or(Some(self.default), |id| self.known.get(&id).copied());
        if location.is_none() {
            checks.push(UserError::not_found(checks.path("location"), "location"));
        }
        location
    }
}

impl StockLevelBulkSetInput {
    fn name(&self) -> Name<'_> {
        Name { id: self.variant, sku: self.sku.as_deref() }
    }
}
