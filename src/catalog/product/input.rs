//! What is sent to create, change and select products.

use async_graphql::{Enum, InputObject};

use crate::catalog::attribute::input::AttributeValueInput;
use crate::catalog::variant::input::ProductVariantCreateInput;
use crate::entity::publication_status::PublicationStatus;
use crate::graphql::page::{DateTimeRange, DecimalRange};
use crate::graphql::scalar::{Date, Decimal, MetadataEntryInput, SeoInput, SortDirection};
use crate::id::{CollectionId, ProductId, TaxClassId};
use crate::patch::Patch;

/// A new product, with its variants if they are known.
#[derive(Clone, Debug, InputObject)]
pub struct ProductCreateInput {
    /// The name, at most 200 characters.
    pub name: String,
    /// The part of an address that names the product; made of the name if absent.
    pub slug: Option<String>,
    /// HTML; scripts, styles and the like are removed.
    #[graphql(default)]
    pub description: String,
    /// Whether shoppers see it; `DRAFT` if absent.
    pub status: Option<PublicationStatus>,
    /// The slugs of the channels that show it from now on, if it is active and has a price there; the default channel
    /// if absent.
    pub channels: Option<Vec<String>>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// What kind of thing it is, in the shop's own words.
    #[graphql(name = "type")]
    pub product_type: Option<String>,
    /// Tags without commas, at most 100; letter case does not tell them apart.
    #[graphql(default)]
    pub tags: Vec<String>,
    /// How it presents itself to search engines.
    pub seo: Option<SeoInput>,
    /// Pictures, in the order in which they are shown, at most 100.
    #[graphql(default)]
    pub images: Vec<ImageInput>,
    /// What the variants differ in, at most 5.
    #[graphql(default)]
    pub options: Vec<ProductOptionInput>,
    /// What is bought, at most 250.
    #[graphql(default)]
    pub variants: Vec<ProductVariantCreateInput>,
    /// Values of attributes, at most 50.
    #[graphql(default)]
    pub attributes: Vec<AttributeValueInput>,
    /// The id of the product in another system of the shop; unique.
    pub external_id: Option<String>,
    /// Values that anybody may read.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values that only staff may read.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

impl ProductCreateInput {
    /// What is said of attributes, of the product and of its variants.
    pub fn attribute_values(&self) -> impl Iterator<Item = &AttributeValueInput> + Clone {
        self.attributes.iter().chain(self.variants.iter().flat_map(|variant| &variant.attributes))
    }

    /// The tax classes of its variants, each with its place in the input.
    pub fn tax_classes(&self) -> Vec<(String, TaxClassId)> {
        let variants = self.variants.iter().enumerate();
        variants
            .filter_map(|(index, variant)| Some((format!("variants.{index}.taxClass"), variant.tax_class?)))
            .collect()
    }
}

/// Changes of a product: what is absent stays as it is, null clears; what cannot be empty refuses null.
#[derive(Clone, Debug, InputObject)]
pub struct ProductUpdateInput {
    /// The version that was read; if the product has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, at most 200 characters.
    pub name: Patch<String>,
    /// The part of an address that names the product. The one before goes on leading here until another product takes it.
    pub slug: Patch<String>,
    /// HTML; scripts, styles and the like are removed.
    pub description: Patch<String>,
    /// Who makes it.
    pub vendor: Patch<String>,
    /// What kind of thing it is, in the shop's own words.
    #[graphql(name = "type")]
    pub product_type: Patch<String>,
    /// All tags, without commas, at most 100.
    pub tags: Patch<Vec<String>>,
    /// How it presents itself to search engines; both texts are replaced.
    pub seo: Patch<SeoInput>,
    /// All pictures, in the order in which they are shown. A picture whose address stays keeps its id.
    pub images: Patch<Vec<ImageInput>>,
    /// The id of the product in another system of the shop.
    pub external_id: Patch<String>,
    /// All values that anybody may read.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// All values that only staff may read.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// What a copy of a product is called.
#[derive(Clone, Debug, InputObject)]
pub struct ProductDuplicateInput {
    /// The name, at most 200 characters.
    pub name: String,
    /// The part of an address that names the copy; made of the name if absent.
    pub slug: Option<String>,
}

/// A picture, by its address.
#[derive(Clone, Debug, InputObject)]
pub struct ImageInput {
    /// The address: `https://…`, `http://…`, or a path of this server that begins with a slash.
    pub url: String,
    /// What the picture shows, for those who cannot see it.
    pub alt_text: Option<String>,
}

/// What variants differ in.
#[derive(Clone, Debug, InputObject)]
pub struct ProductOptionInput {
    /// The name, such as "Size".
    pub name: String,
    /// The choices in the order in which they are shown; those that variants name are added.
    #[graphql(default)]
    pub values: Vec<String>,
}

/// Which products are wanted: all given conditions must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProductFilter {
    /// Members of this collection, if you may see it.
    pub collection: Option<CollectionId>,
    /// Those of these ids, at most 100.
    pub ids: Option<Vec<ProductId>>,
    /// Those with this tag; letter case does not matter.
    pub tag: Option<String>,
    /// Those with all of these tags, at most 20; letter case does not matter.
    pub tags: Option<Vec<String>>,
    /// Those of this vendor, to the letter.
    pub vendor: Option<String>,
    /// Those of one of these vendors, at most 100, to the letter.
    pub vendors: Option<Vec<String>>,
    /// Those of this type, to the letter.
    #[graphql(name = "type")]
    pub product_type: Option<String>,
    /// Those of one of these types, at most 100, to the letter.
    pub types: Option<Vec<String>>,
    /// Those that have these values of attributes, themselves or in a variant that you may see: of each attribute that
    /// is named, at most 10, one of the values.
    pub attributes: Option<Vec<ProductAttributeFilter>>,
    /// Those of which a variant can be bought now, if true; the others, if false.
    pub is_available: Option<bool>,
    /// Those with a base price of a variant that may lie in this range, in the channel's currency.
    pub price: Option<DecimalRange>,
    /// Those of this status. Shoppers see only `ACTIVE` ones whatever they ask for.
    pub status: Option<PublicationStatus>,
    /// Those created in this span of time.
    pub created_at: Option<DateTimeRange>,
    /// Those last changed in this span of time.
    pub updated_at: Option<DateTimeRange>,
    /// The one with this id in another system of the shop. It matches nothing for who lacks `PRODUCT_READ`.
    pub external_id: Option<String>,
}

/// Which values of one attribute are wanted, in one of three forms. An empty list of values matches nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct ProductAttributeFilter {
    /// The code of an attribute that shoppers filter by.
    pub attribute: String,
    /// One of these values, at most 100, as `AttributeValue.value` gives them.
    pub values: Option<Vec<String>>,
    /// A number in this range, of a `NUMBER`.
    pub range: Option<NumberRange>,
    /// A day in this range, of a `DATE`.
    pub dates: Option<DateRange>,
}

/// A range of numbers; an absent end is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct NumberRange {
    /// The least, included.
    pub from: Option<Decimal>,
    /// The greatest, included.
    pub to: Option<Decimal>,
}

/// A range of days; an absent end is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct DateRange {
    /// The first day, included.
    pub from: Option<Date>,
    /// The last day, included.
    pub to: Option<Date>,
}

/// What a list of products is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum)]
pub enum ProductSortField {
    /// The name, without regard to case and accents.
    Name,
    /// The lowest base price of a variant in the channel.
    Price,
    /// The shop's own order of the products of one collection.
    Manual,
    /// The instant of creation.
    #[default]
    CreatedAt,
}

/// The order of a list of products; ties are broken by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, InputObject)]
pub struct ProductSort {
    /// What to sort by.
    pub field: ProductSortField,
    /// Which way.
    #[graphql(default)]
    pub direction: SortDirection,
}
