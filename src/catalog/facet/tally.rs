//! Counts the values of a list's products from the texts of their listings.
//!
//! Each product is looked at once. A condition that it does not meet keeps it out of every count but that of the
//! condition's own source, which leaves its own selection out; two such conditions keep it out of all.

use crate::catalog::facet::pack::{CODE_LENGTH, DIGITS};

/// A condition as one bit.
pub type Bit = u64;

/// What is wanted of the products, by bits.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// Every condition that has to be met.
    pub all: Bit,
    /// A price may lie in this range.
    pub price: Option<(Bit, Option<i64>, Option<i64>)>,
    /// Something can, or cannot, be bought.
    pub is_available: Option<(Bit, bool)>,
    /// By code: the conditions that the value meets.
    pub met: Vec<Bit>,
    /// By code: the condition that its count leaves out.
    pub own: Vec<Bit>,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Products by code.
    pub counts: Vec<u32>,
    /// The lowest and the highest price.
    pub price: Option<(i64, i64)>,
    /// Products of which something can be bought.
    pub available: u32,
}

/// The listings of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listings {
    listings: Vec<Listing>,
    /// The codes of all, one listing after the other.
    codes: Vec<u32>,
    /// For each code whether anything has it.
    seen: Vec<bool>,
}

#[derive(Debug, PartialEq, Eq)]
struct Listing {
    prices: Prices,
    is_available: bool,
    /// Where its codes end.
    end: usize,
}

/// The lowest and the highest, if there are any.
type Prices = Option<(i64, i64)>;

impl Listings {
    /// Reads the texts of listings, joined by semicolons.
    pub fn read(available: &str, unavailable: &str) -> Self {
        let mut listings = Self::default();
        for (texts, is_available) in [(available, true), (unavailable, false)] {
            for (prices, codes) in records(texts) {
                for code in each(codes) {
                    listings.see(code);
                }
                let end = listings.codes.len();
                listings.listings.push(Listing { prices, is_available, end });
            }
        }
        listings
    }

    fn see(&mut self, code: u32) {
        self.codes.push(code);
        let place = index(code);
        if place >= self.seen.len() {
            self.seen.resize(place + 1, false);
        }
        if let Some(seen) = self.seen.get_mut(place) {
            *seen = true;
        }
    }

    /// For each code whether anything has it.
    pub fn seen(&self) -> &[bool] {
        &self.seen
    }

    /// How many bytes these are, about.
    pub fn size(&self) -> usize {
        size_of_val(self.listings.as_slice()) + size_of_val(self.codes.as_slice()) + self.seen.len()
    }

    /// Counts; the conditions know all codes that there are.
    pub fn count(&self, conditions: &Conditions) -> Tally {
        let mut tally = Tally { counts: vec![0; conditions.met.len()], ..Tally::default() };
        let mut from = 0;
        for listing in &self.listings {
            let codes = self.codes.get(from..listing.end).unwrap_or_default();
            tally.add(conditions, listing, codes);
            from = listing.end;
        }
        tally
    }
}

impl Tally {
    fn add(&mut self, conditions: &Conditions, &Listing { prices, is_available, .. }: &Listing, codes: &[u32]) {
        let codes = || codes.iter().map(|code| index(*code));
        let met = codes().filter_map(|code| conditions.met.get(code)).fold(0, |met, bits| met | bits);
        let missing = conditions.all & !(met | conditions.met_without_codes(is_available, prices));
        if missing.count_ones() > 1 {
            return;
        }
        for code in codes() {
            if let (Some(own), Some(count)) = (conditions.own.get(code), self.counts.get_mut(code))
                && missing & !own == 0
            {
                *count += 1;
            }
        }
        if let Some((low, high)) = prices
            && missing & !conditions.price.map_or(0, |(bit, ..)| bit) == 0
        {
            let (lowest, highest) = self.price.unwrap_or((low, high));
            self.price = Some((lowest.min(low), highest.max(high)));
        }
        if is_available && missing & !conditions.is_available.map_or(0, |(bit, _)| bit) == 0 {
            self.available += 1;
        }
    }
}

impl Conditions {
    fn met_without_codes(&self, is_available: bool, prices: Prices) -> Bit {
        let price = self.price.map_or(0, |(bit, from, to)| {
            let fits = |(low, high)| from.is_none_or(|from| high >= from) && to.is_none_or(|to| low <= to);
            if prices.is_some_and(fits) { bit } else { 0 }
        });
        let available = self.is_available.map_or(0, |(bit, wanted)| if wanted == is_available { bit } else { 0 });
        price | available
    }
}

/// The prices and the codes of each listing.
fn records(texts: &str) -> impl Iterator<Item = (Prices, &[u8])> {
    let texts = Some(texts).filter(|texts| !texts.is_empty()).map(|texts| texts.as_bytes().split(|byte| *byte == b';'));
    texts.into_iter().flatten().map(|text| {
        let (low, rest) = number(text);
        let (high, codes) = number(rest);
        (low.zip(high), codes)
    })
}

/// A number that ends in a comma, if there is one, and what follows.
fn number(text: &[u8]) -> (Option<i64>, &[u8]) {
    let Some(end) = text.iter().position(|byte| *byte == b',') else { return (None, &[]) };
    let (digits, rest) = text.split_at(end);
    let value = digits
        .iter()
        .fold(0_i64, |value, digit| value.wrapping_mul(10).wrapping_add(i64::from(digit.wrapping_sub(b'0'))));
    ((!digits.is_empty()).then_some(value), rest.get(1..).unwrap_or_default())
}

fn each(codes: &[u8]) -> impl Iterator<Item = u32> {
    codes
        .chunks_exact(CODE_LENGTH)
        .map(|digits| digits.iter().fold(0, |code, digit| (code << 6) | u32::from(VALUES[usize::from(*digit)])))
}

/// A code as a place: it has 24 bits.
fn index(code: u32) -> usize {
    usize::try_from(code).unwrap_or(usize::MAX)
}

/// What each character is as a digit.
const VALUES: [u8; 256] = {
    let (mut values, digits, mut value) = ([0; 256], DIGITS.as_bytes(), 0_u8);
    while (value as usize) < digits.len() {
        values[digits[value as usize] as usize] = value;
        value += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    struct Product {
        prices: Prices,
        is_available: bool,
        codes: Vec<usize>,
    }

    fn pack(products: &[Product], is_available: bool) -> String {
        let text = |product: &Product| {
            let prices = product.prices.map_or(",,".to_owned(), |(low, high)| format!("{low},{high},"));
            let code = |code: &usize| -> String {
                [18, 12, 6, 0].iter().map(|shift| char::from(DIGITS.as_bytes()[(code >> shift) & 63])).collect()
            };
            prices + &product.codes.iter().map(code).collect::<String>()
        };
        let some = products.iter().filter(|product| product.is_available == is_available);
        some.map(text).collect::<Vec<_>>().join(";")
    }

    fn product() -> impl Strategy<Value = Product> {
        let codes = proptest::collection::btree_set(0_usize..9, 0..6);
        (any::<Option<(u16, u16)>>(), any::<bool>(), codes).prop_map(|(prices, is_available, codes)| Product {
            prices: prices.map(|(low, more)| (i64::from(low), i64::from(low) + i64::from(more))),
            is_available,
            codes: codes.into_iter().collect(),
        })
    }

    /// Codes 0 to 2 are of one source of which 0 and 1 are wanted, 3 to 5 of another of which 3 is; the rest of a third.
    fn conditions(first: bool, second: bool, price: bool, available: Option<bool>) -> Conditions {
        let bits = |is_there: bool, bit: Bit| if is_there { bit } else { 0 };
        let (one, two, three, four) = (bits(first, 1), bits(second, 2), bits(price, 4), bits(available.is_some(), 8));
        Conditions {
            all: one | two | three | four,
            price: price.then_some((4, Some(100), Some(40_000))),
            is_available: available.map(|wanted| (8, wanted)),
            met: vec![one, one, 0, two, 0, 0, 0, 0, 0],
            own: vec![one, one, one, two, two, two, 0, 0, 0],
        }
    }

    /// Whether a product is in the list but for one condition.
    fn fits(product: &Product, conditions: &Conditions, but: Bit) -> bool {
        let met = product.codes.iter().fold(0, |met, code| met | conditions.met[*code]);
        let met = met | conditions.met_without_codes(product.is_available, product.prices);
        conditions.all & !but & !met == 0
    }

    proptest! {
        #[test]
        fn one_pass_counts_what_a_list_for_each_count_would(
            products in proptest::collection::vec(product(), 0..30),
            first: bool, second: bool, price: bool, available: Option<bool>,
        ) {
            let conditions = conditions(first, second, price, available);
            let (yes, no) = (pack(&products, true), pack(&products, false));
            let tally = Listings::read(&yes, &no).count(&conditions);

            for code in 0..9 {
                let of_code = products.iter().filter(|product| product.codes.contains(&code));
                let expected = of_code.filter(|product| fits(product, &conditions, conditions.own[code])).count();
                prop_assert_eq!(usize::try_from(tally.counts[code]).unwrap(), expected);
            }
            let for_sale = products.iter().filter(|product| product.is_available && fits(product, &conditions, 8));
            prop_assert_eq!(usize::try_from(tally.available).unwrap(), for_sale.count());
            let priced = products.iter().filter(|product| fits(product, &conditions, 4));
            let prices: Vec<_> = priced.filter_map(|product| product.prices).collect();
            let expected = prices.iter().map(|(low, _)| *low).min().zip(prices.iter().map(|(_, high)| *high).max());
            prop_assert_eq!(tally.price, expected);
        }
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        let product = Product { prices: Some((5, 70)), is_available: true, codes: vec![0, 63, 64, 4_095, 16_777_215] };

        let text = pack(&[product], true);
        assert_eq!(text, "5,70,0000000_001000______");
        let listings = Listings::read(&text, "");
        let seen: Vec<_> =
            listings.seen().iter().enumerate().filter(|(_, seen)| **seen).map(|(code, _)| code).collect();
        assert_eq!(seen, [0, 63, 64, 4_095, 16_777_215]);
    }
}
