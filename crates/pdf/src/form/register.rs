//! Entering fields into /AcroForm and widgets into the /Annots of their page.

use super::edit::{append, dictionary, edit_dictionary};
use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// What /AcroForm (ISO 32000-2 12.7.3) has to say after the revision.
#[derive(Debug, Default)]
pub(super) struct FormChange {
    /// Fields at the root of the tree that are new.
    pub(super) fields: Vec<ObjectId>,
    /// A signature is there and the file may only be appended to (/SigFlags 3).
    pub(super) signed: bool,
    /// New text fields need a font in /DR for their /DA.
    pub(super) default_font: bool,
}

/// The /DA of a new text field: the font that [`FormChange::default_font`] provides, size by the reader, black.
pub(super) const DEFAULT_APPEARANCE: &[u8] = b"/Helv 0 Tf 0 g";

/// Continues /AcroForm, or makes one as an object of its own, so that later revisions leave the catalog alone.
pub(super) fn change_form(revision: &mut Revision<'_>, change: &FormChange) -> Result<(), Error> {
    let catalog_id = revision.document().catalog_id()?;
    let mut catalog = dictionary(revision, catalog_id)?;
    if !catalog.has("AcroForm") {
        let id = revision.allocate();
        let mut form = Dictionary::new().with("Fields", Vec::new());
        continue_form(revision, &mut form, change)?;
        revision.put(id, form);
        catalog.set("AcroForm", id);
        revision.put(catalog_id, catalog);
        return Ok(());
    }
    if edit_dictionary(revision, &mut catalog, "AcroForm", |revision, form| {
        continue_form(revision, form, change)
    })? {
        revision.put(catalog_id, catalog);
    }
    Ok(())
}

fn continue_form(
    revision: &mut Revision<'_>,
    form: &mut Dictionary,
    change: &FormChange,
) -> Result<bool, Error> {
    let mut changed = false;
    if !change.fields.is_empty() || !form.has("Fields") {
        changed |= append(revision, form, "Fields", &change.fields)?;
    }
    if change.signed {
        let flags = form.get("SigFlags").and_then(Object::as_integer).unwrap_or(0);
        if flags | 3 != flags {
            form.set("SigFlags", flags | 3);
            changed = true;
        }
    }
    // We supply every appearance; a reader that makes its own would show something that nobody signed.
    if form.get("NeedAppearances").is_some_and(|value| *value != Object::Boolean(false)) {
        form.remove("NeedAppearances");
        changed = true;
    }
    if change.default_font {
        changed |= edit_dictionary(revision, form, "DR", |revision, resources| {
            edit_dictionary(revision, resources, "Font", add_default_font)
        })?;
    }
    Ok(changed)
}

fn add_default_font(revision: &mut Revision<'_>, fonts: &mut Dictionary) -> Result<bool, Error> {
    if fonts.has("Helv") {
        return Ok(false);
    }
    let id = revision.allocate();
    let font = Dictionary::new()
        .with("Type", Object::name("Font"))
        .with("Subtype", Object::name("Type1"))
        .with("BaseFont", Object::name("Helvetica"))
        .with("Encoding", Object::name("WinAnsiEncoding"));
    revision.put(id, font);
    fonts.set("Helv", id);
    Ok(true)
}

/// Enters widgets into a page. A page without /Annots gets them as an object of its own, so that later revisions
/// leave the page alone.
pub(super) fn add_annotations(
    revision: &mut Revision<'_>,
    page: ObjectId,
    widgets: &[ObjectId],
) -> Result<(), Error> {
    let mut page_dictionary = dictionary(revision, page)?;
    if page_dictionary.has("Annots") {
        if append(revision, &mut page_dictionary, "Annots", widgets)? {
            revision.put(page, page_dictionary);
        }
        return Ok(());
    }
    let id = revision.allocate();
    revision.put(id, widgets.iter().map(|widget| Object::Reference(*widget)).collect::<Vec<_>>());
    page_dictionary.set("Annots", id);
    revision.put(page, page_dictionary);
    Ok(())
}
