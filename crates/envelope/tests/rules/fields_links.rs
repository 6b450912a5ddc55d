//! Fields that lean on each other: conditions, formulas, groups.

use crate::fields_values::{acted, filling_all, said};
use crate::given::*;
use envelope::commands::sign::Sign;
use envelope::{Command, Condition, Draft, FieldDraft, FieldGroup, FieldId, FieldKind, Formula, Piece, Test};

pub fn only_if(field: FieldDraft, other: &str, is: Test) -> FieldDraft {
    FieldDraft { only_if: Some(Condition { field: other.into(), is }), ..field }
}

pub fn with(fields: impl IntoIterator<Item = FieldDraft>) -> Draft {
    let mut draft = parallel();
    draft.fields.extend(fields);
    draft
}

pub fn optional(id: &str, kind: FieldKind) -> FieldDraft {
    FieldDraft { required: false, ..field(id, kind, 1) }
}

pub fn signs<const N: usize>(values: [(&str, &str); N]) -> Command {
    let values = values.into_iter().map(|(id, value)| (id.into(), value.to_owned())).collect();
    Command::Sign(Sign { values, ..signing(1) })
}

pub fn sum(ids: &[&str]) -> Option<Formula> {
    Some(Formula::Sum(ids.iter().map(|id| FieldId::from(*id)).collect()))
}

#[test]
fn a_field_that_is_not_there_is_not_required_and_its_value_is_none() {
    let married = optional("married", FieldKind::Checkbox);
    let spouse = only_if(field("spouse", FieldKind::Text, 1), "married", Test::Filled);
    let form = filling_all(with([married, spouse]));
    form.when(signs([])).then_allowed();
    form.when(signs([("married", "true")])).then_found([("/values/spouse", "field_required")]);
    let both = [("married", "true"), ("spouse", "Bob")];
    assert_eq!(acted(form.clone(), both), said(both));
    let half = form.and([filled(1, "spouse", "Bob")]);
    assert_eq!(acted(half, [("married", "false")]), said([("married", "false"), ("spouse", "")]));
    let dated = only_if(optional("day", FieldKind::DateSigned), "married", Test::Filled);
    let form = filling_all(with([optional("married", FieldKind::Checkbox), dated]));
    assert_eq!(acted(form, []), [], "what the server fills is not there either");
}

#[test]
fn a_condition_asks_for_a_value_or_its_absence() {
    let country = optional("country", FieldKind::Text);
    let of = |values: &[&str]| values.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    for (is, there, away) in [
        (Test::Filled, "FR", ""),
        (Test::Empty, " ", "FR"),
        (Test::OneOf(of(&["FR", "BE"])), "BE", "fr"),
        (Test::NoneOf(of(&["FR", "BE"])), "", "FR"),
    ] {
        let asked = only_if(field("asked", FieldKind::Text, 1), "country", is);
        let form = filling_all(with([country.clone(), asked]));
        form.when(signs([("country", there)])).then_found([("/values/asked", "field_required")]);
        form.when(signs([("country", away)])).then_allowed();
    }
}

#[test]
fn what_leans_on_a_field_that_is_not_there_is_not_there_either() {
    let form = filling_all(with([
        optional("a", FieldKind::Checkbox),
        only_if(optional("b", FieldKind::Checkbox), "a", Test::Filled),
        only_if(field("c", FieldKind::Text, 1), "b", Test::Filled),
    ]));
    form.when(signs([("a", "false"), ("b", "true")])).then_allowed();
    form.when(signs([("a", "true"), ("b", "true")])).then_found([("/values/c", "field_required")]);
}

#[test]
fn a_place_to_sign_that_is_not_there_needs_no_ink() {
    let mut draft = with([optional("box", FieldKind::Checkbox)]);
    draft.fields.push(only_if(field("initials", FieldKind::Initials, 1), "box", Test::Filled));
    let form = filling_all(draft);
    form.when(signs([])).then_allowed();
    form.when(signs([("box", "true")])).then_found([("/initials", "field_required")]);
}

#[test]
fn a_sum_is_exact_and_nothing_adds_nothing() {
    let total = FieldDraft { formula: sum(&["a", "b"]), ..field("total", FieldKind::Number, 1) };
    let form = filling_all(with([optional("a", FieldKind::Number), optional("b", FieldKind::Number), total]));
    let values = |it: [(&str, &str); 3]| said(it);
    assert_eq!(
        acted(form.clone(), [("a", "0.1"), ("b", "0.2")]),
        values([("a", "0.1"), ("b", "0.2"), ("total", "0.3")])
    );
    assert_eq!(
        acted(form.clone(), [("a", "-5"), ("b", "")]),
        values([("a", "-5"), ("b", ""), ("total", "-5")])
    );
    assert_eq!(acted(form, []), said([]));
}

#[test]
fn a_concatenation_joins_words_and_values() {
    let pieces = vec![Piece::Field("first".into()), Piece::Words(", ".into()), Piece::Field("last".into())];
    let whole =
        FieldDraft { formula: Some(Formula::Concatenation(pieces)), ..field("whole", FieldKind::Text, 1) };
    let form =
        filling_all(with([optional("first", FieldKind::Text), optional("last", FieldKind::Text), whole]));
    let given = [("first", "Ada"), ("last", "Lovelace")];
    let mut expected = said(given);
    expected.push(("whole".into(), "Ada, Lovelace".into()));
    assert_eq!(acted(form, given), expected);
}

#[test]
fn fields_lean_on_what_is_filled_before_them_by_hand() {
    let condition = |other: &str| {
        with([optional("own", FieldKind::Text), only_if(field("x", FieldKind::Text, 1), other, Test::Filled)])
    };
    given([]).when(create(condition("own"))).then_allowed();
    given([]).when(create(condition("none"))).then_found([("/fields/3/only_if", "field_unknown")]);
    given([]).when(create(condition("ada"))).then_found([("/fields/3/only_if", "field_without_value")]);

    let of_ada = field("of_ada", FieldKind::Number, 1);
    let of_ben = FieldDraft { formula: sum(&["of_ada"]), ..field("of_ben", FieldKind::Number, 2) };
    let together = with([of_ada.clone(), of_ben.clone()]);
    given([]).when(create(together)).then_found([("/fields/3/formula", "field_comes_later")]);
    let in_turn = Draft { fields: vec![place("ada", 1), place("ben", 2), of_ada, of_ben], ..draft() };
    given([]).when(create(in_turn)).then_allowed();
}

#[test]
fn fields_that_lean_on_themselves_are_refused_and_others_are_not() {
    let a = only_if(optional("a", FieldKind::Text), "b", Test::Filled);
    let b = only_if(optional("b", FieldKind::Text), "a", Test::Filled);
    let c = only_if(optional("c", FieldKind::Text), "a", Test::Filled);
    let circle = [
        ("/fields/2", "fields_in_a_circle"),
        ("/fields/3", "fields_in_a_circle"),
        ("/fields/4", "fields_in_a_circle"),
    ];
    given([]).when(create(with([a.clone(), b, c.clone()]))).then_found(circle);
    let own = only_if(optional("own", FieldKind::Text), "own", Test::Filled);
    given([]).when(create(with([own]))).then_found([("/fields/2", "fields_in_a_circle")]);
    let open = optional("b", FieldKind::Text);
    given([]).when(create(with([a, open, c]))).then_allowed();
}

#[test]
fn a_formula_fits_its_field_and_its_parts() {
    let formula = |kind, formula| {
        with([
            optional("number", FieldKind::Number),
            optional("text", FieldKind::Text),
            FieldDraft { formula, ..field("x", kind, 1) },
        ])
    };
    let words = |count| Some(Formula::Concatenation(vec![Piece::Words("x".into()); count]));
    given([]).when(create(formula(FieldKind::Number, sum(&["number"])))).then_allowed();
    given([]).when(create(formula(FieldKind::Text, words(200)))).then_allowed();
    for (kind, with, code) in [
        (FieldKind::Checkbox, sum(&["number"]), "field_takes_no_formula"),
        (FieldKind::Number, words(1), "field_takes_no_formula"),
        (FieldKind::Number, sum(&[]), "formula_malformed"),
        (FieldKind::Text, words(201), "formula_malformed"),
        (FieldKind::Number, sum(&["text"]), "sum_of_words"),
        (FieldKind::Number, sum(&["nobody"]), "field_unknown"),
    ] {
        given([]).when(create(formula(kind, with))).then_found([("/fields/4/formula", code)]);
    }
}

fn boxes(kind: FieldKind, count: usize) -> Vec<FieldDraft> {
    let ids = (1..=count).map(|number| format!("b{number}"));
    ids.map(|id| FieldDraft { group: Some("g".into()), ..optional(&id, kind) }).collect()
}

#[test]
fn of_radio_buttons_one_can_be_chosen_and_must_be_where_it_is_required() {
    let form = filling_all(with(boxes(FieldKind::Radio, 3)));
    form.when(signs([])).then_allowed();
    form.when(signs([("b1", "true")])).then_allowed();
    form.when(signs([("b1", "true"), ("b2", "true")])).then_found([("/values/b1", "group_too_many")]);
    let mut required = boxes(FieldKind::Radio, 2);
    required[1].required = true;
    let form = filling_all(with(required));
    form.when(signs([])).then_told("/values/b1", "group_too_few", "Choose one of these, then finish.");
    form.when(signs([("b1", "true")])).then_allowed();
}

#[test]
fn boxes_of_a_group_are_counted_together() {
    let groups = vec![FieldGroup { key: "g".into(), min: 1, max: Some(2), ..FieldGroup::default() }];
    let form = filling_all(Draft { groups, ..with(boxes(FieldKind::Checkbox, 3)) });
    let sentence = "0 of these are ticked; tick 1 at least, then finish.";
    form.when(signs([])).then_told("/values/b1", "group_too_few", sentence);
    form.when(signs([("b2", "true")])).then_allowed();
    form.when(signs([("b1", "true"), ("b3", "true")])).then_allowed();
    let all = [("b1", "true"), ("b2", "true"), ("b3", "true")];
    form.when(signs(all)).then_found([("/values/b1", "group_too_many")]);
    // What is required of a group is one of its boxes, not this very one.
    let mut required = boxes(FieldKind::Checkbox, 2);
    required[0].required = true;
    filling_all(with(required)).when(signs([("b2", "true")])).then_allowed();
}

#[test]
fn a_group_asks_for_no_more_boxes_than_are_there() {
    let groups = vec![FieldGroup { key: "g".into(), min: 2, ..FieldGroup::default() }];
    let mut fields = boxes(FieldKind::Checkbox, 2);
    fields[1] = only_if(fields[1].clone(), "ask", Test::Filled);
    fields.push(optional("ask", FieldKind::Checkbox));
    let form = filling_all(Draft { groups, ..with(fields) });
    form.when(signs([("b1", "true")])).then_allowed();
    form.when(signs([("ask", "true"), ("b1", "true")])).then_found([("/values/b1", "group_too_few")]);
}

#[test]
fn a_group_holds_boxes_of_one_kind_one_person_and_one_document() {
    let grouped = |field: FieldDraft| FieldDraft { group: Some("g".into()), ..field };
    let pair = |second: FieldDraft| {
        let first = grouped(optional("a", FieldKind::Checkbox));
        Draft { fields: vec![place("ada", 1), place("ben", 2), first, grouped(second)], ..two_documents() }
    };
    given([]).when(create(pair(optional("b", FieldKind::Checkbox)))).then_allowed();
    for other in [
        optional("b", FieldKind::Radio),
        field("b", FieldKind::Checkbox, 2),
        FieldDraft { document: 2, ..optional("b", FieldKind::Checkbox) },
    ] {
        given([]).when(create(pair(other))).then_found([("/fields/3/group", "group_mixed")]);
    }
    given([])
        .when(create(pair(optional("b", FieldKind::Text))))
        .then_found([("/fields/3/group", "field_takes_no_group")]);
    given([])
        .when(create(with([optional("r", FieldKind::Radio)])))
        .then_found([("/fields/2/group", "group_missing")]);
}

#[test]
fn a_group_can_be_filled_as_it_says() {
    let group = |key: &str, min, max| FieldGroup { key: key.into(), min, max, ..FieldGroup::default() };
    let draft = |groups| Draft { groups, ..with(boxes(FieldKind::Checkbox, 2)) };
    given([]).when(create(draft(vec![group("g", 2, Some(2))]))).then_allowed();
    for (groups, pointer, code) in [
        (vec![group("g", 3, None)], "/groups/0/min", "bounds_crossed"),
        (vec![group("g", 2, Some(1))], "/groups/0/min", "bounds_crossed"),
        (vec![group("g", 0, Some(0))], "/groups/0/min", "bounds_crossed"),
        (vec![group("h", 0, None)], "/groups/0/key", "group_empty"),
        (vec![group("g", 0, None), group("g", 0, None)], "/groups/1/key", "key_malformed"),
    ] {
        given([]).when(create(draft(groups))).then_found([(pointer, code)]);
    }
}

#[test]
fn five_hundred_groups_pass_and_one_more_is_refused() {
    let draft = |count: usize| {
        let keys = (1..=count).map(|number| format!("g{number}"));
        let boxes = keys
            .clone()
            .map(|key| FieldDraft { group: Some(key.clone()), ..optional(&key, FieldKind::Checkbox) });
        let groups = keys.map(|key| FieldGroup { key, ..FieldGroup::default() }).collect();
        Draft { groups, ..with(boxes) }
    };
    given([]).when(create(draft(500))).then_allowed();
    given([]).when(create(draft(501))).then_found([("/groups", "too_many")]);
}

#[test]
fn each_captured_value_has_a_key_of_its_own() {
    let captured =
        |id: &str, key: &str| FieldDraft { capture_key: Some(key.into()), ..optional(id, FieldKind::Text) };
    given([]).when(create(with([captured("a", "x"), captured("b", "y")]))).then_allowed();
    given([])
        .when(create(with([captured("a", "x"), captured("b", "x")])))
        .then_found([("/fields/3/capture_key", "capture_key_repeated")]);
    given([])
        .when(create(with([captured("a", "no key")])))
        .then_found([("/fields/2/capture_key", "key_malformed")]);
}
