//! How staff put things in order: the members of a collection, and collections among their siblings.

use sea_orm::sea_query::LockType;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::auth::Actor;
use crate::catalog::collection::input::{CollectionMoveInput, CollectionProductMoveInput};
use crate::catalog::collection::service::{CollectionService, changed, finish, lock};
use crate::catalog::collection::tree::Tree;
use crate::catalog::collection::{members, sibling};
use crate::catalog::listing;
use crate::entity::collection;
use crate::error::Result;
use crate::event::{self, EventType};
use crate::id::CollectionId;

impl CollectionService {
    /// Moves members of a collection that are picked by hand.
    pub async fn reorder_products(
        &self,
        actor: &Actor,
        id: CollectionId,
        moves: Vec<CollectionProductMoveInput>,
    ) -> Result<()> {
        let tx = self.lock_picked(id).await?;
        let moved = members::reorder(&tx, id, &moves).await?;
        if moved.is_empty() {
            return Ok(());
        }
        finish(tx, actor, id, EventType::CollectionProductsChanged, changed("moved", &moved)).await
    }

    /// Gives a collection another place among its siblings, or another parent.
    pub async fn move_to(&self, actor: &Actor, id: CollectionId, input: CollectionMoveInput) -> Result<()> {
        let tx = self.db.begin().await?;
        // Another default channel has the rules of all collections applied anew.
        listing::share_channels(&tx).await?;
        let tree = Tree::lock(&tx).await?;
        let before = lock(&tx, id, LockType::NoKeyUpdate, input.expected_version).await?;
        let parent = input.parent.clone().apply(before.parent_id);
        if let Some(parent) = parent.filter(|parent| Some(*parent) != before.parent_id) {
            tree.check_place(id, parent)?;
        }
        let others = sibling::others(&tx, parent, id).await?;
        let places = sibling::arrange(&others, (id, before.position), sibling::index(&others, &input)?);
        if places.is_empty() && parent == before.parent_id {
            return Ok(());
        }
        sibling::write(&tx, &places).await?;
        let change = collection::ActiveModel { id: Set(id), parent_id: Set(parent), ..Default::default() };
        collection::Entity::update(change).exec_without_returning(&tx).await?;
        finish(tx, actor, id, EventType::CollectionUpdated, event::nothing()).await
    }
}
