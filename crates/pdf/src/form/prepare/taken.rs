//! Fields of the document itself that take values later.

use super::super::act::named;
use crate::form::{Error, edit, flags};
use crate::object::Object;
use crate::revision::Revision;

/// Makes the fields of these full names read-only, each in its own object: from now on an act fills them.
pub(super) fn take(revision: &mut Revision<'_>, names: &[String]) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    let fields = revision.document().fields()?;
    for name in names {
        let field = named(&fields, name).ok_or_else(|| Error::NoSuchField(name.clone()))?;
        let id = field.id.ok_or_else(|| Error::WrongKind(name.clone()))?;
        let mut dictionary = edit::dictionary(revision, id)?;
        if dictionary.get("Ff").and_then(Object::as_integer) != Some(field.flags | flags::READ_ONLY) {
            dictionary.set("Ff", field.flags | flags::READ_ONLY);
            revision.put(id, dictionary);
        }
    }
    Ok(())
}
