//! What can be wrong with the people of a draft, and with what is said to them.

use super::draft_findings::{
    MESSAGE_CHARACTERS_MAX, STRAY_CONTROL, holds_stray_control, is_email, language, nth, text,
};
use crate::model::draft::Draft;
use crate::model::method::{Method, MethodKind};
use crate::model::recipient::{RecipientDraft, Returns};
use crate::model::role::Role;
use crate::refusal::Finding;

/// Everything that is wrong with the recipients already while the draft is being written.
pub(crate) fn findings(draft: &Draft, found: &mut Vec<Finding>) {
    for (index, recipient) in draft.recipients.iter().enumerate() {
        let at = |key: &str| format!("/recipients/{index}/{key}");
        text(recipient.name.text(), at("name"), found);
        email(recipient.email.text(), index + 1, at("email"), found);
        language(&recipient.language, at("language"), found);
        if recipient.step == 0 {
            found.push(Finding::new(
                at("step"),
                "step_malformed",
                "Steps are counted from 1; use 1 for the first.",
            ));
        }
        phone(recipient.phone.text(), at("phone"), found);
        said(recipient, &at, found);
        leaning(draft, index, recipient, found);
        super::draft_methods::findings(draft, index, recipient, found);
    }
}

/// What is wrong with a person who is named after sending.
pub(crate) fn person_findings(
    place: &RecipientDraft,
    name: &str,
    address: &str,
    telephone: &str,
    speaks: Option<&str>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    text(name, "/name".into(), &mut found);
    if name.trim().is_empty() {
        found.push(Finding::new(
            "/name",
            "name_missing",
            "Write the person's name as it shall stand in the document.",
        ));
    }
    let address = address.trim();
    if !address.is_empty() && !is_email(address) {
        found.push(Finding::new(
            "/email",
            "email_malformed",
            "The e-mail address is not one; write it like name@example.org.",
        ));
    }
    if address.is_empty() && needs_email(place) {
        found.push(Finding::new(
            "/email",
            "email_missing",
            "The link is sent by e-mail; write the person's address.",
        ));
    }
    phone(telephone, "/phone".into(), &mut found);
    if telephone.trim().is_empty() && place.authentication.iter().any(|it| it.kind().needs_phone()) {
        found.push(Finding::new(
            "/phone",
            "phone_missing",
            "A code is sent to this person's telephone; write its number like +33612345678.",
        ));
    }
    if let Some(speaks) = speaks {
        language(speaks, "/language".into(), &mut found);
    }
    found
}

/// Whether this recipient cannot be reached without an address.
pub(crate) fn needs_email(recipient: &RecipientDraft) -> bool {
    let by_code = recipient.method(MethodKind::EmailCode).is_some();
    let by_sign_in = matches!(recipient.method(MethodKind::Oidc), Some(Method::Oidc { subject: None }));
    let by_mail =
        recipient.is_mailed() && !matches!(recipient.role, Role::InPersonSigner | Role::AutomaticSigner);
    by_code || by_sign_in || by_mail
}

fn email(address: &str, number: usize, pointer: String, found: &mut Vec<Finding>) {
    if !address.is_empty() && !is_email(address) {
        found.push(Finding::new(
            pointer,
            "email_malformed",
            format!("The e-mail address of recipient {number} is not one; write it like name@example.org."),
        ));
    }
}

/// E.164: a plus sign, a country code, and 15 digits at most in all.
pub(crate) fn phone(number: &str, pointer: String, found: &mut Vec<Finding>) {
    let number = number.trim();
    if number.is_empty() {
        return;
    }
    let digits = number.strip_prefix('+').unwrap_or_default();
    let shaped = (7..=15).contains(&digits.len())
        && digits.bytes().all(|it| it.is_ascii_digit())
        && !digits.starts_with('0');
    if !shaped {
        found.push(Finding::new(
            pointer,
            "phone_malformed",
            "This is no telephone number in the international form; write it like +33612345678.",
        ));
    }
}

/// What is said to them alone, and where their browser goes.
fn said(recipient: &RecipientDraft, at: &impl Fn(&str) -> String, found: &mut Vec<Finding>) {
    text(recipient.notice.subject.text(), at("subject"), found);
    let message = recipient.notice.message.text();
    if message.chars().count() > MESSAGE_CHARACTERS_MAX {
        found.push(Finding::new(
            at("message"),
            "text_too_long",
            format!("The message is longer than {MESSAGE_CHARACTERS_MAX} characters; shorten it."),
        ));
    }
    if holds_stray_control(message) {
        found.push(Finding::new(at("message"), "text_malformed", STRAY_CONTROL));
    }
    for (value, key) in [(&recipient.placeholder, "placeholder"), (&recipient.mandate, "mandate")] {
        text(value.as_deref().unwrap_or_default(), at(key), found);
    }
    if let Some(zone) = &recipient.time_zone
        && jiff::tz::TimeZoneDatabase::bundled().get(zone).is_err()
    {
        found.push(Finding::new(
            at("time_zone"),
            "time_zone_unknown",
            format!("\u{201c}{zone}\u{201d} is no time zone we know; use an IANA name such as Europe/Paris."),
        ));
    }
    returns(&recipient.notice.returns, &at("returns"), found);
}

/// Addresses to which a browser is sent.
pub(crate) fn returns(returns: &Returns, pointer: &str, found: &mut Vec<Finding>) {
    for (address, key) in
        [(&returns.done, "done"), (&returns.declined, "declined"), (&returns.failed, "failed")]
    {
        if address.as_deref().is_some_and(|address| !is_web_address(address)) {
            found.push(Finding::new(
                format!("{pointer}/{key}"),
                "address_malformed",
                "This is no web address; write it like https://app.example.org/done.",
            ));
        }
    }
}

/// `https://` or `http://`, a host, and nothing that could leave a header or an attribute.
fn is_web_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    address.len() <= 2000
        && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
        && !address.chars().any(|it| it.is_whitespace() || it.is_control() || "\"<>\\^`{|}".contains(it))
}

/// Hosts and witnesses lean on other recipients.
fn leaning(draft: &Draft, index: usize, recipient: &RecipientDraft, found: &mut Vec<Finding>) {
    let number = index + 1;
    let at = |key: &str| format!("/recipients/{index}/{key}");
    if let Some(host) = recipient.host
        && nth(&draft.recipients, host.into()).is_none_or(|it| it.role != Role::Host)
    {
        found.push(Finding::new(
            at("host"),
            "host_unknown",
            format!(
                "Recipient {number} names recipient {host} as host, who is none; give somebody the role host."
            ),
        ));
    }
    if let Some(witnessed) = recipient.witness_of {
        let other = nth(&draft.recipients, witnessed.into());
        if usize::from(witnessed) == number || other.is_none_or(|it| !it.role.acts()) {
            found.push(Finding::new(
                at("witness_of"),
                "witnessed_unknown",
                format!("Recipient {number} witnesses recipient {witnessed}, who does nothing to be seen; name another."),
            ));
        } else if other.is_some_and(|it| it.step >= recipient.step) {
            found.push(Finding::new(
                at("step"),
                "witness_too_early",
                format!("Recipient {number} witnesses recipient {witnessed}; put them into a later step."),
            ));
        }
    }
}
