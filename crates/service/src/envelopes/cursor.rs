//! Where the next page of a list begins: a time and an id, which the caller gives back unread.

use crate::error::{Class, Error};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(crate) fn write(at: i64, id: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{at} {id}"))
}

pub(crate) fn read(cursor: &str) -> Result<(i64, String), Error> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (at, id) = text.split_once(' ')?;
        Some((at.parse().ok()?, id.to_owned()))
    };
    read().ok_or_else(|| Error::Wrong {
        class: Class::Malformed,
        code: "cursor_malformed",
        sentence: "The cursor is none that we gave; begin at the first page.".to_owned(),
    })
}
