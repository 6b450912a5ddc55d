//! What people type, whatever it is, comes out of each format as it went in, or is refused.

use super::columns::ALWAYS;
use super::spool::COLUMNS_MAX;
use super::*;
use envelope::{FieldKind, FileType, Role};
use quick_xml::events::Event;
use std::io::{Cursor, Read as _};

fn field(id: &str, key: Option<&str>, label: &str, value: Option<Value>) -> FieldValue {
    FieldValue {
        id: id.to_owned(),
        kind: FieldKind::Text,
        key: key.map(str::to_owned),
        label: label.to_owned(),
        value,
    }
}

fn text(of: &str) -> Option<Value> {
    Some(Value::Text(of.to_owned()))
}

fn of(fields: Vec<FieldValue>) -> EnvelopeValues {
    let ada = RecipientValues {
        number: 1,
        name: "Ada".to_owned(),
        email: String::new(),
        role: Role::Signer,
        status: "signed".to_owned(),
        acted_at: None,
        fields,
    };
    EnvelopeValues {
        envelope: "env_1".to_owned(),
        title: "Lease".to_owned(),
        status: "completed".to_owned(),
        test: false,
        template: None,
        created_at: "2026-11-22T16:00:00Z".to_owned(),
        sent_at: None,
        completed_at: None,
        recipients: vec![ada],
        fields: Vec::new(),
    }
}

fn written(format: Format, envelopes: Vec<EnvelopeValues>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(format, envelopes.into_iter()).expect("it is written").read_to_end(&mut bytes).expect("it is read");
    bytes
}

fn rows(envelopes: Vec<EnvelopeValues>) -> Vec<Vec<String>> {
    let bytes = written(Format::Csv, envelopes);
    let table = bytes.strip_prefix("\u{feff}".as_bytes()).expect("Excel needs its mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table);
    let records = reader.records().map(|it| it.expect("it is CSV"));
    records.map(|it| it.iter().map(str::to_owned).collect()).collect()
}

/// The text of the element of this name, put together again.
fn in_xml(xml: &[u8], name: &str) -> String {
    let mut reader = quick_xml::Reader::from_reader(Cursor::new(xml));
    let (mut inside, mut text, mut buffer) = (false, String::new(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).expect("it is well-formed") {
            Event::Start(it) => inside = it.name().as_ref() == name.as_bytes(),
            Event::End(_) => inside = false,
            Event::Text(it) if inside => text.push_str(&it.decode().expect("it is UTF-8")),
            Event::GeneralRef(it) if inside => {
                let word = it.decode().expect("it is UTF-8");
                text.push_str(&quick_xml::escape::unescape(&format!("&{word};")).expect("it is known"));
            }
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn xml_is_well_formed_whatever_was_typed() {
    let typed = "a\u{0}\u{1}\u{b}\u{fffe}\u{ffff}]]>&amp;<b/>\"'\r\n\t\u{1f600}";
    let xml = written(Format::Xml, vec![of(vec![field("f", None, typed, text(typed))])]);
    let kept = "a]]>&amp;<b/>\"'\r\n\t\u{1f600}";
    assert_eq!(in_xml(&xml, "value"), kept);
    assert_eq!(in_xml(&xml, "label"), kept);
}

#[test]
fn what_xml_can_write_begins_and_ends_where_its_production_says() {
    for (kept, lost) in
        [('\t', '\u{8}'), ('\n', '\u{b}'), ('\r', '\u{c}'), (' ', '\u{1f}'), ('\u{fffd}', '\u{fffe}')]
    {
        assert!(is_writable(kept) && !is_writable(lost), "{kept:?} {lost:?}");
    }
    assert!(is_writable('\u{d7ff}') && is_writable('\u{e000}'));
    assert!(is_writable('\u{10000}') && is_writable(char::MAX) && !is_writable('\u{ffff}'));
}

#[test]
fn json_keeps_every_character_and_reads_back_unchanged() {
    let file = Value::File { name: "=a.pdf".to_owned(), kind: FileType::Pdf, digest: "0".repeat(64) };
    let all = vec![
        of(vec![
            field("f", Some("k"), "", text("a\u{1}\u{ffff}\"\r\n")),
            field("g", None, "", Some(Value::Ticked(true))),
            field("h", None, "", None),
            field("i", None, "", Some(file)),
        ]),
        of(Vec::new()),
    ];
    let read: Exported = serde_json::from_slice(&written(Format::Json, all.clone())).expect("it is JSON");
    assert_eq!(read.items, all);
    let none: Exported = serde_json::from_slice(&written(Format::Json, Vec::new())).expect("it is JSON");
    assert!(none.items.is_empty());
}

#[test]
fn each_column_has_a_name_of_its_own_and_each_value_stands_under_its_own() {
    let table = rows(vec![
        of(vec![
            field("a", Some("title"), "", text("of a key")),
            field("b", None, " Colour ", text("red")),
            field("c", None, "Colour", text("blue")),
            field("d", None, "", text("=1")),
        ]),
        of(vec![field("e", Some("later"), "", text("late")), field("f", None, "Colour", text("green"))]),
    ]);
    let mut headings: Vec<&str> = ALWAYS.to_vec();
    headings.extend([
        "title (2)",
        "Colour - recipient 1",
        "Colour - recipient 1 (2)",
        "d - recipient 1",
        "later",
    ]);
    assert_eq!(table[0], headings);
    assert_eq!(table[1][ALWAYS.len()..], ["of a key", "red", "blue", "'=1", ""]);
    assert_eq!(table[2][ALWAYS.len()..], ["", "green", "", "", "late"]);
    assert_eq!(table[1][..4], ["env_1", "Lease", "completed", "2026-11-22T16:00:00Z"]);
    assert_eq!(table[1][6], "Ada");
}

#[test]
fn a_table_has_room_for_so_many_columns_and_not_for_one_more() {
    let with = |many: usize| of((0..many).map(|it| field(&format!("f{it}"), None, "", text("x"))).collect());
    let most = COLUMNS_MAX - ALWAYS.len();
    assert_eq!(rows(vec![with(most)])[0].len(), COLUMNS_MAX);
    for format in [Format::Csv, Format::Xlsx] {
        let refused = write(format, std::iter::once(with(most + 1))).expect_err("there is no room");
        assert_eq!(refused.code(), "export_too_large");
    }
    assert!(!written(Format::Json, vec![with(most + 1)]).is_empty(), "JSON knows no columns");
}

#[test]
fn a_sheet_holds_numbers_and_texts_as_what_they_are() {
    use calamine::{Data, Reader};
    let number =
        |id: &str, of: &str| FieldValue { kind: FieldKind::Number, ..field(id, Some(id), "", text(of)) };
    let bytes = written(
        Format::Xlsx,
        vec![of(vec![number("n", "-5"), number("no", "five"), field("t", Some("t"), "", text("=1+1\u{1}"))])],
    );
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is XLSX");
    let sheet = book.worksheet_range("Sheet1").expect("it is there");
    let row: Vec<Data> = sheet.rows().nth(1).expect("it is there")[ALWAYS.len()..].to_vec();
    assert_eq!(row, [Data::Float(-5.0), Data::String("five".into()), Data::String("=1+1".into())]);
}
