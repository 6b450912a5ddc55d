//! Fields of an envelope as fields of a PDF.

mod act;
mod fills;
mod name;
mod prepared;

pub(crate) use act::{Inks, act, laid_out, seal};
pub(crate) use fills::{at_completion, fills};
pub(crate) use prepared::prepared;

use envelope::{Envelope, FieldDraft, FieldKind, Rect};

fn rect(field: &FieldDraft) -> pdf::Rect {
    to_pdf(field.rect)
}

fn to_pdf(rect: Rect) -> pdf::Rect {
    let Rect { x, y, width, height } = rect;
    pdf::Rect { x: x.get(), y: y.get(), width: width.get(), height: height.get() }
}

/// The fields of a recipient that stand in a document.
fn fields(state: &Envelope, recipient: u16, document: u16) -> impl Iterator<Item = &FieldDraft> {
    state.fields_of(recipient).filter(move |field| field.document == document && field.stands_in_document())
}

/// The place where a recipient's signature field is made: a field of the document itself, or their first signature
/// place in it that is there in any case. Their further places show the same signature, and carry none.
pub(super) fn signature_place(state: &Envelope, recipient: u16, document: u16) -> Option<&FieldDraft> {
    let places = || {
        fields(state, recipient, document)
            .filter(|field| field.kind == FieldKind::Signature && field.only_if.is_none())
    };
    places().find(|field| field.form_field.is_some()).or_else(|| places().next())
}
