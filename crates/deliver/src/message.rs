//! A mail that is ready to be sent.

use crate::fault::DeliveryFault;
use crate::line::one_line;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart};
use lettre::{Address, Message as Mail};
use std::fmt;

/// Longest name in a header, in characters. RFC 5322 2.1.1 allows lines of 998; more than this nobody reads.
const NAME: usize = 120;
/// Longest subject, in characters.
const SUBJECT: usize = 200;
/// Longest value of a further header.
const HEADER: usize = 200;

/// A mail that is ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The Message-ID (RFC 5322 3.6.4), `<unique@host>`. The same for every try, so that a mail server or a reader's
    /// program knows the second copy for what it is.
    pub id: String,
    /// Address of the reader.
    pub to: String,
    /// Name of the reader, empty where it is not known.
    pub to_name: String,
    /// Address of the sender: that of this installation, for which its domain vouches (SPF, DKIM).
    pub from: String,
    /// Name of the sender.
    pub from_name: String,
    /// Where answers go, empty for the sender itself.
    pub reply_to: String,
    /// The subject.
    pub subject: String,
    /// The mail as text.
    pub text: String,
    /// The mail as HTML.
    pub html: String,
    /// Where it comes back to, empty for where it comes from.
    pub return_path: String,
    /// Further headers, which a provider of mail returns with what it reports.
    pub headers: Vec<(&'static str, String)>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
}

/// A PDF that goes with a mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called.
    pub file_name: String,
    /// Its bytes, which arrive as they are.
    pub bytes: Vec<u8>,
}

/// Shows nothing about a person, so that a message in a log is no leak.
impl fmt::Debug for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Message").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Message {
    /// The mail as it goes to the server. The date is the moment of this try.
    pub(crate) fn to_mail(&self) -> Result<Mail, DeliveryFault> {
        let mut builder = Mail::builder()
            .message_id(Some(self.checked_id()?))
            .from(mailbox(&self.from_name, &self.from)?)
            .to(mailbox(&self.to_name, &self.to)?)
            .subject(one_line(&self.subject, SUBJECT))
            // RFC 3834 5: tells out-of-office programs not to answer.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if !self.reply_to.is_empty() {
            builder = builder.reply_to(mailbox("", &self.reply_to)?);
        }
        for (name, value) in &self.headers {
            let name =
                HeaderName::new_from_ascii(name.to_string()).map_err(|_| DeliveryFault::Unacceptable)?;
            builder = builder.raw_header(HeaderValue::new(name, one_line(value, HEADER)));
        }
        if !self.return_path.is_empty() {
            let from = self.return_path.parse().map_err(|_| DeliveryFault::Unacceptable)?;
            let to = self.to.parse().map_err(|_| DeliveryFault::Unacceptable)?;
            let envelope = Envelope::new(Some(from), vec![to]).map_err(|_| DeliveryFault::Unacceptable)?;
            builder = builder.envelope(envelope);
        }
        let words = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        if self.attachments.is_empty() {
            return builder.multipart(words).map_err(|_| DeliveryFault::Unacceptable);
        }
        let pdf = ContentType::parse("application/pdf").map_err(|_| DeliveryFault::Unacceptable)?;
        let mut body = MultiPart::mixed().multipart(words);
        for it in &self.attachments {
            // Base64 whatever is in it: a PDF may be nothing but text, and a mail server changes the ends of lines.
            let bytes = Body::new_with_encoding(it.bytes.clone(), ContentTransferEncoding::Base64)
                .map_err(|_| DeliveryFault::Unacceptable)?;
            body = body
                .singlepart(lettre::message::Attachment::new(it.file_name.clone()).body(bytes, pdf.clone()));
        }
        builder.multipart(body).map_err(|_| DeliveryFault::Unacceptable)
    }

    /// About how many bytes it has.
    pub(crate) fn length(&self) -> usize {
        let files: usize = self.attachments.iter().map(|it| it.bytes.len()).sum();
        self.text.len() + self.html.len() + files / 3 * 4
    }

    fn checked_id(&self) -> Result<String, DeliveryFault> {
        let inner = self.id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or_default();
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
        };
        match inner.split_once('@') {
            Some((unique, host)) if plain(unique) && plain(host) => Ok(self.id.clone()),
            _ => Err(DeliveryFault::Unacceptable),
        }
    }
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, DeliveryFault> {
    let address: Address = address.parse().map_err(|_| DeliveryFault::Unacceptable)?;
    let name = one_line(name, NAME);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        Message {
            id: "<m-1@sign.example.org>".into(),
            to: "ada@example.org".into(),
            to_name: "Ada Müller".into(),
            from: "sign@example.org".into(),
            from_name: "Countersign".into(),
            reply_to: "bob@example.org".into(),
            subject: "Bitte unterschreiben: Büro".into(),
            text: "Grüße".into(),
            html: "<p>Grüße</p>".into(),
            return_path: String::new(),
            headers: Vec::new(),
            attachments: Vec::new(),
        }
    }

    fn source(message: &Message) -> String {
        String::from_utf8(message.to_mail().unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_mail_has_both_bodies_and_the_headers_that_machines_look_for() {
        let source = source(&message());
        for part in [
            "Message-ID: <m-1@sign.example.org>\r\n",
            "Reply-To: bob@example.org\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: multipart/alternative;",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Type: text/html; charset=utf-8\r\n",
            "<ada@example.org>\r\n",
        ] {
            assert!(source.contains(part), "{part} in {source}");
        }
        assert!(source.is_ascii(), "so that any server takes it");
    }

    #[test]
    fn files_go_beside_the_words_in_base64_whatever_is_in_them() {
        let file = |name: &str, bytes: &[u8]| Attachment { file_name: name.into(), bytes: bytes.into() };
        let attachments = vec![file("Büro.pdf", b"%PDF\nall of it text\n"), file("b.pdf", &[0, 255])];
        let source = source(&Message { attachments, ..message() });
        for part in [
            "Content-Type: multipart/mixed;",
            "Content-Type: multipart/alternative;",
            "Content-Transfer-Encoding: base64\r\n\r\nJVBERgphbGwgb2YgaXQgdGV4dAo=\r\n",
            "\r\n\r\nAP8=\r\n",
            "filename=\"b.pdf\"",
        ] {
            assert!(source.contains(part), "{part} in {source}");
        }
        assert_eq!(source.matches("Content-Type: application/pdf\r\n").count(), 2);
        assert!(source.is_ascii(), "so that any server takes it");
    }

    #[test]
    fn nobody_adds_a_header_by_a_line_break() {
        let hostile = "x\r\nBcc: eve@example.org\r\n\r\nbody";
        let message = Message {
            subject: hostile.into(),
            to_name: hostile.into(),
            from_name: hostile.into(),
            ..message()
        };
        let source = source(&message);
        assert!(!source.lines().any(|line| line.starts_with("Bcc")), "{source}");
        for hostile in
            ["ada@example.org\r\nBcc: eve@example.org", "ada@example.org, eve@example.org", "", "ada"]
        {
            for field in 0..3 {
                let mut message = self::message();
                let place = [&mut message.to, &mut message.from, &mut message.reply_to]
                    .into_iter()
                    .nth(field)
                    .unwrap();
                *place = hostile.into();
                let fine = field == 2 && hostile.is_empty();
                assert_eq!(message.to_mail().is_ok(), fine, "{hostile:?} in field {field}");
            }
        }
        for id in ["", "<>", "<a>", "<@b>", "<a@>", "a@b", "<a@b>\r\nX: y", "<a@b@c>", "<a b@c>"] {
            let message = Message { id: id.into(), ..self::message() };
            assert_eq!(message.to_mail().unwrap_err(), DeliveryFault::Unacceptable, "{id:?}");
        }
    }

    #[test]
    fn a_message_in_a_log_tells_nothing_about_a_person() {
        assert_eq!(format!("{:?}", message()), r#"Message { id: "<m-1@sign.example.org>", .. }"#);
    }
}
