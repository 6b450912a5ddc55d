//! Appearances of locked fields that an act leaves as they are.

use super::{edit, named};
use crate::fields::Field;
use crate::form::Error;
use crate::object::{Dictionary, Object};
use crate::revision::Revision;

/// Writes the appearance of each of these fields once more, where this revision has not done so: readers take the
/// appearance of a locked field that is older than the revision which locks it for a change after it.
pub(super) fn renew(revision: &mut Revision<'_>, fields: &[Field], names: &[String]) -> Result<(), Error> {
    for field in names.iter().filter_map(|name| named(fields, name)) {
        for id in &field.widgets {
            let mut widget = edit::dictionary(revision, *id)?;
            let before = revision.document().get(*id)?;
            // One with states is told apart by its /AS, and its appearances stay.
            if widget.has("AS") || before.as_dictionary().and_then(|it| it.get("AP")) != widget.get("AP") {
                continue;
            }
            let Object::Dictionary(appearances) = edit::lookup(revision, &widget, "AP")? else { continue };
            let Object::Stream(normal) = edit::lookup(revision, &appearances, "N")? else { continue };
            let copy = revision.allocate();
            revision.put(copy, normal);
            widget.set("AP", Dictionary::new().with("N", copy));
            revision.put(*id, widget);
        }
    }
    Ok(())
}
