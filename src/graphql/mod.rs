//! The schema: what every capability shares, and the roots that join their parts.

pub mod connection;
pub mod context;
pub mod document;
pub mod limits;
pub mod loader;
pub mod node;
pub mod page;
pub mod payload;
pub mod prompt;
mod root;
pub mod scalar;
pub mod variables;
mod viewer;

use async_graphql::{EmptySubscription, InputType, MergedObject, Pos, Request, ScalarType, SchemaBuilder, Value};

use crate::account::AccountMutation;
use crate::address::CountryQuery;
use crate::api_token::{ApiTokenMutation, ApiTokenQuery};
use crate::app::App;
use crate::audit::AuditQuery;
use crate::auth::Actor;
use crate::catalog::attribute::{AttributeMutation, AttributeQuery};
use crate::catalog::collection::{CollectionMutation, CollectionQuery};
use crate::catalog::image::ImageMutation;
use crate::catalog::product::preview::{ProductPreviewMutation, ProductPreviewQuery};
use crate::catalog::product::related::ProductRelatedMutation;
use crate::catalog::product::{ProductBulkMutation, ProductMutation, ProductQuery};
use crate::catalog::publication::PublicationMutation;
use crate::catalog::variant::{ProductVariantBulkMutation, ProductVariantMutation, ProductVariantQuery};
use crate::channel::{ChannelMutation, ChannelQuery};
use crate::customer::group::{CustomerGroupMutation, CustomerGroupQuery};
use crate::customer::{CustomerAccountMutation, CustomerMutation, CustomerQuery};
use crate::graphql::loader::Queue;
use crate::graphql::node::NodeQuery;
use crate::graphql::root::Root;
use crate::graphql::variables::{ScalarCheck, ScalarChecks};
use crate::graphql::viewer::ViewerQuery;
use crate::job::{JobMutation, JobQuery};
use crate::price_list::{PriceListMutation, PriceListQuery};
use crate::promotion::{PromotionMutation, PromotionQuery};
use crate::staff::{RoleMutation, RoleQuery, StaffMutation, StaffQuery};
use crate::stock::graphql::StockMutation;

/// What can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    ChannelQuery,
    CountryQuery,
    ProductQuery,
    ProductPreviewQuery,
    ProductVariantQuery,
    CollectionQuery,
    AttributeQuery,
    NodeQuery,
    ViewerQuery,
    CustomerQuery,
    CustomerGroupQuery,
    PriceListQuery,
    PromotionQuery,
    JobQuery,
    StaffQuery,
    RoleQuery,
    ApiTokenQuery,
    AuditQuery,
);

/// What can be done. Every mutation says in `userErrors` what a person has to mend; nothing was done then.
#[derive(MergedObject, Default)]
pub struct Mutation(
    ChannelMutation,
    ProductMutation,
    ProductBulkMutation,
    ProductPreviewMutation,
    ProductRelatedMutation,
    ProductVariantMutation,
    ProductVariantBulkMutation,
    ImageMutation,
    CollectionMutation,
    AttributeMutation,
    PublicationMutation,
    StockMutation,
    AccountMutation,
    CustomerAccountMutation,
    CustomerMutation,
    CustomerGroupMutation,
    PriceListMutation,
    PromotionMutation,
    StaffMutation,
    RoleMutation,
    ApiTokenMutation,
    JobMutation,
);

pub type Schema = async_graphql::Schema<Root<Query>, Root<Mutation>, EmptySubscription>;

/// The schema without limits.
pub fn builder() -> SchemaBuilder<Root<Query>, Root<Mutation>, EmptySubscription> {
    async_graphql::Schema::build(Root::default(), Root::default(), EmptySubscription)
}

/// The schema as text, as it is served.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().include_specified_by();
    builder().finish().sdl_with_options(options)
}

/// What custom scalars accept in variables, so that a wrong one is found before anything runs.
pub fn scalar_checks() -> ScalarChecks {
    [
        ("Decimal", check::<scalar::Decimal> as ScalarCheck),
        ("CurrencyCode", check::<scalar::CurrencyCode>),
        ("CountryCode", check::<scalar::CountryCode>),
        ("LanguageCode", check::<scalar::LanguageCode>),
        ("Date", check::<scalar::Date>),
        ("DateTime", check::<scalar::DateTime>),
    ]
    .into_iter()
    .collect()
}

fn check<T: ScalarType + InputType>(value: &Value) -> Result<(), String> {
    <T as ScalarType>::parse(value.clone()).map(drop).map_err(|error| error.into_server_error(Pos::default()).message)
}

/// Gives an operation what its resolvers reach for. It has to be run by the queue, which runs its batches.
pub fn request(app: &App, actor: Actor, request: Request) -> (Request, Queue) {
    let queue = Queue::default();
    let loader = queue.loader(app.db().clone(), actor.clone());
    (request.data(app.clone()).data(actor).data(loader), queue)
}
