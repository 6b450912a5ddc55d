//! Content that is added to a page, on top of its own.

use crate::appearance::deflated;
use crate::error::Error;
use crate::form::edit::{dictionary, resolve};
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// The stream that goes before a page's own content. What is added begins with `Q`: whatever the page does to the
/// graphics state between the two does not move it.
pub(super) fn put_save(revision: &mut Revision<'_>) -> ObjectId {
    let save = revision.allocate();
    revision.put(save, deflated(Dictionary::new(), b"q\n"));
    save
}

/// Puts the page's own content between `save` and `added`.
pub(super) fn wrap(
    revision: &mut Revision<'_>,
    page: ObjectId,
    save: ObjectId,
    added: ObjectId,
) -> Result<(), Error> {
    let mut page_dictionary = dictionary(revision, page)?;
    let mut contents = vec![Object::Reference(save)];
    // ISO 32000-2 7.7.3.3: a stream, or an array of streams; either may be behind a reference.
    match page_dictionary.get("Contents").cloned() {
        None | Some(Object::Null) => {}
        Some(given) => match resolve(revision, &given)? {
            Object::Array(streams) => contents.extend(streams),
            Object::Stream(_) => contents.push(given),
            _ => {}
        },
    }
    contents.push(Object::Reference(added));
    page_dictionary.set("Contents", contents);
    revision.put(page, page_dictionary);
    Ok(())
}
