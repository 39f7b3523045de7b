//! Files that are damaged, unusually written or no product export at all.

use std::io::{self, Read};

use super::{errors, product, read, refusal, shown};
use crate::transfer::product_record::Cell;
use crate::transfer::shopify::{ShopifyReader, limits};
use crate::transfer::table::limits::FIELD_BYTES;

#[test]
fn byte_order_mark_and_line_ends_of_any_system_are_read() {
    for end in ["\n", "\r\n", "\r"] {
        let file = ["\u{feff}\"Handle\",Title,SKU", "hat,Hat,A", "", "mug,Mug,B"].join(end);

        let products: Vec<_> = read(file).into_iter().map(Result::unwrap).collect();

        assert_eq!(products.iter().map(|product| product.line).collect::<Vec<_>>(), [2, 4], "{end:?}");
        assert_eq!(products[1].variants[0].sku, Cell::Value("B".to_owned()));
    }
}

#[test]
fn lines_are_counted_through_quoted_line_ends_and_blank_rows() {
    for end in ["\n", "\r\n"] {
        let file = [
            "",
            "Handle,Title,Body (HTML),SKU",
            "hat,Hat,\"<p>",
            "",
            "warm</p>\",A",
            ",,,",
            "",
            "hat,,,A",
            "mug,Mug,,",
        ]
        .join(end);

        let outcomes = read(file);

        let errors = outcomes[0].as_ref().unwrap_err();
        assert_eq!(errors[0].line, 8, "{end:?}");
        assert!(errors[0].message.contains("lines 3 and 8"), "{end:?} {errors:?}");
        assert_eq!(outcomes[1].as_ref().unwrap().line, 9, "{end:?}");
    }
}

#[test]
fn quoted_text_is_kept_with_its_lines_and_quotation_marks() {
    let product = product("Handle,Title,Body (HTML)\r\nhat,\"Hat, 12\"\" wide\",\"<p>\r\nwarm</p>\"");

    assert_eq!(product.title, "Hat, 12\" wide");
    assert_eq!(product.body_html, Cell::Value("<p>\nwarm</p>".to_owned()));
}

#[test]
fn rows_without_content_are_passed_over() {
    assert_eq!(read("Handle,Title,SKU\nhat,Hat,A\n,,\n , ,\nhat,,B\n,,\n\n\n").len(), 1);
    assert_eq!(read("Handle,Title\n").len(), 0);
}

#[test]
fn row_may_be_shorter_than_the_header_but_not_longer() {
    assert_eq!(product("Handle,Title,Vendor\nhat,Hat\n").vendor, Cell::Empty);
    assert_eq!(product("Handle,Title\nhat,Hat,, \n").title, "Hat");
    assert_eq!(
        errors("Handle,Title\nhat,Hat, felt\n"),
        ["2 -: The row has 3 cells, but the header has 2 columns; a text with a comma in it needs \
          quotation marks around it."]
    );
}

#[test]
fn empty_file_is_refused() {
    for file in ["", "\u{feff}", "\r\n\r\n", ",,,\n"] {
        assert_eq!(refusal(file).message, "The file is empty.", "{file:?}");
    }
}

#[test]
fn file_that_is_no_csv_is_refused() {
    assert!(refusal(b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml").message.contains("a workbook"));
    assert!(refusal(b"\xff\xfeH\0a\0n\0d\0l\0e\0,\0T\0\n\0").message.contains("not text in UTF-8"));
    assert!(refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").message.contains("not UTF-8"));
    assert!(refusal("Handle;Title;Vendor\nhat;Hat;Us\n").message.contains("semicolons"));
    assert_eq!(refusal("\n\nName,Price\nHat,5\n").line, 3);
}

#[test]
fn text_of_another_encoding_names_line_and_column() {
    let outcomes = read(b"Handle,Title,Body (HTML)\nhat,Hat,\"one\ntwo b\xe9ret\"\nmug,Mug,\n".as_slice());

    assert_eq!(
        shown(&outcomes[0].as_ref().unwrap_err()[0]),
        "3 Body (HTML): The text is not UTF-8; save the file as “CSV UTF-8” and import it again."
    );
    assert_eq!(outcomes[0].as_ref().unwrap_err().len(), 1);
    assert_eq!(outcomes[1].as_ref().unwrap().handle, "mug");
}

#[test]
fn quotation_that_is_never_closed_is_refused_where_it_begins() {
    let outcomes = read("Handle,Title,Vendor\nhat,Hat,Us\nmug,\"Mug,Us\nbag,Bag,Us\n");

    assert_eq!(outcomes.len(), 2);
    let errors = outcomes[1].as_ref().unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (errors[0].line, errors[0].column.as_deref(), errors[0].handle.as_deref()),
        (3, Some("Title"), Some("mug"))
    );
    assert!(errors[0].message.contains("never closed"));
    assert!(refusal("Handle,\"Title\nhat,Hat\n").message.contains("never closed"));
}

#[test]
fn null_character_is_refused() {
    assert_eq!(errors("Handle,Title\nhat,H\0at\n"), ["2 Title: The cell contains a null character; remove it."]);
}

#[test]
fn cell_that_is_too_large_is_refused_and_reading_goes_on() {
    let large = "x".repeat(FIELD_BYTES + 1);
    let outcomes = read(format!("Handle,Title,Vendor\nhat,Hat,{large}\nmug,Mug,\n"));

    assert_eq!(shown(&outcomes[0].as_ref().unwrap_err()[0]), "2 Vendor: The cell is larger than 1 MiB.");
    assert_eq!(outcomes[1].as_ref().unwrap().handle, "mug");
}

#[test]
fn product_with_too_many_rows_is_refused_once() {
    let rows: String = (0..limits::PRODUCT_ROWS + 9).map(|row| format!("hat,Hat,{row}\n")).collect();
    let outcomes = read(format!("Handle,Title,SKU\n{rows}mug,Mug,\n"));

    let errors = outcomes[0].as_ref().unwrap_err();
    assert_eq!(
        errors.iter().map(shown).collect::<Vec<_>>(),
        ["2002 -: The product has more than 2000 rows or 16 MiB of text."]
    );
    assert_eq!(outcomes[1].as_ref().unwrap().handle, "mug");
}

#[test]
fn errors_of_one_product_are_bounded() {
    let rows: String = (0..100).map(|row| format!("hat,Hat,{row},many\n")).collect();
    let errors = errors(format!("Handle,Title,SKU,Inventory quantity\n{rows}"));

    assert_eq!(errors.len(), limits::PRODUCT_ERRORS + 1);
    assert_eq!(errors.last().unwrap(), "2 -: The product has 50 more errors.");
}

#[test]
fn row_without_end_stops_reading() {
    let endless = "Handle,Title\nhat,Hat\nmug,\"".as_bytes().chain(io::repeat(b'\n'));

    let outcomes: Vec<_> = ShopifyReader::new(endless).unwrap().collect();

    assert_eq!(outcomes.len(), 1);
    assert!(outcomes[0].as_ref().unwrap_err()[0].message.contains("larger than 8 MiB"));
}

/// Fails after the bytes before it.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[test]
fn failure_of_the_file_ends_it_without_a_product_in_part() {
    let file = "Handle,Title,SKU\nhat,Hat,A\nhat,,B\n".as_bytes().chain(Broken);

    let outcomes: Vec<_> = ShopifyReader::new(file).unwrap().collect();

    assert_eq!(outcomes.len(), 1);
    let errors = outcomes[0].as_ref().unwrap_err();
    assert!(errors[0].message.contains("the disk is gone"), "{errors:?}");
}
