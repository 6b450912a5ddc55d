//! The file `evidence.json`.

use crate::canonical::{NotCanonical, canonical, write_string};
use crate::commitment::Disclosure;
use crate::hash::Hash;

/// What the file says it is. Another reading of the file gets another name.
pub const FORMAT: &str = "countersign-evidence/1";

/// One entry as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// Its canonical text, byte for byte as it was sealed.
    pub entry_text: &'a str,
    /// Its stored hash.
    pub hash: Hash,
}

/// The whole chain of an envelope as one file, canonical JSON from the first byte to the last.
///
/// `links` are all entries in their order. `disclosures` are those that the reader may see, each with the number of its
/// entry, in any order. The texts are copied and not looked at: were one of them changed in the database, the file
/// would say so when it is checked, which is what it is for.
///
/// # Errors
/// [`NotCanonical`] when a disclosed value could never have been sealed.
pub fn export(
    envelope: &str,
    links: &[Link<'_>],
    disclosures: &[(u64, &Disclosure)],
) -> Result<String, NotCanonical> {
    let mut sorted: Vec<_> = disclosures.to_vec();
    sorted.sort_by(|(a, x), (b, y)| (a, &x.pointer).cmp(&(b, &y.pointer)));
    let mut text = String::from("{\"disclosures\":[");
    for (index, (seq, disclosure)) in sorted.into_iter().enumerate() {
        text.push_str(if index > 0 { ",{\"pointer\":" } else { "{\"pointer\":" });
        write_string(&mut text, &disclosure.pointer);
        text.push_str(",\"salt\":");
        write_string(&mut text, &disclosure.salt);
        text.push_str(&format!(",\"seq\":{seq},\"value\":{}}}", canonical(&disclosure.value)?));
    }
    text.push_str("],\"entries\":[");
    for (index, link) in links.iter().enumerate() {
        text.push_str(if index > 0 { ",{\"entry\":" } else { "{\"entry\":" });
        text.push_str(link.entry_text);
        text.push_str(&format!(",\"hash\":\"{}\"}}", link.hash));
    }
    text.push_str("],\"envelope\":");
    write_string(&mut text, envelope);
    let head = links.last().map_or(Hash::GENESIS, |link| link.hash);
    text.push_str(&format!(",\"format\":\"{FORMAT}\",\"head\":\"{head}\"}}"));
    Ok(text)
}
