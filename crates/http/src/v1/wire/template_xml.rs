//! A use of a template as XML, for programs that fill forms with it.
//!
//! ```xml
//! <use version="1" send="true">
//!   <title>Lease for Ada</title>
//!   <message>As discussed.</message>
//!   <person role="Tenant"><name>Ada Lovelace</name><email>ada@example.org</email></person>
//!   <value key="rent">950.50</value>
//! </use>
//! ```
//!
//! A person may have `phone`, `language`, `answer` and `pin` too; all but `role` and `key` may be left out. Documents
//! with a DTD are refused, so that nothing in them can stand for something else.

use super::template::{UseRequest, WirePerson, WireValue};
use crate::problem::Problem;
use axum::http::StatusCode;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct XmlUse {
    #[serde(rename = "@version")]
    version: Option<i64>,
    #[serde(rename = "@send", default)]
    send: bool,
    title: Option<String>,
    message: Option<String>,
    #[serde(default)]
    person: Vec<XmlPerson>,
    #[serde(default)]
    value: Vec<XmlValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct XmlPerson {
    #[serde(rename = "@role")]
    role: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    phone: String,
    language: Option<String>,
    answer: Option<String>,
    pin: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct XmlValue {
    #[serde(rename = "@key")]
    key: String,
    #[serde(rename = "$text", default)]
    text: String,
}

/// Reads a use.
///
/// # Errors
/// A problem that says what cannot be read.
pub(crate) fn read(body: &[u8]) -> Result<UseRequest, Problem> {
    let text = std::str::from_utf8(body).map_err(|_| malformed("it is not UTF-8"))?;
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(malformed("it declares a document type, which is not taken"));
    }
    let read: XmlUse = quick_xml::de::from_str(text).map_err(|error| malformed(&error.to_string()))?;
    let holds_nul = |text: &str| text.contains('\0');
    if read.value.iter().any(|it| holds_nul(&it.text)) || read.title.as_deref().is_some_and(holds_nul) {
        return Err(malformed("it holds the character U+0000"));
    }
    let people = read.person.into_iter().map(|it| {
        let XmlPerson { role, name, email, phone, language, answer, pin } = it;
        WirePerson { role, name, email, phone, language, answer, pin }
    });
    Ok(UseRequest {
        version: read.version,
        title: read.title,
        message: read.message,
        people: people.collect(),
        values: read.value.into_iter().map(|it| (it.key, WireValue::Text(it.text))).collect(),
        send: read.send,
        webhooks: Vec::new(),
    })
}

fn malformed(why: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "xml_malformed",
        format!("The body cannot be read: {why}. Correct it and send it again."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_read_as_it_is_written() {
        let read = read(
            r#"<?xml version="1.0"?><use version="2" send="true"><title>A &amp; B</title>
               <person role="Tenant"><name>Ada</name><email>ada@example.org</email><pin>1234</pin></person>
               <value key="rent">950.50</value><value key="note"/></use>"#
                .as_bytes(),
        )
        .expect("it is read");
        assert_eq!((read.version, read.send, read.title.as_deref()), (Some(2), true, Some("A & B")));
        assert_eq!((read.people[0].role.as_str(), read.people[0].pin.as_deref()), ("Tenant", Some("1234")));
        assert_eq!(read.values["rent"], WireValue::Text("950.50".to_owned()));
        assert_eq!(read.values["note"], WireValue::Text(String::new()));
    }

    #[test]
    fn what_is_no_use_is_refused() {
        for body in [
            &b""[..],
            b"<use",
            b"<use><colour>red</colour></use>",
            b"<use><value>1</value></use>",
            b"<!DOCTYPE use [<!ENTITY a \"b\">]><use><title>&a;</title></use>",
            b"<use><title>&a;</title></use>",
            b"<use><title>\xff</title></use>",
        ] {
            assert_eq!(read(body).expect_err("it is refused").code, "xml_malformed", "{body:?}");
        }
    }
}
