//! Whatever is in the cells or the bytes, reading ends without a panic and accounts for every row.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::transfer::shopify::ShopifyReader;

const HEADER: &str = "Handle,Title,Tags,Status,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,\
                      Variant SKU,Variant Barcode,Variant Grams,Variant Inventory Qty,Variant Price,Image Src,\
                      Image Position,Variant Image";

const WORDS: &[&str] = &["Title", "Default Title", "true", "1.0", "-3", "'7", "1E+5", "https://x.example/a"];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        3 => "[ab]",
        2 => prop::sample::select(WORDS).prop_map(str::to_owned),
        2 => any::<String>(),
        1 => "[\",;\r\n\u{1c}\u{0} é]{0,8}",
    ]
}

fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(format!("{HEADER}\n").into_bytes());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

proptest! {
    #[test]
    fn any_cells_are_read_or_refused(rows in vec(vec(cell(), 1..20), 0..12)) {
        let file = written(&rows);

        for outcome in ShopifyReader::new(file.as_slice()).unwrap() {
            match outcome {
                Ok(product) => {
                    prop_assert!(!product.handle.is_empty() && !product.title.is_empty());
                    let width = product.options.value().map_or(0, |names| names.len());
                    prop_assert!(product.variants.iter().all(|variant| variant.option_values.len() == width));
                }
                Err(errors) => prop_assert!(!errors.is_empty()),
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        let file = [HEADER.as_bytes(), b"\n", &bytes].concat();

        for outcome in ShopifyReader::new(file.as_slice()).unwrap() {
            match outcome {
                Ok(product) => prop_assert!(!product.handle.is_empty() && !product.title.is_empty()),
                Err(errors) => prop_assert!(errors.iter().all(|error| error.line > 1)),
            }
        }
        let _ = ShopifyReader::new(bytes.as_slice()).map(Iterator::count);
    }

    #[test]
    fn well_formed_products_come_back_with_their_lines(bodies in vec("[a-z\",\n]{0,12}", 1..12)) {
        let mut line = 2;
        let mut expected = Vec::new();
        let mut file = "Handle,Title,Body (HTML)\n".to_owned();
        for (number, body) in bodies.iter().enumerate() {
            expected.push(line);
            file.push_str(&format!("p{number},Product,\"{}\"\n", body.replace('"', "\"\"")));
            line += 1 + u64::try_from(body.matches('\n').count()).unwrap();
        }

        let lines: Vec<u64> =
            ShopifyReader::new(file.as_bytes()).unwrap().map(|outcome| outcome.unwrap().line).collect();

        prop_assert_eq!(lines, expected);
    }
}
