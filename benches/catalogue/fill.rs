//! Fills a database with a made-up shop, straight into its tables.
//!
//! The database is migrated and prepared by the server's own constructor, and the listings are written by the server's
//! own `rebuild`, so that what is measured is what a shop would have.

use clap::Parser;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, Iterable};
use serde_json::json;
use tradepost::app::App;
use tradepost::catalog::listing;
use tradepost::clock::Timestamp;
use tradepost::config::{Config, ServerOptions};
use tradepost::db::all_set;
use tradepost::entity::attribute_type::{AttributeSubject, AttributeType};
use tradepost::entity::publication_status::PublicationStatus;
use tradepost::entity::{attribute, attribute_choice, channel, collection, collection_channel, stock_location};
use tradepost::id::{AttributeChoiceId, AttributeId, ChannelId, CollectionId, StockLocationId};

use crate::Result;
use crate::fill::product::Rows;
use crate::shop::{self, BRANDS, COLLECTIONS, COLORS, SIZES};

mod product;

/// So many products are written by one statement for each table.
const BATCH: usize = 1_000;

/// The fewest parameters that a statement can have on either database.
const MAX_PARAMETERS: usize = 32_000;

/// What all products of the shop refer to.
pub struct Ground {
    pub now: Timestamp,
    pub channel: ChannelId,
    pub location: StockLocationId,
    pub collections: Vec<CollectionId>,
    pub brand: ChoiceAttribute,
    pub color: ChoiceAttribute,
    pub size: ChoiceAttribute,
}

/// An attribute with its choices.
pub struct ChoiceAttribute {
    pub id: AttributeId,
    pub choices: Vec<attribute_choice::Model>,
}

pub async fn fill(url: &str, products: usize) -> Result<()> {
    let app = App::new(config(url)?).await?;
    app.db().migrate_up(None).await?;
    app.prepare().await?;
    let tx = app.db().begin().await?;
    let ground = lay_ground(&tx).await?;
    let mut rows = Rows::default();
    for product in shop::products(products) {
        rows.add(&ground, product);
        if rows.len() == BATCH {
            std::mem::take(&mut rows).insert(&tx).await?;
        }
    }
    rows.insert(&tx).await?;
    // Statistics that know nothing of the new rows would have each product look through all of them.
    tx.execute_unprepared("ANALYZE").await?;
    listing::rebuild(&tx).await?;
    tx.commit().await?;
    app.db().analyze().await?;
    app.db().close().await;
    Ok(())
}

#[derive(Parser)]
struct Options {
    #[command(flatten)]
    server: ServerOptions,
}

/// One statement writes the listings of the whole shop, which may take longer than a statement of a request.
fn config(url: &str) -> Result<Config> {
    let arguments = ["", "--node-env", "test", "--database-statement-timeout-ms", "600000", "--database-url", url];
    Ok(Config::from_options(Options::parse_from(arguments).server)?)
}

/// Inserts rows, as many at a time as a statement can take.
async fn insert<A>(tx: &DatabaseTransaction, rows: Vec<A>) -> Result<()>
where
    A: ActiveModelTrait,
{
    let at_once = MAX_PARAMETERS / <<A::Entity as EntityTrait>::Column as Iterable>::iter().count();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(at_once).collect();
        A::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn lay_ground(tx: &DatabaseTransaction) -> Result<Ground> {
    let now = Timestamp::now();
    let channel = channel::Entity::find_default(tx).await?.ok_or("the shop has no channel")?.id;
    let location = stock_location::Entity::find().one(tx).await?.ok_or("the shop has no location")?.id;
    let collections = (0..COLLECTIONS).map(|_| CollectionId::generate()).collect::<Vec<_>>();
    insert(tx, (0_i64..).zip(&collections).map(|(position, id)| new_collection(*id, position, now)).collect()).await?;
    let shown = |id: &CollectionId| collection_channel::ActiveModel {
        collection_id: Set(*id),
        channel_id: Set(channel),
        ..Default::default()
    };
    insert(tx, collections.iter().map(shown).collect()).await?;
    let brands = (0..BRANDS).map(|number| (format!("Brand {number:02}"), None));
    let colors = COLORS.iter().map(|(name, color)| ((*name).to_owned(), Some((*color).to_owned())));
    let sizes = SIZES.iter().map(|name| ((*name).to_owned(), None));
    Ok(Ground {
        now,
        channel,
        location,
        collections,
        brand: choices(tx, 0, ("brand", "Brand", AttributeType::Choice, AttributeSubject::Product), brands).await?,
        color: choices(tx, 1, ("color", "Colour", AttributeType::Color, AttributeSubject::Product), colors).await?,
        size: choices(tx, 2, ("size", "Size", AttributeType::Choice, AttributeSubject::Variant), sizes).await?,
    })
}

fn new_collection(id: CollectionId, position: i64, now: Timestamp) -> collection::ActiveModel {
    let name = format!("Collection {position:02}");
    collection::ActiveModel {
        id: Set(id),
        slug: Set(format!("collection-{position:02}")),
        name_key: Set(name.to_lowercase()),
        name: Set(name),
        description: Set(String::new()),
        status: Set(PublicationStatus::Active),
        position: Set(position),
        is_evaluating: Set(false),
        metadata: Set(json!({})),
        private_metadata: Set(json!({})),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        ..Default::default()
    }
}

async fn choices(
    tx: &DatabaseTransaction,
    position: i64,
    (code, name, r#type, subject): (&str, &str, AttributeType, AttributeSubject),
    names: impl Iterator<Item = (String, Option<String>)>,
) -> Result<ChoiceAttribute> {
    let (id, now) = (AttributeId::generate(), Timestamp::now());
    let row = attribute::ActiveModel {
        id: Set(id),
        code: Set(code.to_owned()),
        name: Set(name.to_owned()),
        r#type: Set(r#type),
        subject: Set(subject),
        is_filterable: Set(true),
        position: Set(position),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        ..Default::default()
    };
    insert(tx, vec![row]).await?;
    let choice = |(position, (name, color)): (i64, (String, _))| attribute_choice::Model {
        id: AttributeChoiceId::generate(),
        attribute_id: id,
        slug: name.to_lowercase().replace(' ', "-"),
        name,
        color,
        position,
    };
    let choices: Vec<_> = (0_i64..).zip(names).map(choice).collect();
    let rows = choices.iter().cloned().map(all_set::<attribute_choice::Entity, _>).collect();
    insert(tx, rows).await?;
    Ok(ChoiceAttribute { id, choices })
}
