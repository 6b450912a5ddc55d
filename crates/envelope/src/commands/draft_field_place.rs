//! What can be wrong with where a field of a draft stands.

use super::draft_fields::Findings;
use super::draft_findings::nth;
use crate::model::draft::{Certification, DocumentDraft, Draft, PageSize};
use crate::model::field::FieldDraft;
use crate::model::field::kind::FieldKind;
use crate::model::field::placing::Placing;
use crate::model::points::Rect;
use crate::refusal::Finding;

/// The text that a field is made from runs over so many lines at most.
const TAG_LINES_MAX: usize = 50;

/// What becomes of the text that it was made from; nothing can in a document that is signed.
pub(super) fn tag_text(draft: &Draft, field: &FieldDraft, it: &mut Findings<'_>) {
    let (Some(text), Some(document)) = (&field.tag_text, nth(&draft.documents, field.document.into())) else {
        return;
    };
    let number = it.number();
    if document.facts.signatures > 0 {
        it.at(
            "tag_text",
            "tag_text_in_signed_document",
            format!(
                "The text of document {} cannot be changed, since it is signed already; leave tag_text of field \
                 {number} out.",
                field.document
            ),
        );
    }
    let lies = |rect: &Rect, page: &PageSize| {
        let has_size = rect.width.0 > 0 && rect.height.0 > 0;
        has_size && rect.lies_on(page.width, page.height)
    };
    let page = nth(&document.facts.pages, text.page as usize);
    let on_page = page.is_some_and(|page| text.places.iter().all(|rect| lies(rect, page)));
    if !on_page || !(1..=TAG_LINES_MAX).contains(&text.places.len()) {
        it.at(
            "tag_text",
            "tag_text_malformed",
            format!(
                "The text that field {number} was made from has 1 to {TAG_LINES_MAX} places on one page of its \
                 document; give tag_text as it was found."
            ),
        );
    }
}

/// Its document, its page, its place.
pub(super) fn whereabouts(draft: &Draft, field: &FieldDraft, it: &mut Findings<'_>) {
    let number = it.number();
    if field.placing != Placing::Sender {
        it.at(
            "placed_by",
            "field_placed_by_recipient",
            format!(
                "Field {number} says that its recipient placed it, who alone can do that; leave this out."
            ),
        );
    }
    if let Some(document) = standing(draft, field, it) {
        bound(field, document, it);
    }
}

/// What is wrong with the place of a field by itself, whatever its document takes.
pub(crate) fn on_page(draft: &Draft, index: usize, field: &FieldDraft, found: &mut Vec<Finding>) {
    standing(draft, field, &mut Findings { index, found });
}

/// The document in which it stands, where its page is one of it.
fn standing<'d>(draft: &'d Draft, field: &FieldDraft, it: &mut Findings<'_>) -> Option<&'d DocumentDraft> {
    let number = it.number();
    let Some(document) = nth(&draft.documents, field.document.into()) else {
        it.at(
            "document",
            "field_without_document",
            format!(
                "Field {number} names document {}, which does not exist; use a number from the list.",
                field.document
            ),
        );
        return None;
    };
    let pages = &document.facts.pages;
    let Some(page) = nth(pages, field.page as usize) else {
        it.at(
            "page",
            "field_without_page",
            format!(
                "Field {number} is on page {}, and the document has {} pages; move it to one of them.",
                field.page,
                pages.len()
            ),
        );
        return None;
    };
    place(field, *page, it);
    Some(document)
}

fn place(field: &FieldDraft, page: PageSize, it: &mut Findings<'_>) {
    let number = it.number();
    if !field.rect.lies_on(page.width, page.height) {
        it.at(
            "",
            "field_outside_page",
            format!(
                "Field {number} lies outside its page of {} by {} points; move it onto the page.",
                page.width.get(),
                page.height.get()
            ),
        );
    }
    let flat = (field.rect.width.0 == 0) != (field.rect.height.0 == 0);
    if flat || field.rect.is_invisible() && field.kind != FieldKind::Signature {
        it.at(
            "",
            "field_without_size",
            format!("Field {number} has no size; only a signature may have none, in both directions."),
        );
    }
}

/// What a document that came signed or certified takes.
fn bound(field: &FieldDraft, document: &DocumentDraft, it: &mut Findings<'_>) {
    let number = it.number();
    if !field.stands_in_document() {
        return;
    }
    if document.facts.signatures > 0 && field.kind != FieldKind::Signature {
        it.at("", "signed_document_takes_signatures_only", format!(
            "Field {number} would change a document that is signed already; only signatures can be added to it."));
    }
    if document.facts.certification == Some(Certification::FillForms) && !field.rect.is_invisible() {
        it.at(
            "",
            "certified_document_takes_invisible_signatures_only",
            format!(
                "Field {number} would be visible in a certified document; give it the width and height 0."
            ),
        );
    }
}
