//! Text of the sender's that is taken out of a page: what a tag said is not said any more.

use std::collections::BTreeMap;

use crate::appearance::deflated;
use crate::form::{Error, act, edit};
use crate::geometry::Rect;
use crate::object::{Dictionary, Name, Object};
use crate::revision::Revision;
use crate::text::{Erased, NotErased};

/// Takes the text out that stands in these places, each on its page.
pub(super) fn erase(revision: &mut Revision<'_>, places: &[(u32, Rect)]) -> Result<(), Error> {
    let mut pages: BTreeMap<u32, Vec<Rect>> = BTreeMap::new();
    for (page, rect) in places {
        act::check_place("", rect)?;
        pages.entry(*page).or_default().push(*rect);
    }
    for (number, places) in pages {
        let page = revision.document().page(number)?;
        let erased = revision.document().erase(&page, places).map_err(|error| match error {
            NotErased::Document(error) => Error::Document(error),
            NotErased::NothingThere => Error::NoTextThere { page: number },
            NotErased::Shared => Error::TextShared { page: number },
        })?;
        let mut dictionary = edit::dictionary(revision, page.id)?;
        let content = revision.allocate();
        revision.put(content, deflated(Dictionary::new(), &erased.content));
        dictionary.set("Contents", content);
        if !erased.forms.is_empty() {
            dictionary.set("Resources", put_forms(revision, &erased)?);
        }
        revision.put(page.id, dictionary);
    }
    Ok(())
}

/// Puts copies of the forms, which other pages show as they were; gives what the names of the page stand for now.
fn put_forms(revision: &mut Revision<'_>, erased: &Erased) -> Result<Dictionary, Error> {
    let mut copies: BTreeMap<Vec<Name>, Object> = BTreeMap::new();
    // A path comes after what it begins with, so that from the end on each form finds those within it.
    for form in erased.forms.iter().rev() {
        let mut dictionary = form.dictionary.clone();
        for key in ["Filter", "DecodeParms", "Length", "DL", "F", "FFilter", "FDecodeParms"] {
            dictionary.remove(key);
        }
        dictionary.set("Resources", with_copies(revision, &form.resources, &copies, &form.path)?);
        let id = revision.allocate();
        revision.put(id, deflated(dictionary, &form.content));
        copies.insert(form.path.clone(), Object::Reference(id));
    }
    with_copies(revision, &erased.resources, &copies, &[])
}

/// These resources, with the copies that stand directly below this path.
fn with_copies(
    revision: &Revision<'_>,
    resources: &Dictionary,
    copies: &BTreeMap<Vec<Name>, Object>,
    path: &[Name],
) -> Result<Dictionary, Error> {
    let mut resources = resources.clone();
    let mut forms = match edit::lookup(revision, &resources, "XObject")? {
        Object::Dictionary(forms) => forms,
        _ => Dictionary::new(),
    };
    let mut changed = false;
    for (of, copy) in copies {
        if let Some((name, before)) = of.split_last()
            && before == path
        {
            forms.put(name.clone(), copy.clone());
            changed = true;
        }
    }
    if changed {
        resources.set("XObject", forms);
    }
    Ok(resources)
}
