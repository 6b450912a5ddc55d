//! What a signature forbids from now on: field locks and certification, as the dictionaries that say it.

use super::{Lock, edit};
use crate::form::Error;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// The /Lock of a signature field (ISO 32000-2 table 236), or none where nothing is locked.
pub(super) fn dictionary(lock: &Lock) -> Option<Dictionary> {
    let lock_of = |action| {
        Dictionary::new().with("Type", Object::name("SigFieldLock")).with("Action", Object::name(action))
    };
    match lock {
        Lock::None => None,
        Lock::Include(names) if names.is_empty() => None,
        Lock::Include(names) => {
            let names: Vec<Object> = names.iter().map(|name| Object::text(name)).collect();
            Some(lock_of("Include").with("Fields", names))
        }
        Lock::All => Some(lock_of("All")),
    }
}

/// The /Reference of the signature dictionary `value`: FieldMDP for a lock, DocMDP for a certification. The latter is
/// also entered under /Perms of the catalog (12.8.6).
pub(super) fn reference(
    revision: &mut Revision<'_>,
    lock: Option<Dictionary>,
    certify: Option<u8>,
    value: ObjectId,
) -> Result<Vec<Object>, Error> {
    let mut reference = Vec::new();
    if let Some(level) = certify {
        if !(1..=3).contains(&level) {
            return Err(Error::BadCertification(level));
        }
        let parameters = parameters().with("P", i64::from(level));
        reference.push(Object::Dictionary(transform("DocMDP").with("TransformParams", parameters)));
        enter_permission(revision, value)?;
    }
    if let Some(lock) = lock {
        // 12.8.2.4.2: the parameters repeat the lock; /Data names the catalog, as table 256 asks for FieldMDP.
        let mut parameters = parameters();
        for (key, entry) in lock.iter().filter(|(key, _)| **key == "Action" || **key == "Fields") {
            parameters.put(key.clone(), entry.clone());
        }
        let catalog = revision.document().catalog_id()?;
        let transform = transform("FieldMDP").with("Data", catalog).with("TransformParams", parameters);
        reference.push(Object::Dictionary(transform));
    }
    Ok(reference)
}

fn transform(method: &str) -> Dictionary {
    Dictionary::new().with("Type", Object::name("SigRef")).with("TransformMethod", Object::name(method))
}

fn parameters() -> Dictionary {
    Dictionary::new().with("Type", Object::name("TransformParams")).with("V", Object::name("1.2"))
}

fn enter_permission(revision: &mut Revision<'_>, value: ObjectId) -> Result<(), Error> {
    let id = revision.document().catalog_id()?;
    let mut catalog = edit::dictionary(revision, id)?;
    let changed = edit::edit_dictionary(revision, &mut catalog, "Perms", |_, permissions| {
        permissions.set("DocMDP", value);
        Ok(true)
    })?;
    if changed {
        revision.put(id, catalog);
    }
    Ok(())
}
