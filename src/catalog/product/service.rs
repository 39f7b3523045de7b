//! What staff do to products.

use sea_orm::sea_query::{Condition, Expr, LockType};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, ExprTrait};
use sea_orm::{PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::attribute::known::Known;
use crate::catalog::collection::rule::matching;
use crate::catalog::listing;
use crate::catalog::product::aggregate::{self, Aggregate};
use crate::catalog::product::change;
use crate::catalog::product::input::{ProductCreateInput, ProductUpdateInput};
use crate::catalog::product::publication;
use crate::catalog::product::spec::{OptionSpec, ProductSpec};
use crate::catalog::product::sync::{self, Target};
use crate::catalog::product::update;
use crate::catalog::redirect::{self, Owner};
use crate::catalog::status::{self, StatusChange};
use crate::catalog::variant;
use crate::catalog::variant::spec::VariantSpec;
use crate::channel::{self, Market, Markets};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{product, product_variant, stock_movement};
use crate::error::{Error, OnUnique, Result, UserError, UserErrorCode};
use crate::event::{self, Details, EventType};
use crate::id::{ChannelId, ProductId, ProductVariantId, StockLocationId};
use crate::stock;
use crate::tax;
use crate::text::fold;

#[derive(Clone)]
pub struct ProductService {
    db: Db,
}

impl ProductService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub(in crate::catalog) async fn begin(&self) -> Result<DatabaseTransaction> {
        self.db.begin().await
    }

    pub(in crate::catalog) fn reader(&self) -> &DatabaseConnection {
        self.db.reader()
    }

    pub async fn create(&self, actor: &Actor, mut input: ProductCreateInput) -> Result<ProductId> {
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let market = default_market(&tx).await?;
        let known = Known::lock(&tx, input.attribute_values()).await?;
        let mut checks = Checks::new("input");
        let channels = channel::find_all(&tx, &mut checks, input.channels.take()).await?;
        tax::check_all(&tx, &mut checks, &input.tax_classes()).await?;
        let spec = ProductSpec::read(&mut checks, input, market.currency, &known);
        checks.finish()?;
        let created = insert(&tx, actor, &market, &spec, &channels).await;
        let id = match created {
            Ok(id) => id,
            Err(error) => {
                tx.rollback().await?;
                return Err(self.name_taken(error, &spec).await);
            }
        };
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: ProductId, input: ProductUpdateInput) -> Result<()> {
        let mut writing = self.write(id, "id", input.expected_version).await?;
        let (current, before) = writing.read().await?;
        let mut checks = Checks::new("input");
        let wanted = update::apply(&mut checks, before.clone(), input);
        checks.finish()?;
        if wanted == before {
            return Ok(());
        }
        writing.update_row(&wanted).await?;
        writing.sync(actor, &current, &wanted).await?;
        let changes = change::payload(&change::fields(&before, &wanted));
        let details = Details::of_change(changes, &before, &wanted)?;
        writing.finish(actor, EventType::ProductUpdated, details).await
    }

    pub async fn set_status(&self, actor: &Actor, id: ProductId, change: StatusChange) -> Result<()> {
        self.write(id, "id", None).await?.change_status(actor, change).await
    }

    /// Removes a product none of whose variants an order or the stock ledger knows.
    pub async fn delete(&self, actor: &Actor, id: ProductId) -> Result<()> {
        let writing = self.write(id, "id", None).await?;
        // Locked, so that nobody begins to count their units meanwhile.
        let variants = product_variant::Entity::find()
            .filter(product_variant::COLUMN.product_id.eq(id))
            .order_by_asc(product_variant::Column::Id)
            .lock_exclusive()
            .all(&writing.tx)
            .await?;
        let movements = stock_movement::Entity::find()
            .filter(stock_movement::COLUMN.variant_id.is_in(variants.iter().map(|variant| variant.id)))
            .count(&writing.tx)
            .await?;
        if movements > 0 {
            let message = "Units of this product were counted or moved; archive it instead.";
            return Err(UserError::in_use(message).into());
        }
        // Nobody whose rules are being applied makes it a member meanwhile.
        matching::lock(&writing.tx).await?;
        let payload = json!({ "slug": writing.product.slug });
        event::record(&writing.tx, actor, EventType::ProductDeleted, event::Aggregate::Product(id), payload).await?;
        product::Entity::delete_by_id(id).exec(&writing.tx).await?;
        writing.tx.commit().await?;
        Ok(())
    }

    /// Begins a change of a product: it stays locked until the change is finished or dropped.
    pub async fn write(&self, id: ProductId, path: &str, expected_version: Option<i32>) -> Result<Writing> {
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let product = lock(&tx, id, path).await?;
        if expected_version.is_some_and(|version| i64::from(version) != product.version) {
            return Err(UserError::conflict().into());
        }
        let market = default_market(&tx).await?;
        let location = stock::default_location(&tx).await?;
        Ok(Writing { tx, product, market, location, now: Timestamp::now() })
    }

    /// The same for one of many products, with the markets of all channels. The location was found before.
    pub(in crate::catalog) async fn write_next(
        &self,
        id: ProductId,
        location: StockLocationId,
    ) -> Result<(Writing, Markets)> {
        let tx = self.db.begin().await?;
        let markets = Markets::share(&tx).await?;
        let product = lock(&tx, id, "id").await?;
        let market = markets.default_one()?.clone();
        Ok((Writing { tx, product, market, location, now: Timestamp::now() }, markets))
    }

    pub(in crate::catalog) async fn default_location(&self) -> Result<StockLocationId> {
        stock::default_location(self.db.reader()).await
    }

    /// Says which variants' SKUs and external ids are taken, where that is what broke.
    async fn name_taken(&self, error: Error, spec: &ProductSpec) -> Error {
        let Error::User(errors) = &error else { return error };
        let of_variant = |path: &[String]| matches!(path, [.., name] if name == "sku" || name == "externalId");
        let is_taken = |error: &UserError| error.code == UserErrorCode::Taken;
        if !errors.iter().any(|error| is_taken(error) && error.field.as_deref().is_some_and(of_variant)) {
            return error;
        }
        let skus = spec.variants.iter().filter_map(|variant| variant.sku.as_deref().map(fold));
        let external_ids = spec.variants.iter().filter_map(|variant| variant.external_id.as_deref());
        let either = Condition::any()
            .add(product_variant::COLUMN.sku_key.is_in(skus))
            .add(product_variant::COLUMN.external_id.is_in(external_ids));
        let rows = product_variant::Entity::find().filter(either).all(self.db.reader()).await;
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => return error.into(),
        };
        let named: Vec<_> =
            (0..).zip(&spec.variants).flat_map(|(index, variant)| taken_by(index, variant, &rows)).collect();
        if named.is_empty() { error } else { Error::User(named) }
    }
}

/// What of a new variant other variants have.
fn taken_by(index: usize, variant: &VariantSpec, others: &[product_variant::Model]) -> Vec<UserError> {
    let taken = |field: &str, message: String| UserError::taken(format!("input.variants.{index}.{field}"), message);
    let mut errors = Vec::new();
    if let Some(sku) = &variant.sku
        && others.iter().any(|other| other.sku_key == Some(fold(sku)))
    {
        errors.push(taken("sku", format!("Another variant has the SKU \"{sku}\".")));
    }
    if let Some(id) = &variant.external_id
        && others.iter().any(|other| other.external_id.as_ref() == Some(id))
    {
        errors.push(taken("externalId", format!("Another variant has the external id \"{id}\".")));
    }
    errors
}

/// Not the strongest lock: what refers to the product may still be written.
async fn lock(tx: &DatabaseTransaction, id: ProductId, path: &str) -> Result<product::Model> {
    let product = product::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(tx).await?;
    product.ok_or_else(|| UserError::not_found(path, "product").into())
}

pub(in crate::catalog) async fn default_market(db: &impl sea_orm::ConnectionTrait) -> Result<Market> {
    channel::find(db, None).await?.ok_or_else(|| Error::internal("there is no default channel"))
}

/// Writes a whole new product as part of a transaction that shares the channels.
pub async fn insert(
    tx: &DatabaseTransaction,
    actor: &Actor,
    market: &Market,
    spec: &ProductSpec,
    channels: &[ChannelId],
) -> Result<ProductId> {
    let id = insert_unlisted(tx, actor, market, spec).await?;
    publication::assign(tx, id, channels).await?;
    listing::create(tx, id).await?;
    event::record(tx, actor, EventType::ProductCreated, event::Aggregate::Product(id), event::nothing()).await?;
    Ok(id)
}

/// Writes a new product that no channel shows yet. The caller brings its listing up to date and records it.
pub(in crate::catalog) async fn insert_unlisted(
    tx: &DatabaseTransaction,
    actor: &Actor,
    market: &Market,
    spec: &ProductSpec,
) -> Result<ProductId> {
    let (id, now) = (ProductId::generate(), Timestamp::now());
    let row = product::Model { version: 1, ..row_of(spec, id, now) };
    map_taken(product::Entity::insert(all_set::<product::Entity, _>(row)).exec_without_returning(tx).await)?;
    redirect::take(tx, Owner::Product(id), &spec.slug).await?;
    let location = stock::default_location(tx).await?;
    let target = Target { tx, actor, product: id, market, location, now };
    sync::sync(&target, &Aggregate::default(), spec).await?;
    Ok(id)
}

fn map_taken<T>(result: Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("product_slug_key", || UserError::taken("input.slug", "Another product has this slug."))
        .on_unique("product_external_id_key", || {
            UserError::taken("input.externalId", "Another product has this external id.")
        })
}

/// A product that is locked while it is changed.
pub struct Writing {
    pub tx: DatabaseTransaction,
    pub product: product::Model,
    pub market: Market,
    pub location: StockLocationId,
    pub now: Timestamp,
}

impl Writing {
    /// How the product stands, as rows and as a specification.
    pub async fn read(&self) -> Result<(Aggregate, ProductSpec)> {
        let current = aggregate::load(&self.tx, &self.product, &self.market, self.location).await?;
        let spec = current.to_spec(&self.product);
        Ok((current, spec))
    }

    /// Writes the product's own columns.
    pub async fn update_row(&mut self, wanted: &ProductSpec) -> Result<()> {
        let row = product::Model {
            version: self.product.version,
            created_at: self.product.created_at,
            ..row_of(wanted, self.product.id, self.now)
        };
        if (&row.slug, &row.external_id) != (&self.product.slug, &self.product.external_id) {
            listing::lock_all(&self.tx, row.id).await?;
        }
        let change = all_set::<product::Entity, _>(row.clone());
        map_taken(product::Entity::update(change).exec_without_returning(&self.tx).await)?;
        let slugs = (self.product.slug.as_str(), wanted.slug.as_str());
        redirect::change(&self.tx, Owner::Product(row.id), slugs, self.now).await?;
        self.product = row;
        Ok(())
    }

    /// Publishes, takes back or archives the product and commits.
    pub async fn change_status(self, actor: &Actor, change: StatusChange) -> Result<()> {
        let from = self.product.status;
        let to = change.next(from)?;
        if to == from {
            return Ok(());
        }
        self.set_status(to).await?;
        let details = status::details(status::payload(from, to), from, to)?;
        self.finish(actor, EventType::ProductStatusChanged, details).await
    }

    pub async fn set_status(&self, status: PublicationStatus) -> Result<()> {
        let change = product::ActiveModel { id: Set(self.product.id), status: Set(status), ..Default::default() };
        product::Entity::update(change).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Writes what belongs to the product.
    pub async fn sync(&self, actor: &Actor, current: &Aggregate, wanted: &ProductSpec) -> Result<()> {
        sync::sync(&self.target(actor), current, wanted).await
    }

    /// Writes one variant, whose option values may have changed.
    pub async fn replace_variant(
        &self,
        actor: &Actor,
        current: &Aggregate,
        options: &[OptionSpec],
        variant: (ProductVariantId, &VariantSpec),
    ) -> Result<()> {
        variant::sync::replace(&self.target(actor), current, options, variant).await
    }

    /// Counts what is there where only that has changed, which is no change of the product, and commits.
    pub async fn count_stock(self, actor: &Actor, current: &Aggregate, wanted: &ProductSpec) -> Result<()> {
        let ids: Vec<_> = wanted.variants.iter().filter_map(|variant| variant.id).collect();
        variant::sync::levels(&self.target(actor), current, &ids, &wanted.variants).await?;
        listing::refresh(&self.tx, self.product.id).await?;
        self.tx.commit().await?;
        Ok(())
    }

    /// Counts the change, brings the listings up to date, records what happened and commits.
    pub async fn finish(self, actor: &Actor, r#type: EventType, details: impl Into<Details>) -> Result<()> {
        count_change(&self.tx, &[self.product.id], self.now).await?;
        event::record(&self.tx, actor, r#type, event::Aggregate::Product(self.product.id), details).await?;
        self.tx.commit().await?;
        Ok(())
    }

    pub(super) const fn target<'a>(&'a self, actor: &'a Actor) -> Target<'a> {
        Target {
            tx: &self.tx,
            actor,
            product: self.product.id,
            market: &self.market,
            location: self.location,
            now: self.now,
        }
    }
}

/// Counts a change of products that are locked, and brings their listings up to date.
pub async fn count_change(tx: &DatabaseTransaction, products: &[ProductId], now: Timestamp) -> Result<()> {
    product::Entity::update_many()
        .col_expr(product::Column::Version, Expr::col(product::Column::Version).add(1))
        .col_expr(product::Column::UpdatedAt, Expr::value(now))
        .filter(product::COLUMN.id.is_in(products.iter().copied()))
        .exec(tx)
        .await?;
    for product in products {
        listing::refresh(tx, *product).await?;
    }
    Ok(())
}

fn row_of(spec: &ProductSpec, id: ProductId, now: Timestamp) -> product::Model {
    product::Model {
        id,
        slug: spec.slug.clone(),
        name: spec.name.clone(),
        name_key: fold(&spec.name),
        description: spec.description.clone(),
        status: spec.status,
        vendor: spec.vendor.clone(),
        product_type: spec.product_type.clone(),
        seo_title: spec.seo_title.clone(),
        seo_description: spec.seo_description.clone(),
        external_id: spec.external_id.clone(),
        metadata: spec.metadata.clone(),
        private_metadata: spec.private_metadata.clone(),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}
