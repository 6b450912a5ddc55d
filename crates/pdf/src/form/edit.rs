//! Changing a value where it stands: in its own object where it is indirect, in its holder where it is direct.

use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// The object, or what it refers to, as it will be after the revision.
pub(super) fn resolve(revision: &Revision<'_>, object: &Object) -> Result<Object, Error> {
    match object {
        Object::Reference(id) => revision.get(*id),
        direct => Ok(direct.clone()),
    }
}

/// The value of a key, resolved; null where it is missing.
pub(super) fn lookup(revision: &Revision<'_>, dictionary: &Dictionary, key: &str) -> Result<Object, Error> {
    dictionary.get(key).map_or(Ok(Object::Null), |object| resolve(revision, object))
}

/// The dictionary of an indirect object; an empty one where there is none.
pub(super) fn dictionary(revision: &Revision<'_>, id: ObjectId) -> Result<Dictionary, Error> {
    Ok(into_dictionary(revision.get(id)?))
}

/// Changes the dictionary under `key` of `holder`. Where it is indirect, its own object is put and the holder stays;
/// where it is direct or missing, the holder changes. Says whether the holder has to be put.
pub(super) fn edit_dictionary(
    revision: &mut Revision<'_>,
    holder: &mut Dictionary,
    key: &str,
    change: impl FnOnce(&mut Revision<'_>, &mut Dictionary) -> Result<bool, Error>,
) -> Result<bool, Error> {
    if let Some(id) = holder.get(key).and_then(Object::as_reference) {
        let mut value = dictionary(revision, id)?;
        if change(revision, &mut value)? {
            revision.put(id, value);
        }
        return Ok(false);
    }
    let mut value = holder.get(key).cloned().map(into_dictionary).unwrap_or_default();
    let changed = change(revision, &mut value)?;
    if changed {
        holder.set(key, value);
    }
    Ok(changed)
}

/// Appends to the array under `key` of `holder`; as [`edit_dictionary`].
pub(super) fn append(
    revision: &mut Revision<'_>,
    holder: &mut Dictionary,
    key: &str,
    more: &[ObjectId],
) -> Result<bool, Error> {
    let references = more.iter().map(|id| Object::Reference(*id));
    if let Some(id) = holder.get(key).and_then(Object::as_reference) {
        let mut array = into_array(revision.get(id)?);
        hoist(revision, &mut array);
        array.extend(references);
        revision.put(id, array);
        return Ok(false);
    }
    let mut array = holder.get(key).cloned().map(into_array).unwrap_or_default();
    hoist(revision, &mut array);
    array.extend(references);
    holder.set(key, array);
    Ok(true)
}

/// Gives fields and annotations that are written into their array an object of their own, once: where the array
/// grows again after a signature, validators want to see at a glance that the earlier entries are the same.
fn hoist(revision: &mut Revision<'_>, array: &mut [Object]) {
    for entry in array {
        if let Object::Dictionary(direct) = entry {
            let direct = std::mem::take(direct);
            let id = revision.allocate();
            revision.put(id, direct);
            *entry = Object::Reference(id);
        }
    }
}

fn into_dictionary(object: Object) -> Dictionary {
    if let Object::Dictionary(dictionary) = object { dictionary } else { Dictionary::new() }
}

fn into_array(object: Object) -> Vec<Object> {
    if let Object::Array(array) = object { array } else { Vec::new() }
}
