//! How recipients may be asked to prove who they are.

use super::draft_findings::{STRAY_CONTROL, holds_stray_control};
use crate::model::draft::Draft;
use crate::model::method::{Method, MethodKind};
use crate::model::recipient::{Arrival, RecipientDraft};
use crate::model::role::Role;
use crate::model::rules::{CombinedMethods, EmbeddedSigning};
use crate::refusal::Finding;

/// What the sender's application says of a sign-in has so many entries at most, each so many characters long.
const CUSTOM_ENTRIES_MAX: usize = 20;
const CUSTOM_CHARACTERS_MAX: usize = 1000;
/// A question has so many characters at most.
const QUESTION_CHARACTERS_MAX: usize = 300;
/// OpenID Connect Core 1.0, 2: a subject is no longer.
const SUBJECT_CHARACTERS_MAX: usize = 255;

/// Everything that is wrong with a chain of methods, whoever the person will be.
pub(crate) fn findings(draft: &Draft, index: usize, recipient: &RecipientDraft, found: &mut Vec<Finding>) {
    let pointer = format!("/recipients/{index}/authentication");
    chain(&recipient.authentication, &pointer, found);
    allowed(draft, recipient, &pointer, found);
    for (place, method) in recipient.authentication.iter().enumerate() {
        words(method, &format!("{pointer}/{place}"), found);
    }
    embedded(draft, index, recipient, found);
}

/// What holds for every chain.
pub(crate) fn chain(methods: &[Method], pointer: &str, found: &mut Vec<Finding>) {
    let has = |kind: MethodKind| methods.iter().any(|it| it.kind() == kind);
    if methods.iter().filter(|it| it.kind().is_arrival()).count() > 1 {
        found.push(Finding::new(
            pointer,
            "methods_exclude_each_other",
            "A person arrives in one way only: keep one of email_link, custom and host.",
        ));
    }
    for (place, method) in methods.iter().enumerate() {
        if methods.iter().take(place).any(|it| it.kind() == method.kind()) {
            found.push(Finding::new(
                format!("{pointer}/{place}"),
                "method_repeated",
                format!("The method {} is there twice; keep one.", method.kind().word()),
            ));
        } else if place > 0 && method.kind().is_arrival() {
            found.push(Finding::new(
                format!("{pointer}/{place}"),
                "method_comes_first",
                format!("The method {} can only come first; move it to the front.", method.kind().word()),
            ));
        }
    }
    // seed: Xodo Sign, "combining PIN verification and Signer Authentication for the same signer is not supported".
    if has(MethodKind::Pin) && has(MethodKind::SmsCode) {
        found.push(Finding::new(
            pointer,
            "signer_authentication_combined_with_pin_not_supported",
            "A PIN and a code by text message cannot be combined for one person; keep one of them.",
        ));
    }
}

/// What this envelope's rules allow.
pub(super) fn allowed(draft: &Draft, recipient: &RecipientDraft, pointer: &str, found: &mut Vec<Finding>) {
    let rules = &draft.rules;
    for (place, method) in recipient.authentication.iter().enumerate() {
        let kind = method.kind();
        let pointer = format!("{pointer}/{place}");
        if rules.methods_allowed.as_ref().is_some_and(|allowed| !allowed.contains(&kind)) {
            found.push(Finding::new(
                pointer,
                "method_not_allowed",
                format!("The method {} is switched off for this organisation; use another one.", kind.word()),
            ));
        } else if kind.needs_phone() && rules.telephone.refused {
            found.push(Finding::new(
                pointer,
                "telephone_codes_disabled",
                "Codes by telephone are switched off for this organisation; use another method.",
            ));
        }
    }
    if rules.combined_methods == CombinedMethods::ManualCeremony
        && recipient.authentication.len() > 1
        && recipient.arrival == Arrival::Mail
    {
        found.push(Finding::new(
            pointer,
            "combined_methods_need_manual_ceremony",
            "Several methods together need a link that your program asks for itself; set the arrival to handed.",
        ));
    }
}

/// Signing inside another application's pages.
pub(super) fn embedded(draft: &Draft, index: usize, recipient: &RecipientDraft, found: &mut Vec<Finding>) {
    let at = |key: &str| format!("/recipients/{index}/{key}");
    let Arrival::Embedded(embedding) = &recipient.arrival else {
        if let Some(place) = recipient.authentication.iter().position(|it| it.kind() == MethodKind::Host) {
            found.push(Finding::new(
                format!("/recipients/{index}/authentication/{place}"),
                "host_method_needs_embedding",
                "The method host is for people inside your own pages; set the arrival to embedded.",
            ));
        }
        return;
    };
    super::draft_findings::text(
        embedding.client_user_id.as_deref().unwrap_or_default(),
        at("arrival/client_user_id"),
        found,
    );
    if recipient.method(MethodKind::Secret).is_some() {
        found.push(Finding::new(
            at("authentication"),
            "secret_not_for_embedded",
            "A secret question cannot be used inside your own pages; use another method.",
        ));
    }
    match draft.rules.embedded {
        EmbeddedSigning::Allowed => {}
        EmbeddedSigning::Refused => found.push(Finding::new(
            at("arrival"),
            "embedded_not_allowed",
            "Signing inside your own pages is switched off for this organisation; let the link be mailed.",
        )),
        EmbeddedSigning::AloneInStep => {
            let shared = draft
                .recipients
                .iter()
                .enumerate()
                .any(|(other, it)| other != index && it.role.acts() && it.step == recipient.step);
            if shared {
                found.push(Finding::new(
                    at("step"),
                    "embedded_in_parallel_step",
                    "Who signs inside your own pages has to be alone in their step; give them one of their own.",
                ));
            }
        }
    }
}

/// What a method says to a person.
fn words(method: &Method, pointer: &str, found: &mut Vec<Finding>) {
    match method {
        Method::Secret { question, .. } => {
            if question.text().chars().count() > QUESTION_CHARACTERS_MAX {
                found.push(Finding::new(
                    format!("{pointer}/question"),
                    "text_too_long",
                    format!("The question is longer than {QUESTION_CHARACTERS_MAX} characters; shorten it."),
                ));
            }
            if holds_stray_control(question.text()) {
                found.push(Finding::new(format!("{pointer}/question"), "text_malformed", STRAY_CONTROL));
            }
        }
        Method::Custom { provider, data } => {
            super::draft_findings::text(provider, format!("{pointer}/provider"), found);
            if provider.trim().is_empty() {
                found.push(Finding::new(
                    format!("{pointer}/provider"),
                    "provider_missing",
                    "Say which application signed the person in; it stands in the audit trail.",
                ));
            }
            let too_much = data.known().is_some_and(|data| {
                data.len() > CUSTOM_ENTRIES_MAX
                    || data.iter().any(|(key, value)| {
                        key.chars().count() > CUSTOM_CHARACTERS_MAX
                            || value.chars().count() > CUSTOM_CHARACTERS_MAX
                            || holds_stray_control(key)
                            || holds_stray_control(value)
                    })
            });
            if too_much {
                found.push(Finding::new(
                    format!("{pointer}/data"),
                    "custom_data_too_long",
                    format!(
                        "At most {CUSTOM_ENTRIES_MAX} entries of {CUSTOM_CHARACTERS_MAX} readable characters each \
                         are kept; shorten it."
                    ),
                ));
            }
        }
        Method::Oidc { subject: Some(subject) } => {
            let (pointer, subject) = (format!("{pointer}/subject"), subject.text());
            if subject.trim().is_empty() || subject.chars().count() > SUBJECT_CHARACTERS_MAX {
                found.push(Finding::new(
                    pointer,
                    "subject_malformed",
                    format!(
                        "A subject at the identity provider has 1 to {SUBJECT_CHARACTERS_MAX} characters; write it as the \
                         provider does, or leave it out."
                    ),
                ));
            } else if holds_stray_control(subject) {
                found.push(Finding::new(pointer, "text_malformed", STRAY_CONTROL));
            }
        }
        _ => {}
    }
}

/// What a chain may lack, and that of an envelope that is sent may not.
pub(crate) fn complete(draft: &Draft, index: usize, recipient: &RecipientDraft, found: &mut Vec<Finding>) {
    let number = index + 1;
    let pointer = format!("/recipients/{index}/authentication");
    for (place, method) in recipient.authentication.iter().enumerate() {
        let at = |key: &str| format!("{pointer}/{place}/{key}");
        match method {
            Method::Secret { question, .. } if question.text().trim().is_empty() => found.push(Finding::new(
                at("question"),
                "secret_question_missing",
                format!(
                    "The secret of recipient {number} has no question; write one that only they can answer."
                ),
            )),
            Method::Secret { answer: None, .. } => found.push(Finding::new(
                at("answer"),
                "secret_answer_missing",
                format!("The question of recipient {number} has no answer yet; write it."),
            )),
            Method::Pin { pin: None } => found.push(Finding::new(
                at("pin"),
                "pin_missing",
                format!("Recipient {number} is to enter a PIN and there is none; write one."),
            )),
            _ if method.kind().needs_phone()
                && recipient.phone.text().trim().is_empty()
                && !recipient.is_vacant() =>
            {
                found.push(Finding::new(
                    format!("/recipients/{index}/phone"),
                    "phone_missing",
                    format!(
                        "A code is sent to the telephone of recipient {number}; write its number like +33612345678."
                    ),
                ));
            }
            _ => {}
        }
    }
    // Nobody could ever prove themselves once more, at the moment of signing.
    let by_hand = recipient.role.signs() && recipient.role != Role::AutomaticSigner;
    if draft.rules.part_11.is_some() && by_hand && recipient.asked_methods().next().is_none() {
        found.push(Finding::new(
            pointer.clone(),
            "part_11_method_missing",
            format!("Recipient {number} signs under 21 CFR Part 11 and is asked for nothing but the link; add a method."),
        ));
    }
    // The link, or how they arrive, is the first factor; each method that is asked for is one more.
    let factors = 1 + recipient.asked_methods().count();
    if recipient.role.is_invited() && factors < usize::from(draft.rules.factors_min) {
        found.push(Finding::new(
            pointer,
            "factors_missing",
            format!(
                "Recipient {number} proves who they are in {factors} way(s), and {} are needed; add a method.",
                draft.rules.factors_min
            ),
        ));
    }
}
