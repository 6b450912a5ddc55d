//! From tags and their places to the fields of a draft.

use envelope::tags::{Grammar, PlacedTag, TaggedFields, fields_of, tags_in};
use envelope::{PageSize, Points, Rect, TagText, TagTextWish};

/// The tags of these texts, one page each, all at the same place of it.
fn placed(pages: &[&str]) -> Vec<PlacedTag> {
    let size = PageSize { width: Points(595_000), height: Points(842_000) };
    let mut tags = Vec::new();
    for (text, page) in pages.iter().zip(1..) {
        for tag in tags_in(text, &Grammar::ALL) {
            let inside_word = text[..tag.range.start].ends_with(char::is_alphanumeric);
            let rect = Rect::new(72.0, 300.0, 80.0, 10.0).expect("lengths on a page");
            let text = text[tag.range.clone()].to_owned();
            tags.push(PlacedTag {
                grammar: tag.grammar,
                text,
                page,
                size,
                rect,
                lines: vec![rect],
                inside_word,
                wish: tag.wish,
            });
        }
    }
    tags
}

fn found(pages: &[&str]) -> TaggedFields {
    fields_of(&placed(pages), 3, None)
}

fn codes(found: &TaggedFields) -> Vec<(u32, &'static str)> {
    found.errors.iter().map(|it| (it.page, it.error.code)).collect()
}

#[test]
fn each_field_has_its_document_its_page_its_person_and_an_id() {
    let found =
        found(&["{{text:client id=tag_1}} {{date:client}}", "{{signature:owner}} {{free_text: value=Paid}}"]);
    let told: Vec<_> =
        found.fields.iter().map(|it| (it.id.0.as_str(), it.document, it.page, it.recipient)).collect();
    assert_eq!(told, [("tag_1", 3, 1, 1), ("tag_2", 3, 1, 1), ("tag_3", 3, 2, 2), ("tag_4", 3, 2, 0)]);
    assert_eq!(found.fields[2].origin.as_deref(), Some("{{signature:owner}}"));
    assert_eq!(found.fields[2].rect, Rect::new(72.0, 300.0, 165.0, 37.0).unwrap());
    assert_eq!((found.people.len(), found.errors.len(), found.warnings.len()), (2, 0, 0));
}

#[test]
fn what_is_wrong_is_said_with_its_page_and_leaves_the_others_standing() {
    let found =
        found(&["{{seal:1}} {{text:1 id=a}}", "{{text:1 id=a}} [[key]]", "[[key]] [[other]] {{text:2}}"]);
    assert_eq!(codes(&found), [(1, "tag_type_unknown"), (2, "tag_repeated"), (3, "tag_repeated")]);
    assert_eq!(found.errors[0].text, "{{seal:1}}");
    assert_eq!(found.errors[0].rect, Rect::new(72.0, 300.0, 80.0, 10.0).unwrap());
    assert_eq!(found.fields.len(), 2);
    let places: Vec<_> = found.places.iter().map(|it| (it.key.as_str(), it.page)).collect();
    assert_eq!(places, [("key", 2), ("other", 3)]);
}

#[test]
fn contradictions_between_tags_are_said_at_the_later_one() {
    let found = found(&["{{text:1 order=1}}", "{{seal:1}}", "{{text:1 order=2}}"]);
    assert_eq!(codes(&found), [(2, "tag_type_unknown"), (3, "tag_person_contradicted")]);
    assert_eq!(found.people[0].step, Some(1));
}

#[test]
fn a_tag_that_touches_a_word_is_warned_of_and_taken() {
    let found = found(&["Name{{text:1}} {{text:1}}"]);
    let warned: Vec<_> = found.warnings.iter().map(|it| (it.page, it.error.code)).collect();
    assert_eq!((warned, found.fields.len()), (vec![(1, "tag_inside_word")], 2));
}

#[test]
fn two_thousand_fields_are_taken_and_one_more_is_said() {
    let text = "{{text:1}}".repeat(2_000);
    let most = found(&[&text]);
    assert_eq!((most.fields.len(), codes(&most)), (2_000, vec![]));
    let more = found(&[&text, "{{text:1}} {{text:1}}"]);
    assert_eq!((more.fields.len(), codes(&more)), (2_000, vec![(2, "tags_too_many")]));
}

#[test]
fn what_a_tag_came_from_is_kept_on_one_short_line() {
    let long = format!("{{{{text:1\n\u{0} hint=\"{}\"}}}}", "x".repeat(300));
    let found = found(&[&long]);
    let origin = found.fields[0].origin.as_deref().unwrap();
    assert_eq!((origin.chars().count(), origin.starts_with("{{text:1 hint=")), (200, true));
}

#[test]
fn what_becomes_of_the_tags_own_text_is_said_at_each_field_where_it_is_asked_for() {
    let tags = placed(&["{{text:1}}", "{{signature:1}}"]);
    let asked = |wish| fields_of(&tags, 1, wish).fields.into_iter().map(|it| it.tag_text).collect::<Vec<_>>();
    assert_eq!(asked(None), [None, None]);
    let place = Rect::new(72.0, 300.0, 80.0, 10.0).unwrap();
    let removed = |page| Some(TagText { what: TagTextWish::Remove, page, places: vec![place] });
    assert_eq!(asked(Some(TagTextWish::Remove)), [removed(1), removed(2)]);
    let words = ["cover", "remove", "keep", ""].map(TagTextWish::of_word);
    assert_eq!(words, [Some(TagTextWish::Cover), Some(TagTextWish::Remove), None, None]);
}
