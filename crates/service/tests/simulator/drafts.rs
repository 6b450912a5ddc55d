//! Drafts of every kind: roles, steps, chains, rules.

use crate::chance::Chance;
use envelope::{
    Arrival, Completion, DeclineEnds, Delegation, Expiry, FieldDraft, FieldId, FieldKind, Method, Part11,
    Personal, Placeholders, RecipientDraft, Rect, Reminders, Returns, Role, Rules, StepLimit,
};
use service::envelope;
use service::envelopes::{DocumentInput, DraftInput, MailInput, RecipientInput};

/// The answer to everybody's question.
pub const ANSWER: &str = "Ein blauer Esel";
/// Everybody's PIN.
pub const PIN: &str = "47114711";
/// What a signature can mean where that is asked.
pub const MEANING: &str = "Approved";

/// An address that nobody else has.
pub fn address(chance: &mut Chance) -> String {
    format!("p{:010x}@people.example.org", chance.next() >> 24)
}

/// A draft that can be sent, most of the time.
pub fn draft(chance: &mut Chance, upload: &str) -> DraftInput {
    let rules = rules(chance);
    let mut recipients = recipients(chance, &rules);
    if !recipients.iter().any(|it| it.draft.role.signs() && !it.draft.optional) {
        let mut signer = person(chance, &rules, Role::Signer, 1);
        signer.draft.optional = false;
        recipients.push(signer);
    }
    let documents = 1 + usize::from(chance.percent(20));
    let fields = fields(chance, &recipients, u16::try_from(documents).expect("one or two"));
    let documents =
        (0..documents).map(|_| DocumentInput { upload: upload.to_owned(), ..Default::default() }).collect();
    let reminders = Reminders {
        first_after_days: if chance.percent(50) { 1 } else { 0 },
        every_days: if chance.percent(30) { 1 } else { 0 },
        before_expiry_days: if chance.percent(30) { vec![1] } else { Vec::new() },
        hour: chance.percent(30).then_some(17),
    };
    let mails = MailInput { to_sender: Some(chance.percent(15).then_some(false)), ..MailInput::default() };
    DraftInput {
        title: "Lease".to_owned(),
        message: "As discussed.".to_owned(),
        fields,
        anchors: Vec::new(),
        groups: Vec::new(),
        documents,
        recipients,
        language: "en".to_owned(),
        time_zone: ["UTC", "Europe/Paris", "Asia/Tokyo"][chance.below(3)].to_owned(),
        expiry: Some(Expiry::Days(u16::try_from(chance.between(1, 5)).expect("a few days"))),
        rules: Some(rules),
        frame_origins: Vec::new(),
        reminders: Some(reminders),
        step_limits: if chance.percent(20) { vec![StepLimit { step: 1, days: 1 }] } else { Vec::new() },
        mails,
        returns: Returns::default(),
    }
}

fn rules(chance: &mut Chance) -> Rules {
    Rules {
        place_required: false,
        decline_ends: chance.weighted(&[(2, DeclineEnds::Envelope), (1, DeclineEnds::Recipient)]),
        completion: chance.weighted(&[
            (5, Completion::All),
            (2, Completion::Required),
            (1, Completion::AnyOfStep),
            (1, Completion::AnyOfDocument),
        ]),
        placeholders: Placeholders::Turn,
        delegation: chance.weighted(&[
            (1, Delegation::Refused),
            (1, Delegation::WithConsent),
            (1, Delegation::Free),
        ]),
        part_11: chance.percent(10).then(|| Part11 { meanings: vec![MEANING.to_owned()] }),
        ..Rules::default()
    }
}

fn recipients(chance: &mut Chance, rules: &Rules) -> Vec<RecipientInput> {
    let roles = [
        (8, Role::Signer),
        (2, Role::Approver),
        (2, Role::Viewer),
        (2, Role::Filler),
        (1, Role::Copy),
        (1, Role::AutomaticSigner),
        (1, Role::InPersonSigner),
        (1, Role::Witness),
    ];
    let mut people: Vec<RecipientInput> = Vec::new();
    for _ in 0..chance.between(1, 4) {
        let role = chance.weighted(&roles);
        let step = u16::try_from(chance.between(1, 2)).expect("one or two");
        let mut new = person(chance, rules, role, step);
        match role {
            Role::InPersonSigner => {
                people.push(person(chance, rules, Role::Host, step));
                new.draft.host = Some(u16::try_from(people.len()).expect("a few"));
            }
            Role::Witness => {
                let seen = people.iter().position(|it| it.draft.role.acts());
                match seen {
                    Some(seen) => {
                        new.draft.step = people[seen].draft.step + 1;
                        new.draft.witness_of = Some(u16::try_from(seen + 1).expect("a few"));
                    }
                    None => new = person(chance, rules, Role::Signer, step),
                }
            }
            _ => {}
        }
        people.push(new);
    }
    people
}

fn person(chance: &mut Chance, rules: &Rules, role: Role, step: u16) -> RecipientInput {
    let vacant = chance.percent(5) && role == Role::Signer;
    let mut authentication = Vec::new();
    if role.is_invited() || role == Role::InPersonSigner {
        let secret = || Method::Secret { question: "Which animal?".into(), answer: None };
        authentication = match chance.below(9) {
            0 => vec![Method::EmailCode],
            1 => vec![Method::Pin { pin: None }],
            2 => vec![secret()],
            3 => vec![Method::EmailLink, Method::EmailCode, Method::Pin { pin: None }],
            4 if rules.part_11.is_none() => vec![Method::EmailLink],
            _ if rules.part_11.is_some() => vec![Method::Pin { pin: None }],
            _ => Vec::new(),
        };
    }
    let draft = RecipientDraft {
        name: if vacant { Personal::default() } else { "Ada Lovelace".into() },
        email: if vacant { Personal::default() } else { address(chance).into() },
        placeholder: vacant.then(|| "Tenant".to_owned()),
        role,
        step,
        language: ["en", "fr"][chance.below(2)].to_owned(),
        optional: chance.percent(30),
        mandate: (role == Role::AutomaticSigner).then(|| "Power of attorney of 3 May 2025".to_owned()),
        arrival: if chance.percent(10) { Arrival::Handed } else { Arrival::Mail },
        authentication,
        ..RecipientDraft::default()
    };
    RecipientInput { draft, answer: Some(ANSWER.to_owned()), pin: Some(PIN.to_owned()) }
}

fn fields(chance: &mut Chance, recipients: &[RecipientInput], documents: u16) -> Vec<FieldDraft> {
    let mut fields = Vec::new();
    for (number, recipient) in (1u16..).zip(recipients) {
        let kinds: &[FieldKind] = match recipient.draft.role {
            Role::Filler => &[FieldKind::Text, FieldKind::Checkbox],
            role if role.signs() => &[FieldKind::Signature, FieldKind::DateSigned, FieldKind::Text],
            _ => continue,
        };
        for (place, kind) in kinds.iter().enumerate() {
            // Who signs by mandate fills nothing by hand.
            if chance.percent(40) || *kind == FieldKind::Text && recipient.draft.role == Role::AutomaticSigner
            {
                continue;
            }
            let (x, y) = (40.0 + 170.0 * place as f64, 60.0 * f64::from(number));
            fields.push(FieldDraft {
                id: FieldId(format!("f{number}-{place}")),
                kind: *kind,
                document: u16::try_from(chance.between(1, i64::from(documents))).expect("one or two"),
                page: 1,
                rect: Rect::new(x, y, 150.0, 40.0).expect("a place on the page"),
                recipient: number,
                required: chance.percent(50),
                ..FieldDraft::default()
            });
        }
    }
    fields
}
