//! Adobe's XFA forms (annex K of ISO 32000-1; removed from ISO 32000-2).

use crate::document::Document;
use crate::error::Error;
use crate::fields::Field;
use crate::object::Object;

/// What XFA there is.
pub(super) enum Kind {
    /// None.
    None,
    /// The pages themselves come from it.
    Dynamic,
    /// The pages are there; it only doubles the form's fields.
    BesideFields,
}

pub(super) fn kind(document: &Document, fields: &[Field]) -> Result<Kind, Error> {
    let Some(form) = document.form()? else { return Ok(Kind::None) };
    let xfa = document.lookup(&form, "XFA")?;
    let packets = match xfa {
        Object::Array(items) if !items.is_empty() => items,
        stream @ Object::Stream(_) => vec![stream],
        _ => return Ok(Kind::None),
    };
    let needs_rendering = document.lookup(&document.catalog()?, "NeedsRendering")?.as_boolean() == Some(true);
    if needs_rendering || fields.is_empty() || says_dynamic(document, &packets)? {
        return Ok(Kind::Dynamic);
    }
    Ok(Kind::BesideFields)
}

/// XFA 3.3, `acrobat7/dynamicRender`: the configuration packet says that the pages are to be laid out when shown.
fn says_dynamic(document: &Document, packets: &[Object]) -> Result<bool, Error> {
    const WORD: &[u8] = b"<dynamicRender>required";
    for packet in packets {
        let Object::Stream(stream) = document.resolve(packet)? else { continue };
        match document.decode(&stream) {
            Ok(data) if data.windows(WORD.len()).any(|window| window == WORD) => return Ok(true),
            Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => return Err(limit),
            _ => {}
        }
    }
    Ok(false)
}
