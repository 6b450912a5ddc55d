//! Values as XML, by the schema `docs/values.xsd`.

use super::spool::Bounded;
use super::values::{EnvelopeValues, FieldValue, RecipientValues, Value};
use super::writable;
use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::fs::File;
use std::io::{self, Write};

/// The name space of the schema; another version of it is another name.
const NAME_SPACE: &str = "urn:countersign:values:1";

pub(super) fn write(envelopes: impl Iterator<Item = EnvelopeValues>) -> io::Result<File> {
    let mut xml = Writer::new(Bounded::file()?);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(BytesStart::new("values").with_attributes([("xmlns", NAME_SPACE)])))?;
    for it in envelopes {
        xml.get_mut().write_all(b"\n")?;
        envelope(&mut xml, &it)?;
    }
    xml.get_mut().write_all(b"\n")?;
    xml.write_event(Event::End(BytesEnd::new("values")))?;
    xml.into_inner().into_file()
}

fn envelope<W: Write>(xml: &mut Writer<W>, it: &EnvelopeValues) -> io::Result<()> {
    let test = it.test.to_string();
    let mut attributes = vec![
        ("id", it.envelope.as_str()),
        ("status", &it.status),
        ("test", &test),
        ("created_at", &it.created_at),
    ];
    attributes.extend(it.sent_at.as_deref().map(|at| ("sent_at", at)));
    attributes.extend(it.completed_at.as_deref().map(|at| ("completed_at", at)));
    attributes.extend(it.template.as_deref().map(|id| ("template", id)));
    let element = xml.create_element("envelope").with_attributes(attributes);
    element.write_inner_content(|xml| {
        words(xml, "title", &it.title)?;
        it.recipients.iter().try_for_each(|it| recipient(xml, it))?;
        it.fields.iter().try_for_each(|it| field(xml, it))
    })?;
    Ok(())
}

fn recipient<W: Write>(xml: &mut Writer<W>, it: &RecipientValues) -> io::Result<()> {
    let (number, role) = (it.number.to_string(), word(&it.role)?);
    let mut attributes = vec![("number", number.as_str()), ("role", &role), ("status", &it.status)];
    attributes.extend(it.acted_at.as_deref().map(|at| ("acted_at", at)));
    let element = xml.create_element("recipient").with_attributes(attributes);
    element.write_inner_content(|xml| {
        words(xml, "name", &it.name)?;
        words(xml, "email", &it.email)?;
        it.fields.iter().try_for_each(|it| field(xml, it))
    })?;
    Ok(())
}

fn field<W: Write>(xml: &mut Writer<W>, it: &FieldValue) -> io::Result<()> {
    let kind = word(&it.kind)?;
    let mut attributes = vec![("id", it.id.as_str()), ("type", &kind)];
    attributes.extend(it.key.as_deref().map(|key| ("key", key)));
    let element = xml.create_element("field").with_attributes(attributes);
    element.write_inner_content(|xml| {
        words(xml, "label", &it.label)?;
        match &it.value {
            None => Ok(()),
            Some(Value::Text(text)) => words(xml, "value", text),
            Some(Value::Ticked(ticked)) => words(xml, "value", &ticked.to_string()),
            Some(Value::File { name, kind, digest }) => {
                let kind = word(kind)?;
                let file = xml.create_element("file");
                let file = file.with_attributes([("type", kind.as_str()), ("sha256", digest)]);
                file.write_text_content(text(name))?;
                Ok(())
            }
        }
    })?;
    Ok(())
}

fn words<W: Write>(xml: &mut Writer<W>, element: &str, content: &str) -> io::Result<()> {
    xml.create_element(element).write_text_content(text(content))?;
    Ok(())
}

/// A reader makes a line feed of every return that is not escaped (XML 1.0, 2.11).
fn text(content: &str) -> BytesText<'static> {
    BytesText::from_escaped(escape(writable(content)).replace('\r', "&#13;"))
}

/// The word of the API.
fn word(of: &impl serde::Serialize) -> io::Result<String> {
    Ok(serde_json::to_value(of)?.as_str().unwrap_or_default().to_owned())
}
