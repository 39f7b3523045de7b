//! What is sent to create, change and select collections.

use async_graphql::InputObject;

use crate::catalog::collection::rule::input::CollectionRulesInput;
use crate::catalog::product::input::ImageInput;
use crate::entity::publication_status::PublicationStatus;
use crate::graphql::scalar::{MetadataEntryInput, SeoInput};
use crate::id::{CollectionId, ProductId};
use crate::patch::Patch;

/// A new collection.
#[derive(Clone, Debug, InputObject)]
pub struct CollectionCreateInput {
    /// The name, at most 200 characters.
    pub name: String,
    /// The part of an address that names the collection; made of the name if absent.
    pub slug: Option<String>,
    /// HTML; scripts, styles and the like are removed.
    #[graphql(default)]
    pub description: String,
    /// Whether shoppers see it; `DRAFT` if absent.
    pub status: Option<PublicationStatus>,
    /// The slugs of the channels that show it from now on, if it is active; the default channel if absent.
    pub channels: Option<Vec<String>>,
    /// The collection that it is part of; none if absent.
    pub parent: Option<CollectionId>,
    /// The picture that stands for it.
    pub image: Option<ImageInput>,
    /// How it presents itself to search engines.
    pub seo: Option<SeoInput>,
    /// Its members, in order, at most 250; more are added by `collectionProductsAdd`.
    #[graphql(default)]
    pub products: Vec<ProductId>,
    /// The rules that find its members; they are picked by hand if absent.
    pub rules: Option<CollectionRulesInput>,
    /// The id of the collection in another system of the shop; unique.
    pub external_id: Option<String>,
    /// Values that anybody may read.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values that only staff may read.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a collection: what is absent stays as it is, null clears; what cannot be empty refuses null.
#[derive(Clone, Debug, InputObject)]
pub struct CollectionUpdateInput {
    /// The version that was read; if the collection has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, at most 200 characters.
    pub name: Patch<String>,
    /// The part of an address that names the collection. The one before goes on leading here until another collection takes it.
    pub slug: Patch<String>,
    /// HTML; scripts, styles and the like are removed.
    pub description: Patch<String>,
    /// The collection that it is part of.
    pub parent: Patch<CollectionId>,
    /// The picture that stands for it.
    pub image: Patch<ImageInput>,
    /// How it presents itself to search engines; both texts are replaced.
    pub seo: Patch<SeoInput>,
    /// The rules that find its members. They replace members that were picked, and `isEvaluating` tells how long that
    /// takes; null leaves the members that there are to be picked by hand, in the order of their names.
    pub rules: Patch<CollectionRulesInput>,
    /// The id of the collection in another system of the shop.
    pub external_id: Patch<String>,
    /// All values that anybody may read.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// All values that only staff may read.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// Where a collection goes in the tree. At most one of `before`, `after` and `position` is given; without any it goes to
/// the end.
#[derive(Clone, Debug, InputObject)]
pub struct CollectionMoveInput {
    /// The version that was read; if the collection has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The collection that it becomes part of; it stays where it is if absent, and goes to the top level if null.
    pub parent: Patch<CollectionId>,
    /// The collection of the same parent before which it goes.
    pub before: Option<CollectionId>,
    /// The collection of the same parent after which it goes.
    pub after: Option<CollectionId>,
    /// How many collections of the same parent come before it, counted from 0; one too great means the end.
    pub position: Option<i32>,
}

/// Where a member of a collection goes.
#[derive(Clone, Debug, InputObject)]
pub struct CollectionProductMoveInput {
    /// The id of the product.
    pub product: ProductId,
    /// How many members come before it then, counted from 0 as they stand after the moves before this one; one too great
    /// means the end.
    pub position: i32,
}

/// Which collections are wanted: all given conditions must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CollectionFilter {
    /// Those that are part of this one, if you may see it.
    pub parent: Option<CollectionId>,
    /// Those that are part of none, if true; those that are part of one, if false.
    pub is_top_level: Option<bool>,
    /// Those of this status. Shoppers see only `ACTIVE` ones whatever they ask for.
    pub status: Option<PublicationStatus>,
    /// The one with this id in another system of the shop. It matches nothing for who lacks `PRODUCT_READ`.
    pub external_id: Option<String>,
}
