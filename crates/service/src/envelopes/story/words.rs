//! The words of the trail by language, from `locales/trail/`.

use envelope::{Delivery, MethodKind, Outcome, Role, Status};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Language tag and content of each file.
const FILES: [(&str, &str); 15] = [
    ("da", include_str!("../../../locales/trail/da.json")),
    ("de", include_str!("../../../locales/trail/de.json")),
    ("en", include_str!("../../../locales/trail/en.json")),
    ("es", include_str!("../../../locales/trail/es.json")),
    ("fr", include_str!("../../../locales/trail/fr.json")),
    ("hi", include_str!("../../../locales/trail/hi.json")),
    ("hu", include_str!("../../../locales/trail/hu.json")),
    ("it", include_str!("../../../locales/trail/it.json")),
    ("nl", include_str!("../../../locales/trail/nl.json")),
    ("pl", include_str!("../../../locales/trail/pl.json")),
    ("pt", include_str!("../../../locales/trail/pt.json")),
    ("ru", include_str!("../../../locales/trail/ru.json")),
    ("sv", include_str!("../../../locales/trail/sv.json")),
    ("tr", include_str!("../../../locales/trail/tr.json")),
    ("zh", include_str!("../../../locales/trail/zh.json")),
];
/// The language of those whose own is not there.
const FALLBACK: &str = "en";

/// The words of one language. Each phrase has `{places}`, the same in every language; names stand in the first case,
/// whatever the language does with them, and no phrase bends with a number or with who somebody is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    #[serde(skip)]
    pub(crate) language: &'static str,
    /// What English calls the language.
    pub(crate) in_english: String,
    /// `{label}` and `{value}`, as the language sets the colon.
    pub(crate) labelled: String,
    pub(crate) report: Report,
    pub(crate) events: Sentences,
    /// By [`MethodKind::word`].
    ways: BTreeMap<String, String>,
    pub(crate) codes: Codes,
    pub(crate) reasons: Reasons,
    /// By the word of a mail's purpose.
    purposes: BTreeMap<String, String>,
}

macro_rules! phrases {
    ($(#[$about:meta])* $name:ident { $($field:ident),* $(,)? } $($more:tt)*) => {
        $(#[$about])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name { $(pub(crate) $field: String,)* $($more)* }
    };
}

phrases! {
    /// What the record says beside its events.
    Report {
        heading, introduction, times, same_events, test, title, id, status, sender, tenant, time_zone,
        documents, document, title_withheld, uploaded, rewritten, prepared, acted, filled, sealed, recipients, recipient, role,
        optional, asked, nothing_asked, arrived, email_link, handed_link, host, custom, nobody_came, proved,
        nothing_proved, code_to, wrong, locked, unlocked, consented, consented_at, withdrawn, shown, did, meaning,
        certificate, mandate, witness_of, on_device_of, named_by_application, earlier, delegated,
        delegation_refused, last_mail, consent_heading, consent_by, consent_one, consent_lost, events, by,
        by_recipient, by_user, by_program, by_edit_link, by_server, address, browser, chain, chain_told, chain_first, chain_last,
        page, file_name,
    }
    /// By [`Role::word`].
    roles: BTreeMap<String, String>,
    deliveries: Deliveries,
    outcomes: Outcomes,
    parts: Parts,
}
phrases! {
    /// What happened, in sentences.
    Sentences {
        envelope_created, draft_revised, envelope_sent, step_opened, message_sent, message_sent_to_sender,
        message_refused, link_issued, recipient_opened, consent_given, fields_filled, fields_placed, file_attached, file_removed,
        signing_intended, recipient_signed, recipient_declined, sealing_intended, envelope_sealed,
        envelope_completed, envelope_declined, cancel_requested, envelope_cancelled, expiry_reached,
        envelope_expired, audit_trail_issued, sign_in_asked, challenge_issued, challenge_passed, sign_in_failed,
        challenge_failed, recipient_locked, recipient_unlocked, consent_withdrawn, filling_intended,
        recipient_filled, recipient_approved, recipient_viewed, recipients_released, delegation_asked,
        delegation_refused, recipient_replaced, recipient_corrected, authentication_set, then, recipient_removed,
        recipients_reminded, invitation_repeated, expiry_extended, shelved_desk, shelved_archive, shelved_trash,
        shelved_deleted, envelope_handed_over, message_bounced, message_bounced_at, message_to_sender_bounced,
        code_undelivered,
    }
}
phrases! {
    /// What became of a mail.
    Deliveries { accepted, refused }
}
phrases! {
    /// How an envelope stands.
    Outcomes { completed, declined, cancelled, expired, in_progress }
}
phrases! {
    /// How far a recipient came.
    Parts { signed, declined, copy, filled, approved, viewed, released, removed, waiting }
}
phrases! {
    /// A code on its way, at the beginning of a sentence.
    Codes { sms, voice, email }
}
phrases! {
    /// Why a mail did not arrive.
    Reasons { no_such_form, unknown, mailbox, other }
}

fn all() -> &'static BTreeMap<&'static str, Words> {
    static ALL: OnceLock<BTreeMap<&'static str, Words>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(tag, text): &(&'static str, &str)| {
            let words: Words = serde_json::from_str(text).expect("a test reads every file of this build");
            (*tag, Words { language: tag, ..words })
        };
        FILES.iter().map(read).collect()
    })
}

/// A phrase with values in its `{places}`. What a value says is never read as a place.
pub(crate) fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut said = String::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            said.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            said.push_str(value);
        }
        rest = behind;
    }
    said + rest
}

impl Words {
    /// The words of a language (BCP 47, the region does not matter); `None` where there are none.
    pub(crate) fn find(language: &str) -> Option<&'static Self> {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        all().get(primary.as_str())
    }

    /// The words of a language; English where there are none.
    pub(crate) fn of(language: &str) -> &'static Self {
        Self::find(language).or_else(|| all().get(FALLBACK)).expect("English is there: a test asks for it")
    }

    /// A name and what it names, in one line.
    pub(crate) fn labelled(&self, label: &str, value: &str) -> String {
        fill(&self.labelled, &[("label", label), ("value", value)])
    }

    /// A way to prove who one is, as the sentences name it.
    pub(crate) fn way(&self, method: MethodKind) -> &str {
        self.ways.get(method.word()).map_or(method.word(), String::as_str)
    }

    /// What a mail was about.
    pub(crate) fn purpose<'a>(&'a self, word: &'a str) -> &'a str {
        self.purposes.get(word).map_or(word, String::as_str)
    }

    /// How it stands.
    pub(crate) fn outcome(&self, status: &Status) -> &str {
        let outcomes = &self.report.outcomes;
        match status {
            Status::Ended(ending) => match ending.outcome {
                Outcome::Completed => &outcomes.completed,
                Outcome::Declined { .. } => &outcomes.declined,
                Outcome::Cancelled => &outcomes.cancelled,
                Outcome::Expired => &outcomes.expired,
            },
            _ => &outcomes.in_progress,
        }
    }

    /// What became of a mail.
    pub(crate) fn delivery(&self, delivery: Delivery) -> &str {
        match delivery {
            Delivery::Accepted => &self.report.deliveries.accepted,
            Delivery::Refused => &self.report.deliveries.refused,
        }
    }

    /// What part somebody plays.
    pub(crate) fn role(&self, role: Role) -> &str {
        self.report.roles.get(role.word()).map_or(role.word(), String::as_str)
    }

    /// How far a recipient came, from the word of the API; `receives` is for those who only receive.
    pub(crate) fn part(&self, word: &str, receives: bool) -> &str {
        let parts = &self.report.parts;
        match word {
            "signed" => &parts.signed,
            "declined" => &parts.declined,
            _ if receives => &parts.copy,
            "filled" => &parts.filled,
            "approved" => &parts.approved,
            "viewed" => &parts.viewed,
            "released" => &parts.released,
            "removed" => &parts.removed,
            _ => &parts.waiting,
        }
    }

    /// Every phrase of the language, one after the other: what a face has to be able to write.
    pub(crate) fn everything(language: &str) -> String {
        let text = FILES.iter().find(|(tag, _)| *tag == language).map_or("{}", |(_, text)| text);
        let mut said = String::new();
        collect(&serde_json::from_str(text).unwrap_or_default(), &mut said);
        said
    }
}

fn collect(value: &serde_json::Value, into: &mut String) {
    match value {
        serde_json::Value::Object(members) => members.values().for_each(|member| collect(member, into)),
        other => into.push_str(other.as_str().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests;
