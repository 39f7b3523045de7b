//! The products of a made-up shop: the same number gives the same shop each time.
//!
//! Forty collections, fifty brands, twelve colours, and three sizes of every product.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// Any fixed number would do.
pub const SEED: u64 = 20_261_123;

pub const COLLECTIONS: usize = 40;
pub const BRANDS: usize = 50;
pub const SIZES: [&str; 3] = ["S", "M", "L"];
pub const COLORS: [(&str, &str); 12] = [
    ("black", "#000000"),
    ("white", "#ffffff"),
    ("red", "#c62828"),
    ("blue", "#1565c0"),
    ("green", "#2e7d32"),
    ("yellow", "#f9a825"),
    ("orange", "#ef6c00"),
    ("purple", "#6a1b9a"),
    ("grey", "#757575"),
    ("brown", "#5d4037"),
    ("pink", "#ec407a"),
    ("teal", "#00897b"),
];

const NOUNS: [&str; 20] = [
    "Jacket", "Lamp", "Kettle", "Backpack", "Desk", "Chair", "Bottle", "Keyboard", "Monitor", "Tent", "Boots", "Scarf",
    "Mug", "Notebook", "Speaker", "Camera", "Drill", "Blanket", "Helmet", "Watch",
];
const ADJECTIVES: [&str; 28] = [
    "Alpine", "Amber", "Basalt", "Birch", "Cobalt", "Coral", "Copper", "Delta", "Ember", "Fjord", "Granite", "Harbor",
    "Indigo", "Juniper", "Kestrel", "Lunar", "Maple", "Nimbus", "Onyx", "Prairie", "Quartz", "Raven", "Sable",
    "Tundra", "Umber", "Velvet", "Willow", "Zephyr",
];
const WORDS: [&str; 32] = [
    "light",
    "durable",
    "water",
    "resistant",
    "everyday",
    "travel",
    "compact",
    "warm",
    "soft",
    "folding",
    "recycled",
    "cotton",
    "steel",
    "oak",
    "handmade",
    "modern",
    "classic",
    "bright",
    "quiet",
    "fast",
    "strong",
    "simple",
    "pocket",
    "lid",
    "strap",
    "zip",
    "cable",
    "lens",
    "handle",
    "frame",
    "seam",
    "lining",
];
const WORDS_OF_A_DESCRIPTION: usize = 60;
const PICTURES: usize = 200;

pub struct Product {
    pub number: usize,
    pub slug: String,
    pub name: String,
    pub kind: &'static str,
    pub description: String,
    pub brand: usize,
    pub color: usize,
    pub collection: usize,
    pub image: String,
    pub price_minor: i64,
}

pub fn products(count: usize) -> impl Iterator<Item = Product> {
    let mut rng = StdRng::seed_from_u64(SEED);
    (0..count).map(move |number| product(number, &mut rng))
}

fn product(number: usize, rng: &mut StdRng) -> Product {
    let kind = pick(&NOUNS, rng);
    let name = format!("{} {kind} {number:06}", pick(&ADJECTIVES, rng));
    let words: Vec<&str> = (0..WORDS_OF_A_DESCRIPTION).map(|_| pick(&WORDS, rng)).collect();
    Product {
        number,
        slug: name.to_lowercase().replace(' ', "-"),
        name,
        kind,
        description: format!("{}.", words.join(" ")),
        brand: rng.random_range(0..BRANDS),
        color: rng.random_range(0..COLORS.len()),
        collection: rng.random_range(0..COLLECTIONS),
        image: format!("https://pictures.shop.example/{:03}.jpg", number % PICTURES),
        price_minor: rng.random_range(500..50_000),
    }
}

fn pick(texts: &[&'static str], rng: &mut StdRng) -> &'static str {
    texts.choose(rng).copied().unwrap_or_default()
}
