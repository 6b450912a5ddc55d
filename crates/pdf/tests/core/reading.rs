//! Reading strangers' files: what is found, and where it stops.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::small::{Small, hybrid, open};
use pdf::{Document, Error, Limit, Object, ObjectId, Prefix, SectionKind, Source, limits};

#[test]
fn a_table_a_stream_and_a_hybrid_are_told_apart() {
    for (bytes, kind) in [
        (Small::one_page().table(), SectionKind::Table),
        (Small::one_page().stream(), SectionKind::Stream),
        (hybrid(), SectionKind::Hybrid),
    ] {
        let document = open(&bytes).expect("opens");
        assert!(!document.was_repaired(), "{kind:?}");
        assert_eq!(document.sections()[0].kind, kind);
        assert_eq!(document.page_count(), Ok(1));
        assert_eq!(document.boundaries(), [bytes.len() as u64]);
    }
}

#[test]
fn an_object_hidden_by_a_hybrid_file_is_found() {
    let document = open(&hybrid()).expect("opens");
    assert_eq!(document.get(ObjectId::new(4)), Ok(Object::string("hidden")));
}

#[test]
fn a_missing_object_and_another_generation_are_null() {
    let document = open(&Small::one_page().table()).expect("opens");
    assert_eq!(document.get(ObjectId::new(99)), Ok(Object::Null));
    assert_eq!(document.get(ObjectId { number: 1, generation: 1 }), Ok(Object::Null));
}

#[test]
fn junk_before_the_header_shifts_the_offsets() {
    let mut file = Small::one_page();
    file.before_header = b"MIME rubbish\r\n".to_vec();
    let document = open(&file.table()).expect("opens");
    assert!(!document.was_repaired());
    assert_eq!(document.offset_shift(), 14);

    // Others put the junk before a finished file and count it in.
    let bytes = Small::one_page().with(4, "null").table();
    let start = bytes.windows(4).position(|window| window == b"xref").expect("a table");
    let text = String::from_utf8_lossy(&bytes[start..]).into_owned();
    let mut counted = [b"rubbish!\r\n", &bytes[..start]].concat();
    for line in text.split_inclusive('\n') {
        match line.split_once(' ') {
            Some((offset, rest)) if offset.len() == 10 && rest.contains('n') => {
                let offset: u64 = offset.parse().expect("an offset");
                counted.extend_from_slice(format!("{:010} {rest}", offset + 10).as_bytes());
            }
            _ if line == format!("{start}\n") => {
                counted.extend_from_slice(format!("{}\n", start + 10).as_bytes());
            }
            _ => counted.extend_from_slice(line.as_bytes()),
        }
    }
    let document = open(&counted).expect("opens");
    assert!(!document.was_repaired());
    assert_eq!((document.offset_shift(), document.page_count()), (0, Ok(1)));
}

#[test]
fn the_header_may_start_within_the_limit_and_no_later() {
    let searched = usize::try_from(limits::HEADER_SEARCH_BYTES).expect("small");
    for (junk, repaired) in [(searched - 1, false), (searched, true)] {
        let mut file = Small::one_page();
        file.before_header = vec![b'x'; junk];
        assert_eq!(open(&file.table()).expect("opens").was_repaired(), repaired, "{junk}");
    }
}

#[test]
fn startxref_is_found_within_the_limit_and_no_earlier() {
    let searched = usize::try_from(limits::STARTXREF_SEARCH_BYTES).expect("small");
    let bytes = Small::one_page().table();
    let behind = bytes.len() - bytes.windows(9).rposition(|window| window == b"startxref").expect("is there");
    for (padding, repaired) in [(searched - behind, false), (searched - behind + 1, true)] {
        let padded = [&bytes[..], &vec![b' '; padding]].concat();
        assert_eq!(open(&padded).expect("opens").was_repaired(), repaired);
    }
}

#[test]
fn a_circle_of_prev_is_damage_and_a_chain_is_not() {
    let first = Small::one_page().table();
    let start = first.windows(4).position(|window| window == b"xref").expect("a table");
    let second = |previous: usize| {
        let own = first.len();
        let tail =
            format!("xref\n0 0\ntrailer\n<</Size 4/Root 1 0 R/Prev {previous}>>\nstartxref\n{own}\n%%EOF\n");
        [&first[..], tail.as_bytes()].concat()
    };
    let chain = open(&second(start)).expect("opens");
    assert_eq!((chain.was_repaired(), chain.sections().len()), (false, 2));
    assert_eq!(chain.boundaries()[0], first.len() as u64);
    let circle = open(&second(first.len())).expect("opens");
    assert_eq!((circle.was_repaired(), circle.page_count()), (true, Ok(1)));
    assert!(circle.sections().is_empty());
}

#[test]
fn there_are_as_many_sections_as_the_limit_and_no_more() {
    let mut bytes = Small::one_page().table();
    let mut previous = bytes.windows(4).position(|window| window == b"xref").expect("a table");
    for section in 1..=limits::SECTIONS_MAX {
        if section == limits::SECTIONS_MAX {
            assert_eq!(open(&bytes).expect("opens").sections().len(), limits::SECTIONS_MAX);
        }
        let own = bytes.len();
        bytes.extend_from_slice(
            format!("xref\n0 0\ntrailer\n<</Size 4/Root 1 0 R/Prev {previous}>>\nstartxref\n{own}\n%%EOF\n")
                .as_bytes(),
        );
        previous = own;
    }
    assert_eq!(open(&bytes).err(), Some(Error::TooComplex(Limit::Sections)));
}

#[test]
fn a_revision_is_hidden_by_a_prefix() {
    let base = Small::one_page().with(4, "(old)").table();
    let document = open(&base).expect("opens");
    let mut revision = pdf::Revision::new(&document).expect("is sound");
    revision.put(ObjectId::new(4), Object::string("new"));
    let whole = crate::small::with_tail(&base, &revision.finish().expect("can be written"));
    let newest = open(&whole).expect("opens");
    assert_eq!(newest.get(ObjectId::new(4)), Ok(Object::string("new")));
    let boundary = newest.boundaries()[0];
    let older = Document::open(Arc::new(Prefix::new(Arc::new(whole), boundary))).expect("opens");
    assert_eq!(older.get(ObjectId::new(4)), Ok(Object::string("old")));
}

#[test]
fn objects_in_an_object_stream_are_read_and_its_size_is_bounded() {
    // A run of blanks behind the objects makes the stream as long as wanted: 128 is the end of data.
    let packed = |length: usize| {
        let head = b"4 0 (one) (two)";
        let mut data = vec![u8::try_from(head.len() - 1).expect("short")];
        data.extend_from_slice(head);
        let mut left = length - head.len();
        while left > 1 {
            let run = left.min(128);
            data.extend_from_slice(&[u8::try_from(257 - run).expect("a run"), b' ']);
            left -= run;
        }
        if left == 1 {
            data.extend_from_slice(&[0, b' ']);
        }
        let body = Small::one_page()
            .with_stream(7, "/Type/ObjStm/N 1/First 4/Filter/RunLengthDecode", &data)
            .with_trailer("/Root 1 0 R");
        // The entry of object 4 is of type 2; the helper writes only type 1, so a second section brings it.
        let mut bytes = body.stream();
        let own = bytes.len();
        let previous = String::from_utf8_lossy(&bytes[bytes.len() - 20..]).lines().nth(1).map(str::to_owned);
        let previous = previous.expect("startxref");
        bytes.extend_from_slice(
            format!("9 0 obj\n<</Type/XRef/Size 10/W[1 2 1]/Index[4 1]/Root 1 0 R/Prev {previous}/Length 4>>stream\n")
                .as_bytes(),
        );
        bytes.extend_from_slice(&[2, 0, 7, 0]);
        bytes.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{own}\n%%EOF\n").as_bytes());
        bytes
    };
    let document = open(&packed(limits::OBJECT_STREAM_BYTES_MAX)).expect("opens");
    assert!(!document.was_repaired());
    assert_eq!(document.get(ObjectId::new(4)), Ok(Object::string("one")));
    let document = open(&packed(limits::OBJECT_STREAM_BYTES_MAX + 1)).expect("opens");
    assert_eq!(document.get(ObjectId::new(4)), Err(Error::TooComplex(Limit::DecodedBytes)));
}

#[test]
fn a_wrong_length_of_a_stream_is_corrected_by_its_end() {
    for length in ["/Length 3", "/Length 4000", "/Length 4 0 R", ""] {
        let bytes = Small::one_page().with(4, format!("<<{length}>>stream\nabcdef\nendstream")).table();
        let Ok(Object::Stream(stream)) = open(&bytes).expect("opens").get(ObjectId::new(4)) else {
            panic!("{length} is no stream");
        };
        assert_eq!(stream.data, b"abcdef", "{length}");
    }
}

#[test]
fn an_object_has_as_many_bytes_as_the_limit_and_no_more() {
    let most = limits::OBJECT_BYTES_MAX;
    for (length, accepted) in [(most / 2, true), (most, false)] {
        let bytes = Small::one_page().with(4, format!("({})", "x".repeat(length))).table();
        let object = open(&bytes).expect("opens").get(ObjectId::new(4));
        match object {
            Ok(Object::String(text)) => assert!(accepted && text.len() == length),
            other => assert!(!accepted && other == Err(Error::TooComplex(Limit::ObjectBytes)), "{length}"),
        }
    }
}

#[test]
fn references_lead_as_far_as_the_limit_and_no_further() {
    let chain = |links: u32| {
        let mut file = Small::one_page();
        for link in 0..links {
            file = file.with(10 + link, format!("{} 0 R", 11 + link));
        }
        file.with(10 + links, "(end)").table()
    };
    let most = u32::try_from(limits::REFERENCES_MAX).expect("small");
    let ask = |bytes: &[u8]| open(bytes).expect("opens").resolve(&Object::Reference(ObjectId::new(10)));
    assert_eq!(ask(&chain(most - 1)), Ok(Object::string("end")));
    assert_eq!(ask(&chain(most)), Err(Error::TooComplex(Limit::References)));
}

#[test]
fn there_are_as_many_pages_as_the_limit_and_no_more() {
    for (pages, expected) in [
        (limits::PAGES_MAX, Ok(u32::try_from(limits::PAGES_MAX).expect("small"))),
        (limits::PAGES_MAX + 1, Err(Error::TooComplex(Limit::Pages))),
    ] {
        let kids = "3 0 R ".repeat(pages);
        let bytes = Small::one_page().with(2, format!("<</Type/Pages/Kids[{kids}]>>")).table();
        assert_eq!(open(&bytes).expect("opens").page_count(), expected);
    }
}

#[test]
fn the_page_tree_is_as_deep_as_the_limit_and_no_deeper() {
    let deep = |levels: u32| {
        let mut file = Small::one_page().with(1, "<</Type/Catalog/Pages 10 0 R>>");
        for level in 0..levels {
            let kid = if level + 1 == levels { 3 } else { 11 + level };
            file = file.with(10 + level, format!("<</Type/Pages/Kids[{kid} 0 R]>>"));
        }
        open(&file.table()).expect("opens").page_count()
    };
    let most = u32::try_from(limits::TREE_DEPTH_MAX).expect("small");
    assert_eq!(deep(most), Ok(1));
    assert_eq!(deep(most + 1), Err(Error::TooComplex(Limit::Nesting)));
}

#[test]
fn a_circle_in_the_page_tree_ends() {
    let bytes = Small::one_page().with(2, "<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]>>").table();
    assert_eq!(open(&bytes).expect("opens").page_count(), Ok(1));
}

#[test]
fn there_are_as_many_fields_as_the_limit_and_no_more() {
    let with = |count: usize| {
        let mut kids = String::new();
        for _ in 0..count {
            kids.push_str("<</T(a)>>");
        }
        let bytes =
            Small::one_page().with(1, format!("<</Pages 2 0 R/AcroForm<</Fields[{kids}]>>>>")).table();
        open(&bytes).expect("opens").fields().map(|fields| fields.len())
    };
    assert_eq!(with(limits::FIELDS_MAX), Ok(limits::FIELDS_MAX));
    assert_eq!(with(limits::FIELDS_MAX + 1), Err(Error::TooComplex(Limit::Fields)));
}

#[test]
fn a_page_takes_what_it_does_not_say_from_above() {
    let bytes = Small::one_page()
        .with(
            2,
            "<</Kids[3 0 R]/MediaBox[0 0 300 400]/CropBox[10 20 110 1000]/Rotate -90/Resources<</A 1>>>>",
        )
        .with(3, "<</Type/Page/UserUnit 2>>")
        .table();
    let page = open(&bytes).expect("opens").page(1).expect("is there");
    assert_eq!(page.crop_box, [10.0, 20.0, 110.0, 400.0]);
    assert_eq!((page.rotate, page.width, page.height), (270, 760.0, 200.0));
    assert_eq!(page.resources.get("A"), Some(&Object::Integer(1)));
    assert_eq!(open(&bytes).expect("opens").page(2), Err(Error::NoSuchPage(2)));
    assert_eq!(open(&bytes).expect("opens").page(0), Err(Error::NoSuchPage(0)));
}

/// 100 MB of which almost nothing is there, and which counts what is read.
struct Huge {
    head: Vec<u8>,
    tail: Vec<u8>,
    length: u64,
    bytes_read: AtomicU64,
}

impl Source for Huge {
    fn length(&self) -> u64 {
        self.length
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        self.bytes_read.fetch_add(buffer.len() as u64, Ordering::Relaxed);
        let tail_start = self.length - self.tail.len() as u64;
        for (place, byte) in (offset..).zip(buffer.iter_mut()) {
            *byte = match place.checked_sub(tail_start) {
                Some(inside) => self.tail[usize::try_from(inside).expect("small")],
                None => self.head.get(usize::try_from(place).expect("64 bit")).copied().unwrap_or(b'x'),
            };
        }
        Ok(())
    }
}

fn huge() -> Huge {
    const DATA: usize = 100 * 1024 * 1024;
    let file = Small::one_page().table();
    let split = file.windows(4).position(|window| window == b"xref").expect("a table");
    let mut head = file[..split].to_vec();
    let stream = head.len();
    head.extend_from_slice(format!("4 0 obj\n<</Length {DATA}>>stream\n").as_bytes());
    let mut tail = b"\nendstream\nendobj\n".to_vec();
    let start = head.len() + DATA + tail.len();
    let trailer = String::from_utf8_lossy(&file[split..])
        .replace("trailer", &format!("4 1\n{stream:010} 00000 n \ntrailer"));
    let trailer = trailer.replace(&format!("startxref\n{split}"), &format!("startxref\n{start}"));
    tail.extend_from_slice(trailer.as_bytes());
    let length = (head.len() + DATA + tail.len()) as u64;
    Huge { head, tail, length, bytes_read: AtomicU64::new(0) }
}

#[test]
fn a_hundred_megabytes_are_opened_judged_and_continued_without_being_read() {
    let source = Arc::new(huge());
    let document = Document::open(Arc::clone(&source) as Arc<dyn Source>).expect("opens");
    assert!(!document.was_repaired());
    assert_eq!(document.page_count(), Ok(1));
    let mut revision = pdf::Revision::new(&document).expect("is sound");
    let id = revision.allocate();
    revision.put(id, Object::Null);
    revision.finish().expect("can be written");
    assert!(
        pdf::intake::intake(Arc::clone(&source) as Arc<dyn Source>).expect("is sound").rewrite.is_empty()
    );
    let read = source.bytes_read.load(Ordering::Relaxed);
    assert!(read < 512 * 1024, "{read} bytes were read");
}

#[test]
fn the_same_large_object_cannot_be_looked_at_without_end() {
    let with = |pages: usize| {
        let kids = "3 0 R ".repeat(pages);
        let bytes = Small::one_page()
            .with(2, format!("<</Kids[{kids}]>>"))
            .with(3, format!("<</Type/Page/Large({})>>", "x".repeat(100_000)))
            .table();
        open(&bytes).expect("opens").page_count()
    };
    // Each look reads 136 kB, in three windows, and a byte parsed costs four units.
    assert_eq!(with(900), Ok(900));
    assert_eq!(with(1_100), Err(Error::TooComplex(Limit::Work)));
}

#[test]
fn what_a_walk_keeps_is_bounded() {
    let with = |fields: u32| {
        let mut file = Small::one_page();
        let mut roots = String::new();
        for field in 0..fields {
            roots.push_str(&format!("{} 0 R ", 10 + field));
            file = file.with(10 + field, format!("<</T(a)/V[{}]>>", "0 ".repeat(100_000)));
        }
        let bytes = file.with(1, format!("<</Pages 2 0 R/AcroForm<</Fields[{roots}]>>>>")).table();
        open(&bytes).expect("opens").fields().map(|fields| fields.len())
    };
    let fitting = u32::try_from(limits::KEPT_WEIGHT_MAX / 100_001).expect("small");
    assert_eq!(with(fitting), Ok(9));
    assert_eq!(with(fitting + 2), Err(Error::TooComplex(Limit::Fields)));
}

#[test]
fn a_length_that_depends_on_itself_is_no_length() {
    let bytes = Small::one_page()
        .with(4, "<</Length 5 0 R>>stream\nabc\nendstream")
        .with(5, "<</Length 4 0 R>>stream\ndefg\nendstream")
        .table();
    let Ok(Object::Stream(stream)) = open(&bytes).expect("opens").get(ObjectId::new(4)) else {
        panic!("is no stream");
    };
    assert_eq!(stream.data, b"abc");
}

#[test]
fn a_field_has_a_name_as_long_as_the_limit_and_no_longer() {
    let with = |length: usize| {
        let form = format!("<</Pages 2 0 R/AcroForm<</Fields[<</T({})>>]>>>>", "x".repeat(length));
        let bytes = Small::one_page().with(1, form).table();
        open(&bytes).expect("opens").fields().map(|fields| fields[0].name.len())
    };
    assert_eq!(with(limits::FIELD_NAME_BYTES_MAX), Ok(limits::FIELD_NAME_BYTES_MAX));
    assert_eq!(with(limits::FIELD_NAME_BYTES_MAX + 1), Err(Error::TooComplex(Limit::Fields)));
}
