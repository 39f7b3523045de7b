//! The rules that hold for a reader, and what has to be read before prices can be told by them.

use std::collections::BTreeSet;
use std::sync::Arc;

use bitflags::bitflags;

use crate::channel::price_rule::{CataloguePromotion, PriceListRule};
use crate::id::{AttributeChoiceId, CollectionId, CustomerGroupId, PriceListId};
use crate::pricing::{Action, Filter, Promotion};

bitflags! {
    /// What prices depend on besides the product.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Needs: u8 {
        /// The groups that the reader belongs to.
        const GROUPS = 1;
        /// Which variant it is.
        const VARIANTS = 1 << 1;
        /// The collections of the product.
        const COLLECTIONS = 1 << 2;
        /// The values of attributes of the product and of its variants.
        const CHOICES = 1 << 3;
        /// The prices of price lists.
        const LIST_PRICES = 1 << 4;
    }
}

impl Needs {
    pub fn of(promotion: &Promotion) -> Self {
        let any = |is_named: fn(&Filter) -> bool| filters(promotion).any(is_named);
        let mut needs = Self::empty();
        needs.set(Self::GROUPS, !promotion.conditions.groups.is_empty());
        needs.set(Self::VARIANTS, any(|by| !by.only.variants.is_empty() || !by.except.variants.is_empty()));
        needs.set(Self::COLLECTIONS, any(|by| !by.only.collections.is_empty() || !by.except.collections.is_empty()));
        needs.set(Self::CHOICES, any(|by| !by.only.choices.is_empty() || !by.except.choices.is_empty()));
        needs
    }
}

/// What a unit has to be of for a promotion of the catalogue to mean it.
fn filters(promotion: &Promotion) -> impl Iterator<Item = &Filter> {
    let items = match &promotion.action {
        Action::Catalogue { items, .. } => Some(items),
        _ => None,
    };
    std::iter::once(&promotion.conditions.items).chain(items)
}

/// More promotions are not looked through for each price alone.
const FEW: usize = 16;

/// Rules that hold at one instant.
#[derive(Clone, Debug)]
pub struct OpenRules {
    promotions: Vec<Arc<CataloguePromotion>>,
    lists: Vec<Arc<PriceListRule>>,
    needs: Needs,
}

impl OpenRules {
    /// `None` where there are none.
    pub fn new(promotions: Vec<Arc<CataloguePromotion>>, lists: Vec<Arc<PriceListRule>>) -> Option<Self> {
        if promotions.is_empty() && lists.is_empty() {
            return None;
        }
        let mut needs = promotions.iter().fold(Needs::empty(), |needs, promotion| needs | promotion.needs);
        needs.set(Needs::LIST_PRICES, !lists.is_empty());
        needs.set(Needs::GROUPS, needs.contains(Needs::GROUPS) || lists.iter().any(|list| !list.groups.is_empty()));
        Some(Self { promotions, lists, needs })
    }

    pub const fn needs(&self) -> Needs {
        self.needs
    }

    /// Whether prices of products, or of variants, can be told without reading anything more.
    pub const fn is_at_hand(&self, known: Needs) -> bool {
        known.contains(self.needs) && self.promotions.len() <= FEW
    }

    /// Those that hold for a member of some groups.
    pub fn for_groups(&self, groups: &[CustomerGroupId]) -> Option<Self> {
        let is_for = |wanted: &[CustomerGroupId]| wanted.is_empty() || wanted.iter().any(|id| groups.contains(id));
        let promotions = self.promotions.iter().filter(|promotion| is_for(&promotion.rule.conditions.groups));
        let lists = self.lists.iter().filter(|list| is_for(&list.groups));
        Self::new(promotions.cloned().collect(), lists.cloned().collect())
    }

    pub fn promotions(&self) -> &[Arc<CataloguePromotion>] {
        &self.promotions
    }

    pub fn list(&self, id: PriceListId) -> Option<&Arc<PriceListRule>> {
        self.lists.iter().find(|list| list.id == id)
    }

    pub fn lists(&self) -> Vec<PriceListId> {
        self.lists.iter().map(|list| list.id).collect()
    }

    /// The collections that promotions name.
    pub fn collections(&self) -> BTreeSet<CollectionId> {
        let named = self.filters().flat_map(|by| by.only.collections.iter().chain(&by.except.collections));
        named.copied().collect()
    }

    /// The values of attributes that promotions name.
    pub fn choices(&self) -> BTreeSet<AttributeChoiceId> {
        self.filters().flat_map(|by| by.only.choices.iter().chain(&by.except.choices)).copied().collect()
    }

    fn filters(&self) -> impl Iterator<Item = &Filter> {
        self.promotions.iter().flat_map(|promotion| filters(&promotion.rule))
    }
}
