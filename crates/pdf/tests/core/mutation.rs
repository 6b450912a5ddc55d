//! Strangers' bytes never panic, hang or eat memory: small files with random changes, opened, judged, rewritten.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::small::{Small, hybrid};
use pdf::{Document, Revision, intake, rewrite};
use proptest::prelude::*;

/// One file of each kind: forms, object streams, encryption, filters.
fn seeds() -> Vec<Vec<u8>> {
    let form = Small::one_page()
        .with(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 7 0 R]>>/Perms<</DocMDP 6 0 R>>>>")
        .with(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[5 0 R]/Rotate 90/Contents 8 0 R>>")
        .with(5, "<</FT/Sig/T(Sig)/Subtype/Widget/Rect[10 10 60 30]/V 6 0 R>>")
        .with(6, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Reference[<</TransformMethod/DocMDP>>]>>")
        .with(7, "<</T(parent)/Kids[<</T(a)/FT/Tx>> <</T(b)>>]>>")
        .with_stream(8, "/Filter[/AHx/RL]", b"024142437F>");
    let mut seeds = vec![form.table(), form.stream(), hybrid()];
    for name in ["r3", "r4", "r6", "r6-streams"] {
        let path = format!("{}/tests/files/encrypted-{name}.pdf", env!("CARGO_MANIFEST_DIR"));
        seeds.push(std::fs::read(path).expect("is there"));
    }
    seeds
}

/// Everything that an upload goes through.
fn exercise(bytes: Vec<u8>) {
    let started = Instant::now();
    let source = Arc::new(bytes);
    let answer = intake::intake(Arc::clone(&source) as Arc<dyn pdf::Source>);
    if let Ok(document) = Document::open(Arc::clone(&source) as Arc<dyn pdf::Source>) {
        let _ = pdf::inspect::inspect(&document);
        for number in 0..20 {
            let object = document.get(pdf::ObjectId::new(number));
            if let Ok(pdf::Object::Stream(stream)) = object {
                let _ = document.decode(&stream);
            }
        }
        if let Ok(answer) = answer {
            check_accepted(&source, &document, &answer);
        } else {
            let _ = rewrite::rewrite(&document, &mut Vec::new());
        }
    }
    assert!(started.elapsed() < Duration::from_secs(10), "took {:?}", started.elapsed());
}

/// What was accepted can be continued, as it is or after one rewrite, and has the same pages then.
fn check_accepted(source: &Arc<Vec<u8>>, document: &Document, answer: &intake::Intake) {
    let base = if answer.rewrite.is_empty() {
        Arc::clone(source)
    } else {
        let mut out = Vec::new();
        rewrite::rewrite(document, &mut out).expect("what was accepted can be rewritten");
        Arc::new(out)
    };
    let document = Document::open(Arc::clone(&base) as Arc<dyn pdf::Source>).expect("opens again");
    assert!(!document.was_repaired());
    assert_eq!(document.page_count().ok(), u32::try_from(answer.pages.len()).ok());
    let mut revision = Revision::new(&document).expect("is sound");
    revision.put(document.catalog_id().expect("is there"), document.catalog().expect("is there"));
    let tail = revision.finish().expect("can be written");
    let whole = Arc::new(crate::small::with_tail(&base, &tail));
    let after = Document::open(whole).expect("opens with its revision");
    assert!(!after.was_repaired());
    assert_eq!(after.page_count().ok(), u32::try_from(answer.pages.len()).ok());
}

/// Words that mean something, to be put where they do not belong.
const WORDS: &[&str] = &[
    "obj",
    "endobj",
    "stream",
    "endstream",
    "xref",
    "trailer",
    "startxref",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    " R",
    "0 R",
    "3 0 R",
    "/Kids",
    "/Prev 0",
    "/Prev 9",
    "/Length 99999999999",
    "/Size -1",
    "/W[8 8 8]",
    "/Type/ObjStm",
    "-",
    "99999999999999999999",
    "%",
    "\\",
    "\r",
    "\0",
    "1 0 obj<<",
    "/XRefStm 15",
    "/Encrypt 3 0 R",
    "/Filter/Fl",
];

#[derive(Debug, Clone)]
enum Change {
    Flip { at: usize, with: u8 },
    Word { at: usize, word: usize },
    Cut { at: usize, length: usize },
    Copy { from: usize, to: usize, length: usize },
    Truncate { at: usize },
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<usize>(), any::<u8>()).prop_map(|(at, with)| Change::Flip { at, with }),
        6 => (any::<usize>(), 0..WORDS.len()).prop_map(|(at, word)| Change::Word { at, word }),
        2 => (any::<usize>(), 1_usize..40).prop_map(|(at, length)| Change::Cut { at, length }),
        2 => (any::<usize>(), any::<usize>(), 1_usize..200)
            .prop_map(|(from, to, length)| Change::Copy { from, to, length }),
        1 => any::<usize>().prop_map(|at| Change::Truncate { at }),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let length_now = bytes.len();
    if length_now == 0 {
        return;
    }
    match *change {
        Change::Flip { at, with } => bytes[at % length_now] = with,
        Change::Word { at, word } => {
            let at = at % length_now;
            let word = WORDS[word].as_bytes();
            let end = (at + word.len()).min(length_now);
            bytes.splice(at..end, word.iter().copied());
        }
        Change::Cut { at, length } => {
            let at = at % length_now;
            bytes.drain(at..(at + length).min(length_now));
        }
        Change::Copy { from, to, length } => {
            let from = from % length_now;
            let piece = bytes[from..(from + length).min(length_now)].to_vec();
            let to = to % length_now;
            bytes.splice(to..to, piece);
        }
        Change::Truncate { at } => bytes.truncate(at % length_now),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_file_is_read_or_refused(
        seed in 0_usize..7,
        changes in proptest::collection::vec(change(), 1..8),
    ) {
        let mut bytes = seeds()[seed].clone();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        exercise(bytes);
    }

    #[test]
    fn rubbish_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        exercise([b"%PDF-1.7\n".as_slice(), &bytes, b"\nstartxref\n9\n%%EOF"].concat());
    }
}

#[test]
fn every_truncation_is_read_or_refused() {
    for seed in seeds() {
        for length in (0..seed.len()).step_by(7) {
            exercise(seed[..length].to_vec());
        }
    }
}

#[test]
fn every_single_byte_of_a_table_file_may_be_wrong() {
    let seed = Small::one_page().table();
    for place in 0..seed.len() {
        for byte in [0, b' ', b'9', b'<', 0xFF] {
            let mut bytes = seed.clone();
            bytes[place] = byte;
            exercise(bytes);
        }
    }
}
