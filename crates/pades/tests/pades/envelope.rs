//! The whole life of a document: laid out, filled and signed by two people in turn, sealed; each act one revision.

use std::sync::Arc;

use pades::{Changes, DocumentVerdict};
use pdf::appearance::TextStyle;
use pdf::form::{Fill, Lock, Plan, Widget, WidgetKind, prepare};
use pdf::{Document, Ink, Rect};
use pki::{KeyPair, Profile};
use testkit::{CrossReference, Pdf};

use crate::kit::{Person, authority, five_years_on, judged};
use crate::outside::Case;

const PLACES: [f64; 4] = [100.0, 160.0, 220.0, 280.0];

fn place(x: f64, y: f64) -> Rect {
    Rect { x, y, width: 150.0, height: 40.0 }
}

fn widget(name: &str, kind: WidgetKind, y: f64) -> Widget {
    let rect = place(if name.starts_with('1') { 60.0 } else { 320.0 }, y);
    let (label, style) = (format!("Field {name}"), TextStyle::default());
    Widget { name: name.into(), kind, page: 1, rect, label, required: true, style }
}

fn laid_out(base: &[u8]) -> Vec<u8> {
    let document = Document::open(Arc::new(base.to_vec())).expect("opened");
    let kinds = [("text", WidgetKind::Text), ("check", WidgetKind::CheckBox), ("mark", WidgetKind::Mark)];
    let widgets = ["1", "2"]
        .iter()
        .flat_map(|who| {
            kinds
                .iter()
                .zip(PLACES)
                .map(move |((what, kind), y)| widget(&format!("{who}-{what}"), kind.clone(), y))
        })
        .collect();
    let tail = prepare(&document, &Plan { widgets, ..Plan::default() })
        .expect("laid out")
        .expect("something to add");
    [base, &tail.bytes].concat()
}

fn drawn() -> Ink {
    let strokes = vec![vec![(10.0, 50.0), (60.0, 10.0), (110.0, 80.0)], vec![(20.0, 70.0), (180.0, 30.0)]];
    Ink::Drawn { width: 200.0, height: 100.0, strokes }
}

/// One recipient's act: everything of theirs is filled, locked and signed.
fn act(base: &[u8], who: &str, person: &Person, ink: &Ink) -> Vec<u8> {
    let name = |what: &str| format!("{who}-{what}");
    let names = ["text", "check", "mark"].map(name).to_vec();
    let mut act = person.act(&name("signature"), Lock::Include(names));
    act.fills = vec![
        Fill::Text {
            name: name("text"),
            value: "Zoé Żółć, Αθήνα, Москва".into(),
            style: TextStyle::default(),
        },
        Fill::Check { name: name("check"), on: true },
        Fill::Mark { name: name("mark"), ink: ink.clone() },
    ];
    act.signature.rect = Some(place(if who == "1" { 60.0 } else { 320.0 }, PLACES[3]));
    act.signature.ink = Some(ink.clone());
    act.signature.caption = vec![person.name.clone(), "2026-11-22 10:00 UTC".into()];
    let document = Document::open(Arc::new(base.to_vec())).expect("opened");
    let tail = pdf::form::act(&document, &act).expect("prepared");
    [base, &person.sign_tail(base, tail).tail_bytes].concat()
}

#[test]
fn two_people_fill_and_sign_in_turn_and_the_seal_closes_it_and_everyone_accepts_it() {
    let authority = authority();
    let (ada, zoe) = (Person::new(&authority, "Ada Lovelace"), Person::new(&authority, "Zoé Żółć"));
    let seal = Person::with_key(&authority, "Acme", KeyPair::generate_p256().expect("made"), Profile::Seal);
    for kind in [CrossReference::Table, CrossReference::Stream] {
        let prepared = laid_out(&Pdf::contract().cross_reference(kind).bytes());
        let first = act(&prepared, "1", &ada, &drawn());
        let second = act(&first, "2", &zoe, &Ink::Typed { text: "Zoé Żółć".into() });
        let sealed = seal.sign_with(&second, "seal", Lock::All);
        for (bytes, signatures) in [(&first, 1), (&second, 2), (&sealed, 3)] {
            let case = Case::new(&authority, bytes);
            case.is_accepted(signatures);
            case.is_sound(signatures);
        }
        let report = judged(&sealed, &[authority.certificate().clone()], five_years_on());
        assert_eq!(report.verdict, DocumentVerdict::Valid, "{report:#?}");
        assert_eq!(report.signatures[0].changes, Changes::LaterSignedRevisions { revisions: 2 });
        assert_eq!(report.signatures[0].covered_to, first.len() as u64);
        assert!(sealed.starts_with(&prepared), "every revision is kept as it was");
    }
}
