//! The order of the collections that are part of the same one.
//!
//! Siblings share out the places that they have among themselves, so where others stand between them in a list of all
//! collections, these are not passed.

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::catalog::collection::input::CollectionMoveInput;
use crate::entity::collection;
use crate::error::{Error, Result, UserError};
use crate::id::CollectionId;

/// Places in one statement: databases bound its parameters, and it compares each place with each row.
const CHUNK: usize = 500;

/// A collection and its place.
pub type Sibling = (CollectionId, i64);

/// The collections of a parent, or of the top level, in their order, but for one.
pub async fn others(tx: &DatabaseTransaction, parent: Option<CollectionId>, id: CollectionId) -> Result<Vec<Sibling>> {
    let of_parent = match parent {
        Some(parent) => collection::COLUMN.parent_id.eq(parent),
        None => collection::Column::ParentId.is_null(),
    };
    let rows = collection::Entity::find()
        .select_only()
        .column(collection::Column::Id)
        .column(collection::Column::Position)
        .filter(of_parent)
        .filter(collection::COLUMN.id.ne(id))
        .order_by_asc(collection::Column::Position)
        .order_by_asc(collection::Column::Id);
    Ok(rows.into_tuple().all(tx).await?)
}

/// How many of the others an input puts before the collection.
pub fn index(others: &[Sibling], input: &CollectionMoveInput) -> Result<usize> {
    let CollectionMoveInput { before, after, position, expected_version: _, parent: _ } = input;
    let find = |id: CollectionId, field: &str| {
        let found = others.iter().position(|(other, _)| *other == id);
        found.ok_or_else(|| {
            let message = "This is no other collection of the same parent.";
            Error::from(UserError::not_found(format!("input.{field}"), "").with_message(message))
        })
    };
    match (before, after, position) {
        (None, None, None) => Ok(others.len()),
        (Some(before), None, None) => find(*before, "before"),
        (None, Some(after), None) => Ok(find(*after, "after")? + 1),
        (None, None, Some(position)) => usize::try_from(*position)
            .map(|position| position.min(others.len()))
            .map_err(|_| UserError::invalid("input.position", "Positions are counted from 0.").into()),
        _ => Err(UserError::invalid("input", "Give one of before, after and position, not several.").into()),
    }
}

/// The places of those that get another one when a collection goes among the others.
pub fn arrange(others: &[Sibling], collection: Sibling, index: usize) -> Vec<Sibling> {
    let mut order: Vec<Sibling> = others.to_vec();
    order.insert(index.min(others.len()), collection);
    let mut places: Vec<i64> = order.iter().map(|(_, place)| *place).collect();
    places.sort_unstable();
    let mut least = i64::MIN;
    for place in &mut places {
        *place = Ord::max(least, *place);
        least = place.saturating_add(1);
    }
    let changed = order.iter().zip(places).filter(|((_, before), place)| before != place);
    changed.map(|((id, _), place)| (*id, place)).collect()
}

/// Writes places.
pub async fn write(tx: &DatabaseTransaction, places: &[Sibling]) -> Result<()> {
    for some in places.chunks(CHUNK) {
        write_some(tx, some).await?;
    }
    Ok(())
}

async fn write_some(tx: &DatabaseTransaction, places: &[Sibling]) -> Result<()> {
    let mut place = CaseStatement::new();
    for (id, position) in places {
        place = place.case(Expr::col(collection::Column::Id).eq(*id), Expr::value(*position));
    }
    collection::Entity::update_many()
        .col_expr(collection::Column::Position, place.finally(Expr::col(collection::Column::Position)).into())
        .filter(collection::COLUMN.id.is_in(places.iter().map(|(id, _)| *id)))
        .exec(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn sibling(number: usize, place: i64) -> Sibling {
        (Uuid::from_u128(u128::try_from(number).unwrap()).into(), place)
    }

    #[test]
    fn only_those_between_the_old_and_the_new_place_change() {
        let others = [sibling(1, 10), sibling(2, 20), sibling(3, 30)];

        let changed = arrange(&others, sibling(4, 40), 1);

        assert_eq!(changed, [sibling(4, 20), sibling(2, 30), sibling(3, 40)]);
    }

    proptest! {
        #[test]
        fn the_places_give_the_order_that_is_wanted(
            gaps in prop::collection::vec(0_i64..3, 0..12),
            place in 0_i64..30,
            index in 0_usize..12,
        ) {
            let places = gaps.iter().scan(0, |place, gap| { *place += gap; Some(*place) });
            let others: Vec<Sibling> = places.enumerate().map(|(number, place)| sibling(number, place)).collect();
            let (moved, index) = (sibling(99, place), index.min(others.len()));

            let changed = arrange(&others, moved, index);

            let now = |(id, before): &Sibling| {
                changed.iter().find(|(other, _)| other == id).map_or(*before, |(_, place)| *place)
            };
            let mut order: Vec<Sibling> = others.clone();
            order.insert(index, moved);
            prop_assert!(order.windows(2).all(|pair| now(&pair[0]) < now(&pair[1])));
        }
    }
}
