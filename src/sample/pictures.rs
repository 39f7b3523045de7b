//! The sample shop's pictures, drawn for it and served by this server.

/// A picture by its name, as SVG.
pub fn picture(name: &str) -> Option<&'static [u8]> {
    PICTURES.iter().find(|(known, _)| *known == name).map(|(_, svg)| *svg)
}

const PICTURES: &[(&str, &[u8])] = &[
    ("baseplate-compass", include_bytes!("pictures/baseplate-compass.svg")),
    ("beacon-headlamp", include_bytes!("pictures/beacon-headlamp.svg")),
    ("beeswax-pillar-candles", include_bytes!("pictures/beeswax-pillar-candles.svg")),
    ("cafe-enamel-mug-cream", include_bytes!("pictures/cafe-enamel-mug-cream.svg")),
    ("cafe-enamel-mug-ember", include_bytes!("pictures/cafe-enamel-mug-ember.svg")),
    ("cafe-enamel-mug-spruce", include_bytes!("pictures/cafe-enamel-mug-spruce.svg")),
    ("camp-kettle", include_bytes!("pictures/camp-kettle.svg")),
    ("canvas-tote-moss", include_bytes!("pictures/canvas-tote-moss.svg")),
    ("canvas-tote-natural", include_bytes!("pictures/canvas-tote-natural.svg")),
    ("canvas-tote-rust", include_bytes!("pictures/canvas-tote-rust.svg")),
    ("cast-iron-skillet", include_bytes!("pictures/cast-iron-skillet.svg")),
    ("cedar-birdhouse", include_bytes!("pictures/cedar-birdhouse.svg")),
    ("fjallstuga-blanket-chair", include_bytes!("pictures/fjallstuga-blanket-chair.svg")),
    ("fjallstuga-blanket", include_bytes!("pictures/fjallstuga-blanket.svg")),
    ("folding-camp-chair", include_bytes!("pictures/folding-camp-chair.svg")),
    ("harbour-storm-lantern", include_bytes!("pictures/harbour-storm-lantern.svg")),
    ("hearth-cushion-cover", include_bytes!("pictures/hearth-cushion-cover.svg")),
    ("lakeshore-trail-map", include_bytes!("pictures/lakeshore-trail-map.svg")),
    ("linen-tea-towels", include_bytes!("pictures/linen-tea-towels.svg")),
    ("oak-serving-board", include_bytes!("pictures/oak-serving-board.svg")),
    ("orchard-hammock", include_bytes!("pictures/orchard-hammock.svg")),
    ("pour-over-set", include_bytes!("pictures/pour-over-set.svg")),
    ("ragg-wool-socks", include_bytes!("pictures/ragg-wool-socks.svg")),
    ("ridgeline-tent-night", include_bytes!("pictures/ridgeline-tent-night.svg")),
    ("ridgeline-tent", include_bytes!("pictures/ridgeline-tent.svg")),
    ("trail-daypack", include_bytes!("pictures/trail-daypack.svg")),
];
