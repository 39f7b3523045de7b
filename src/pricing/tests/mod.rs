//! What the engine computes, held against examples worked out by hand and against its laws.

mod delivery;
mod items;
mod laws;
mod orders;
mod prices;
mod random;
mod shop;
mod spreading;
mod stacking;
mod taxes;
