//! Fields that are computed from fields that are computed: long chains, and values that outgrow their field.

use crate::fields_links::{only_if, optional, signs, sum, with};
use crate::fields_values::{acted, filling_all, said};
use envelope::{FieldDraft, FieldKind, Formula, Piece, Test};

/// `f0` and so many fields behind it, each computed from the one before it.
fn chain(kind: FieldKind, steps: usize, formula: impl Fn(&str) -> Option<Formula>) -> Vec<FieldDraft> {
    let computed = |number: usize| FieldDraft {
        formula: formula(&format!("f{}", number - 1)),
        ..optional(&format!("f{number}"), kind)
    };
    std::iter::once(optional("f0", kind)).chain((1..=steps).map(computed)).collect()
}

fn joined(piece: &str, times: usize) -> Option<Formula> {
    Some(Formula::Concatenation(vec![Piece::Field(piece.into()); times]))
}

#[test]
fn a_sum_of_sums_is_computed_however_often_each_is_used() {
    let doubled = |steps| filling_all(with(chain(FieldKind::Number, steps, |it| sum(&[it, it]))));
    // 2^59 has 18 digits, one more step has too many.
    let values = acted(doubled(59), [("f0", "1")]);
    let last = values.iter().find(|it| it.0 == "f59").map(|it| it.1.as_str());
    assert_eq!(last, Some("576460752303423488"));
    doubled(60).when(signs([("f0", "1")])).then_found([("/values/f60", "computed_too_long")]);
    doubled(60).when(signs([("f0", "0")])).then_allowed();
}

#[test]
fn what_is_joined_of_what_is_joined_never_outgrows_its_field() {
    // Two hundred times two hundred times two hundred characters, and so on: no memory holds that.
    let form = filling_all(with(chain(FieldKind::Text, 40, |it| joined(it, 200))));
    form.when(signs([("f0", "long")])).then_found([("/values/f2", "computed_too_long")]);
    form.when(signs([])).then_allowed();
    let five = acted(form, [("f0", "")]);
    assert_eq!(five, said([("f0", "")]));
}

#[test]
fn a_computed_value_has_the_room_that_a_typed_one_has() {
    for (kind, characters_max, room) in [
        (FieldKind::Text, None, 1000),
        (FieldKind::Text, Some(10), 10),
        (FieldKind::MultilineText, None, 10_000),
        (FieldKind::MultilineText, Some(2000), 2000),
    ] {
        let form = |length: usize| {
            let words = |length: usize| Piece::Words("é".repeat(length));
            let mut pieces = vec![words(200); length / 200];
            pieces.push(words(length % 200));
            let formula = Some(Formula::Concatenation(pieces));
            filling_all(with([FieldDraft { formula, characters_max, ..optional("x", kind) }]))
        };
        form(room).when(signs([])).then_allowed();
        form(room + 1).when(signs([])).then_found([("/values/x", "computed_too_long")]);
    }
}

#[test]
fn what_is_too_long_in_a_field_that_is_not_there_holds_nobody_up() {
    let long = Some(Formula::Concatenation(vec![Piece::Words("x".repeat(200)); 6]));
    let long = only_if(FieldDraft { formula: long, ..optional("x", FieldKind::Text) }, "box", Test::Filled);
    let form = filling_all(with([optional("box", FieldKind::Checkbox), long]));
    form.when(signs([])).then_allowed();
    form.when(signs([("box", "true")])).then_told(
        "/values/x",
        "computed_too_long",
        "\u{201c}x\u{201d} has no room for what it is computed from; fill in less there, then finish.",
    );
}

#[test]
fn a_chain_as_long_as_a_draft_is_followed_to_its_end_whichever_end_comes_first() {
    let sums = || chain(FieldKind::Number, 1900, |it| sum(&[it]));
    let conditions = || {
        let chained = |(number, it): (usize, FieldDraft)| match number {
            0 => it,
            _ => only_if(
                FieldDraft { formula: None, value: "x".into(), ..it },
                &format!("f{}", number - 1),
                Test::Filled,
            ),
        };
        chain(FieldKind::Text, 1900, |_| None).into_iter().enumerate().map(chained).collect::<Vec<_>>()
    };
    for (fields, given, last) in [(sums(), "7", "7"), (conditions(), "7", "x"), (conditions(), "", "")] {
        for turned in [false, true] {
            let mut fields = fields.clone();
            if turned {
                fields.reverse();
            }
            let values = acted(filling_all(with(fields)), [("f0", given)]);
            let found = values.iter().find(|it| it.0 == "f1900").map_or("", |it| it.1.as_str());
            assert_eq!(found, last, "turned: {turned}");
        }
    }
}
