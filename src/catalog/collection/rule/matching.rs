//! Which products the rules find, written to the collections' members.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::sea_query::{Condition, Expr, LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use crate::catalog::collection::rule::condition::{Condition as Stored, Facts, Rules};
use crate::catalog::collection::rule::facts;
use crate::entity::{collection, collection_product};
use crate::error::Result;
use crate::id::{CollectionId, ProductId};

/// Rows in one statement, well below the number of parameters that one can have.
const CHUNK: usize = 5_000;

/// A product's place in a collection.
pub type Member = (CollectionId, ProductId);

/// Members that have come, and members that have gone.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub written: Vec<Member>,
    pub removed: Vec<Member>,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

/// Keeps the rules of all collections from being changed or applied by others until the transaction ends, and products
/// that it makes from being overlooked by them. It comes before the listings of products are locked.
pub async fn lock(tx: &DatabaseTransaction) -> Result<Vec<CollectionId>> {
    // The weakest lock: whoever moves a collection, or changes its texts, is in nobody's way.
    lock_for(tx, LockType::KeyShare).await
}

async fn lock_for(tx: &DatabaseTransaction, lock: LockType) -> Result<Vec<CollectionId>> {
    let rows = collection::Entity::find()
        .select_only()
        .column(collection::Column::Id)
        .filter(collection::Column::Rules.is_not_null())
        .order_by_asc(collection::Column::Id)
        .lock(lock);
    Ok(rows.into_tuple().all(tx).await?)
}

/// Applies the rules of collections, which are locked, to products whose listings were written. The listings of members
/// remain to be written.
pub async fn refresh(
    tx: &DatabaseTransaction,
    collections: &[CollectionId],
    products: &[ProductId],
) -> Result<Difference> {
    if collections.is_empty() {
        return Ok(Difference::default());
    }
    let rows: Vec<(CollectionId, Option<Value>)> = collection::Entity::find()
        .select_only()
        .column(collection::Column::Id)
        .column(collection::Column::Rules)
        .filter(collection::COLUMN.id.is_in(collections.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    let rules: BTreeMap<CollectionId, Rules> =
        rows.into_iter().filter_map(|(id, rules)| Some((id, read(id, rules?)?))).collect();
    apply(tx, &rules, products).await
}

/// The rules as they are stored. Those of a newer version are left to its nodes.
pub fn read(id: CollectionId, rules: Value) -> Option<Rules> {
    let rules = serde_json::from_value(rules);
    rules.inspect_err(|error| tracing::warn!(collection.id = %id, %error, "these rules cannot be read")).ok()
}

/// Whether there are rules that name prices.
pub async fn any_names_prices(tx: &DatabaseTransaction) -> Result<bool> {
    let rows: Vec<(CollectionId, Option<Value>)> = collection::Entity::find()
        .select_only()
        .columns([collection::Column::Id, collection::Column::Rules])
        .filter(collection::Column::Rules.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    let mut rules = rows.into_iter().filter_map(|(id, rules)| read(id, rules?));
    Ok(rules.any(|rules| rules.conditions.iter().any(|condition| matches!(condition, Stored::Price(_)))))
}

/// Has all rules applied to the whole shop once somebody looks for what is unfinished.
pub async fn apply_all_anew(tx: &DatabaseTransaction) -> Result<()> {
    // An update would lock them in any order.
    lock_for(tx, LockType::NoKeyUpdate).await?;
    collection::Entity::update_many()
        .col_expr(collection::Column::IsEvaluating, Expr::value(true))
        .col_expr(collection::Column::EvaluatedUpTo, Expr::value(None::<ProductId>))
        .filter(collection::Column::Rules.is_not_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes who of the products is a member of which collection.
pub async fn apply(
    tx: &DatabaseTransaction,
    rules: &BTreeMap<CollectionId, Rules>,
    products: &[ProductId],
) -> Result<Difference> {
    if rules.is_empty() || products.is_empty() {
        return Ok(Difference::default());
    }
    let facts = facts::load(tx, products, rules.values()).await?;
    let members = collection_product::Entity::find()
        .filter(collection_product::COLUMN.collection_id.is_in(rules.keys().copied()))
        .filter(collection_product::COLUMN.product_id.is_in(products.iter().copied()))
        .all(tx)
        .await?;
    let difference = compare(rules, &facts, members);
    remove(tx, &difference.removed).await?;
    write(tx, &difference.written).await?;
    Ok(difference)
}

/// What has to be written so that just those are members whom the rules find, none of them at a place of its own.
fn compare(
    rules: &BTreeMap<CollectionId, Rules>,
    facts: &BTreeMap<ProductId, Facts>,
    members: Vec<collection_product::Model>,
) -> Difference {
    let found: BTreeSet<Member> = rules
        .iter()
        .flat_map(|(collection, rules)| {
            let found = facts.iter().filter(|(_, facts)| rules.matches(facts));
            found.map(|(product, _)| (*collection, *product))
        })
        .collect();
    let places: HashMap<Member, i64> =
        members.into_iter().map(|row| ((row.collection_id, row.product_id), row.position)).collect();
    let mut removed: Vec<Member> = places.keys().copied().filter(|member| !found.contains(member)).collect();
    removed.sort_unstable();
    Difference { written: found.into_iter().filter(|member| places.get(member) != Some(&0)).collect(), removed }
}

async fn remove(tx: &DatabaseTransaction, members: &[Member]) -> Result<()> {
    for some in members.chunks(CHUNK) {
        let mut of_collection: BTreeMap<CollectionId, Vec<ProductId>> = BTreeMap::new();
        for (collection, product) in some {
            of_collection.entry(*collection).or_default().push(*product);
        }
        let any = of_collection.into_iter().fold(Condition::any(), |any, (collection, products)| {
            let all = Condition::all().add(collection_product::COLUMN.collection_id.eq(collection));
            any.add(all.add(collection_product::COLUMN.product_id.is_in(products)))
        });
        collection_product::Entity::delete_many().filter(any).exec(tx).await?;
    }
    Ok(())
}

async fn write(tx: &DatabaseTransaction, members: &[Member]) -> Result<()> {
    use collection_product::Column::{CollectionId, Position, ProductId};
    for some in members.chunks(CHUNK) {
        let rows = some.iter().map(|(collection, product)| collection_product::ActiveModel {
            collection_id: Set(*collection),
            product_id: Set(*product),
            position: Set(0),
        });
        let displace = OnConflict::columns([CollectionId, ProductId]).update_column(Position).to_owned();
        collection_product::Entity::insert_many(rows).on_conflict(displace).exec_without_returning(tx).await?;
    }
    Ok(())
}
