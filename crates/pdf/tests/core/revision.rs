//! Appending a revision: it fits the file, and nothing before it changes.

use crate::small::{Small, hybrid, open, with_tail};
use pdf::{Dictionary, Document, Error, Object, ObjectId, Revision, SectionKind, Tail};

/// Touches the catalog and adds one text.
fn touch(document: &Document) -> (ObjectId, Tail) {
    let mut revision = Revision::new(document).expect("is sound");
    let added = revision.allocate();
    revision.put(added, Object::text("Ελένη"));
    let mut catalog = document.catalog().expect("is there");
    catalog.set("CSGN_Test", added);
    revision.put(document.catalog_id().expect("is there"), catalog);
    (added, revision.finish().expect("can be written"))
}

fn text_of(bytes: &[u8], id: ObjectId) -> Option<String> {
    open(bytes).expect("opens").get(id).expect("is there").as_text()
}

#[test]
fn a_revision_has_the_kind_of_the_last_section_and_names_it() {
    for (base, kind) in [
        (Small::one_page().table(), SectionKind::Table),
        (Small::one_page().stream(), SectionKind::Stream),
        (hybrid(), SectionKind::Table),
    ] {
        let before = open(&base).expect("opens");
        let (added, tail) = touch(&before);
        assert_eq!(tail.base_length, base.len() as u64);
        let whole = with_tail(&base, &tail);
        let document = open(&whole).expect("opens");
        assert!(!document.was_repaired(), "{kind:?}");
        let newest = &document.sections()[0];
        assert_eq!(newest.kind, kind);
        assert_eq!(newest.previous, Some(before.sections()[0].start));
        assert_eq!(newest.hidden, None);
        assert_eq!(newest.revision_end, whole.len() as u64);
        assert_eq!(text_of(&whole, added).as_deref(), Some("Ελένη"));
        assert_eq!(document.page_count(), Ok(1));
        // And once more on top.
        let (again, tail) = touch(&document);
        assert!(again.number > added.number);
        assert_eq!(text_of(&with_tail(&whole, &tail), again).as_deref(), Some("Ελένη"));
    }
}

#[test]
fn what_a_hybrid_file_hid_is_found_after_a_revision_without_its_stream() {
    let base = hybrid();
    let (_, tail) = touch(&open(&base).expect("opens"));
    assert_eq!(text_of(&with_tail(&base, &tail), ObjectId::new(4)).as_deref(), Some("hidden"));
}

#[test]
fn every_entry_of_a_table_has_twenty_bytes_and_leads_to_its_object() {
    let base = Small::one_page().table();
    let (_, tail) = touch(&open(&base).expect("opens"));
    let whole = with_tail(&base, &tail);
    let table = String::from_utf8_lossy(&tail.bytes).into_owned();
    let table =
        table.split_once("xref\n").expect("a table").1.split_once("trailer").expect("a trailer").0.to_owned();
    let mut number = 0;
    for line in table.split_inclusive('\n') {
        let words: Vec<&str> = line.split(' ').collect();
        if words.len() == 2 {
            number = words[0].parse().expect("a number");
            continue;
        }
        assert_eq!(line.len(), 20, "{line:?}");
        let offset: usize = words[0].parse().expect("an offset");
        assert!(whole[offset..].starts_with(format!("{number} 0 obj").as_bytes()));
        number += 1;
    }
    assert_eq!(number, 5);
}

#[test]
fn offsets_count_from_the_header_where_the_file_counts_so() {
    let mut file = Small::one_page();
    file.before_header = b"junk\n".to_vec();
    for base in [file.table(), file.stream()] {
        let (added, tail) = touch(&open(&base).expect("opens"));
        let whole = with_tail(&base, &tail);
        let document = open(&whole).expect("opens");
        assert_eq!((document.was_repaired(), document.offset_shift()), (false, 5));
        assert_eq!(text_of(&whole, added).as_deref(), Some("Ελένη"));
    }
}

#[test]
fn a_base_without_a_last_end_of_line_gets_one() {
    let mut base = Small::one_page().table();
    base.pop();
    let (_, tail) = touch(&open(&base).expect("opens"));
    assert_eq!(tail.bytes[0], b'\n');
    assert!(!open(&with_tail(&base, &tail)).expect("opens").was_repaired());
}

#[test]
fn a_new_number_is_above_every_one_in_use_whatever_size_says() {
    let lying = String::from_utf8(Small::one_page().with(9, "null").table()).map_err(|_| ()).err();
    assert!(lying.is_some(), "the header holds bytes above 127");
    for (size, expected) in [("/Size 2 ", 10), ("/Size 70", 70), ("/Size 99999999", 10)] {
        let base = Small::one_page().with(9, "null").table();
        let place = base.windows(8).rposition(|window| window == b"/Size 10").expect("is there");
        let base = [&base[..place], size.as_bytes(), &base[place + 8..]].concat();
        let document = open(&base).expect("opens");
        // A wrong /Size alone is no damage.
        assert!(!document.was_repaired());
        let mut revision = Revision::new(&document).expect("is sound");
        assert_eq!(revision.allocate().number, expected, "{size}");
    }
}

#[test]
fn a_cross_reference_stream_that_does_not_list_itself_keeps_its_number() {
    let base = Small::one_page().stream();
    let text = b"3 1 4 1 ";
    let place = base.windows(text.len()).position(|window| window == text).expect("lists object 4");
    let base = [&base[..place], b"3 1 9 0 ", &base[place + text.len()..]].concat();
    let document = open(&base).expect("opens");
    assert_eq!(Revision::new(&document).expect("is sound").allocate().number, 5);
}

#[test]
fn the_first_part_of_the_id_stays_and_the_second_comes_from_the_bytes() {
    let base = Small::one_page().table();
    let document = open(&base).expect("opens");
    let (_, tail) = touch(&document);
    assert_eq!(touch(&document).1, tail);
    let after = open(&with_tail(&base, &tail)).expect("opens");
    let parts =
        |document: &Document| document.trailer().get("ID").and_then(Object::as_array).map(<[_]>::to_vec);
    let (old, new) = (parts(&document).expect("has one"), parts(&after).expect("has one"));
    assert_eq!(old[0], new[0]);
    assert_ne!(old[1], new[1]);
}

#[test]
fn a_signature_leaves_a_gap_and_covers_everything_else() {
    for base in [Small::one_page().table(), Small::one_page().stream()] {
        let document = open(&base).expect("opens");
        let mut revision = Revision::new(&document).expect("is sound");
        let id = revision.allocate();
        let dictionary =
            Dictionary::new().with("Type", Object::name("Sig")).with("Reason", Object::text("(x)"));
        revision.put_signature(id, dictionary.clone(), 40).expect("the first");
        assert_eq!(revision.put_signature(id, dictionary, 40), Err(Error::SecondSignature));
        let tail = revision.finish().expect("can be written");
        let gap = tail.gap.expect("there is one");
        let whole = with_tail(&base, &tail);
        let hole =
            &whole[usize::try_from(gap.start).expect("small")..usize::try_from(gap.end).expect("small")];
        assert_eq!(hole, format!("<{}>", "0".repeat(80)).as_bytes());
        let Ok(Object::Dictionary(written)) = open(&whole).expect("opens").get(id) else {
            panic!("no dictionary")
        };
        let range: Vec<_> = written
            .get("ByteRange")
            .and_then(Object::as_array)
            .expect("is there")
            .iter()
            .map(Object::as_integer)
            .collect();
        let numbers = [0, gap.start, gap.end, whole.len() as u64 - gap.end].map(|n| i64::try_from(n).ok());
        assert_eq!(range, numbers);
        assert_eq!(written.get("Contents"), Some(&Object::string(vec![0; 40])));
        let count = whole.windows(10).filter(|window| *window == b"/ByteRange").count();
        assert_eq!(count, 1);
    }
}

#[test]
fn a_repaired_document_takes_no_revision() {
    let mut base = Small::one_page().table();
    let place = base.windows(9).rposition(|window| window == b"startxref").expect("is there");
    base.truncate(place);
    let document = open(&base).expect("opens");
    assert!(document.was_repaired());
    assert_eq!(Revision::new(&document).err(), Some(Error::Repaired));
}

#[test]
fn an_encrypted_base_gets_encrypted_objects() {
    for name in ["r2", "r3", "r4", "r4-plain-metadata", "r5", "r6", "r6-streams"] {
        let path = format!("{}/tests/files/encrypted-{name}.pdf", env!("CARGO_MANIFEST_DIR"));
        let base = std::fs::read(path).expect("is there");
        let document = open(&base).expect("opens");
        assert!(document.is_encrypted() && !document.was_repaired(), "{name}");
        let info = document.lookup(document.trailer(), "Info").expect("is there");
        let title = info.as_dictionary().and_then(|info| info.get("Title")).and_then(Object::as_text);
        assert_eq!(title.as_deref(), Some("Attached secret"), "{name}");
        let contents =
            document.lookup(&document.page(1).expect("is there").dictionary, "Contents").expect("is there");
        let contents = document.decode(contents.as_stream().expect("a stream")).expect("decodes");
        assert!(contents.starts_with(b"0 0 m 1 w"), "{name}");

        let mut revision = Revision::new(&document).expect("is sound");
        let (text, stream, signature) = (revision.allocate(), revision.allocate(), revision.allocate());
        revision.put(text, Object::string("a secret word"));
        let data = pdf::Stream { dictionary: Dictionary::new(), data: b"a secret stream".to_vec() };
        revision.put(stream, data);
        let dictionary = Dictionary::new()
            .with("Type", Object::name("Sig"))
            .with("Reason", Object::text("a secret reason"));
        revision.put_signature(signature, dictionary, 8).expect("the first");
        let tail = revision.finish().expect("can be written");
        assert!(!tail.bytes.windows(8).any(|window| window == b"a secret"), "{name}");
        let whole = with_tail(&base, &tail);
        let after = open(&whole).expect("opens");
        assert!(!after.was_repaired(), "{name}");
        assert_eq!(after.get(text), Ok(Object::string("a secret word")), "{name}");
        assert_eq!(
            after.get(stream).expect("is there").as_stream().expect("a stream").data,
            b"a secret stream"
        );
        let signed = after.get(signature).expect("is there");
        let signed = signed.as_dictionary().expect("a dictionary");
        assert_eq!(signed.get("Reason").and_then(Object::as_text).as_deref(), Some("a secret reason"));
        assert_eq!(signed.get("Contents"), Some(&Object::string(vec![0; 8])), "{name}");
    }
}
