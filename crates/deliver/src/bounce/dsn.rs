//! Delivery status notifications (RFC 3464; RFC 6533 for addresses beyond ASCII).

use super::name::{FAILED, of_message_id, status};
use super::return_path::ReturnPath;
use super::{BounceFault, BounceReport};
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// So many names are looked up at most; a stranger can write any number.
const NAMES_MAX: usize = 8;
/// Bytes of the report proper that are read; a server writes some hundreds.
const FIELDS_BYTES_MAX: usize = 64 << 10;
/// Headers that tell where the notification itself went.
const WENT_TO: [&str; 5] = ["to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"];

pub(super) fn read(bytes: &[u8], path: Option<&ReturnPath>) -> Result<BounceReport, BounceFault> {
    let message = MessageParser::default().parse(bytes).ok_or(BounceFault::NotUnderstood)?;
    let fields =
        message.parts.iter().find(|part| is(part, "message", &["delivery-status", "global-delivery-status"]));
    let fields = fields.ok_or(BounceFault::NotUnderstood)?.contents();
    let fields = fields.get(..FIELDS_BYTES_MAX).unwrap_or(fields);
    let (failed, status) = fate(&String::from_utf8_lossy(fields)).ok_or(BounceFault::NotUnderstood)?;
    let mut names = Vec::new();
    if let Some(path) = path {
        names.extend(went_to(&message).filter_map(|address| path.name(&address)));
    }
    names.extend(message.parts.iter().filter_map(original));
    // Servers that send nothing of the mail back name it as the one they answer.
    names.extend(answered(&message));
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(name.clone());
            true
        }
    });
    names.truncate(NAMES_MAX);
    Ok(BounceReport { names, failed, status })
}

fn is(part: &MessagePart<'_>, kind: &str, subkinds: &[&str]) -> bool {
    part.content_type().is_some_and(|it| {
        it.ctype().eq_ignore_ascii_case(kind)
            && it.subtype().is_some_and(|it| subkinds.iter().any(|subkind| it.eq_ignore_ascii_case(subkind)))
    })
}

/// Whether the mail will never arrive, and the status. A mail of ours has one recipient; where a report speaks of
/// several, somebody passed it on to them, and it did not arrive when one of them was not reached for good.
fn fate(fields: &str) -> Option<(bool, String)> {
    let mut found = None;
    for block in blocks(fields) {
        let field = |name: &str| {
            let found = block.iter().find(|(it, _)| it == name);
            found.map(|(_, value)| value.as_str())
        };
        let Some(action) = field("action") else { continue };
        let failed = action.split([' ', '(']).next().is_some_and(|it| it.eq_ignore_ascii_case("failed"));
        let status =
            field("status").and_then(status).unwrap_or_else(|| if failed { FAILED } else { "" }.to_owned());
        if failed {
            return Some((true, status));
        }
        found.get_or_insert((false, status));
    }
    found
}

/// Fields with their names in lower case, in groups that an empty line divides; the lines of one field joined.
fn blocks(fields: &str) -> Vec<Vec<(String, String)>> {
    let mut blocks = vec![Vec::<(String, String)>::new()];
    for line in fields.lines() {
        let Some(block) = blocks.last_mut() else { break };
        if line.trim().is_empty() {
            if !block.is_empty() {
                blocks.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = block.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            block.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    blocks
}

/// Every word in the headers that tell where the notification went; addresses are among them.
fn went_to<'m>(message: &'m Message<'_>) -> impl Iterator<Item = String> + use<'m> {
    let headers =
        message.headers_raw().filter(|(name, _)| WENT_TO.iter().any(|it| name.eq_ignore_ascii_case(it)));
    headers.flat_map(|(_, value)| {
        value
            .split([' ', '\t', '\r', '\n', '<', '>', ',', ';', ':'])
            .filter(|it| it.contains('@'))
            .map(str::to_owned)
    })
}

/// The name of the mail that a part sends back, whole or its head alone.
fn original(part: &MessagePart<'_>) -> Option<String> {
    if let PartType::Message(message) = &part.body {
        return message.message_id().and_then(of_message_id);
    }
    let head =
        is(part, "text", &["rfc822-headers"]) || is(part, "message", &["rfc822-headers", "global-headers"]);
    if !head {
        return None;
    }
    // A head ends with an empty line; where a part ends with its last header, there is none.
    let head = [part.contents(), b"\r\n\r\n"].concat();
    let message = MessageParser::default().parse_headers(&head)?;
    message.message_id().and_then(of_message_id)
}

fn answered(message: &Message<'_>) -> Vec<String> {
    let headers = [HeaderName::InReplyTo, HeaderName::References];
    let raw = headers.into_iter().filter_map(|name| message.header_raw(name));
    raw.flat_map(|value| value.split_whitespace().filter_map(of_message_id)).take(NAMES_MAX).collect()
}
