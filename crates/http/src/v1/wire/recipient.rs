//! A recipient on the wire, and the way to the rules' words.

use super::method::{MethodAnswer, WireMethod};
use serde::{Deserialize, Serialize};
use service::envelope::{Arrival, Embedding, MethodKind, Notice, Person, RecipientDraft, Returns, Role};
use service::envelopes::{EnvelopeView, RecipientInput};
use utoipa::ToSchema;

/// Somebody with a part to play, as the sender describes them.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireRecipient {
    /// The person's name.
    #[serde(default)]
    name: String,
    /// Where mail goes.
    #[serde(default)]
    email: String,
    /// `signer` where it is left out.
    #[serde(default)]
    #[schema(value_type = String)]
    role: Role,
    /// Recipients of one step act in parallel; steps run in order. 1 where it is left out.
    #[serde(default = "one")]
    step: u16,
    /// `en`, `fr`, `de`, `es`, `it`, `pt`, `nl`, `da`, `sv`, `pl`, `ru`, `tr`, `hi`, `zh` or `hu`;
    /// the envelope's where it is left out.
    language: Option<String>,
    /// Telephone number in the international form, `+33612345678`.
    #[serde(default)]
    phone: String,
    /// How they prove who they are, in this order; by the link alone where it is left out.
    #[serde(default)]
    authentication: Vec<WireMethod>,
    /// What the role is called while it has no person yet.
    placeholder: Option<String>,
    /// It can be completed without them, where the rules count the required ones.
    #[serde(default)]
    optional: bool,
    /// Number of the host of an in-person signer.
    host: Option<u16>,
    /// Number of the recipient whose act a witness sees.
    witness_of: Option<u16>,
    /// What entitles an automatic signer to sign without a person.
    mandate: Option<String>,
    /// How they come to their page.
    #[serde(default)]
    arrival: WireArrival,
    /// Signing inside your own pages; only with `arrival: embedded`.
    embedding: Option<WireEmbedding>,
    /// Subject of their invitation, where it is not the usual one.
    #[serde(default)]
    subject: String,
    /// A private message.
    #[serde(default)]
    message: String,
    /// Where their browser goes when the visit is over.
    #[serde(default)]
    returns: Returns,
    /// IANA name of their time zone, where it is not the envelope's.
    time_zone: Option<String>,
}

fn one() -> u16 {
    1
}

/// How a recipient comes to their page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WireArrival {
    /// By a link in a mail.
    #[default]
    Mail,
    /// By a link that your program asks for and hands over.
    Handed,
    /// Inside your own pages.
    Embedded,
}

/// Signing inside another application's pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireEmbedding {
    /// How your application names the person; goes into the signature's reason and the audit trail.
    client_user_id: Option<String>,
    /// The invitation is mailed all the same.
    #[serde(default)]
    mail: bool,
}

impl WireRecipient {
    /// As the use case takes it.
    pub(crate) fn into_input(self, language: &str) -> RecipientInput {
        let RecipientInput { draft: chain, answer, pin } = to_chain(self.authentication);
        let draft = RecipientDraft {
            name: self.name.into(),
            email: self.email.trim().into(),
            role: self.role,
            step: self.step,
            language: self.language.unwrap_or_else(|| language.to_owned()),
            phone: self.phone.trim().into(),
            authentication: chain.authentication,
            placeholder: self.placeholder,
            optional: self.optional,
            host: self.host,
            witness_of: self.witness_of,
            mandate: self.mandate,
            arrival: to_arrival(self.arrival, self.embedding),
            notice: Notice {
                subject: self.subject.into(),
                message: self.message.into(),
                returns: self.returns,
            },
            time_zone: self.time_zone,
        };
        RecipientInput { draft, answer, pin }
    }
}

/// A chain of methods as the use cases take it: what is secret stands beside the methods.
pub(crate) fn to_chain(methods: Vec<WireMethod>) -> RecipientInput {
    let mut input = RecipientInput::default();
    let (answer, pin) = (&mut input.answer, &mut input.pin);
    input.draft.authentication = methods.into_iter().map(|it| it.into_method(answer, pin)).collect();
    input
}

/// How somebody comes to their page, in the rules' words.
pub(crate) fn to_arrival(arrival: WireArrival, embedding: Option<WireEmbedding>) -> Arrival {
    match arrival {
        WireArrival::Mail => Arrival::Mail,
        WireArrival::Handed => Arrival::Handed,
        WireArrival::Embedded => {
            let embedding = embedding.unwrap_or_default();
            Arrival::Embedded(Embedding { client_user_id: embedding.client_user_id, mail: embedding.mail })
        }
    }
}

/// A recipient, as the sender described them, and how far they have come.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct RecipientAnswer {
    /// From 1.
    number: u16,
    name: String,
    email: String,
    #[schema(value_type = String)]
    role: Role,
    step: u16,
    language: String,
    phone: String,
    /// Why a code may not arrive at that number, as far as the number tells: `fixed_line`, `internet_line` or
    /// `premium_rate`. A reason to look, and none to refuse.
    phone_warning: Option<&'static str>,
    authentication: Vec<MethodAnswer>,
    placeholder: Option<String>,
    optional: bool,
    host: Option<u16>,
    witness_of: Option<u16>,
    mandate: Option<String>,
    arrival: WireArrival,
    embedding: Option<WireEmbedding>,
    subject: String,
    message: String,
    returns: Returns,
    time_zone: Option<String>,
    /// `created`, `waiting`, `invited`, `opened`, `consented`, `signing`, `signed`, `filled`, `approved`, `viewed`,
    /// `declined`, `released`, `removed` or `ended`.
    status: &'static str,
    /// What became of the last mail to them, where that is known: `accepted` by a mail server, or `refused` for good,
    /// and it did not arrive.
    delivery: Option<&'static str>,
    acted_at: Option<String>,
    decline_reason: Option<String>,
    /// There were too many wrong answers; lift it with `unlock`.
    locked: bool,
    /// A mail to them came back.
    bounced: bool,
    /// By which way the last code did not reach them, where that is known and no newer one was sent.
    code_undelivered: Option<MethodKind>,
    reminded_at: Option<String>,
    /// Whom they want to act in their place, until you answer.
    delegation: Option<super::envelope::Person>,
    /// How often another person took the place.
    replaced: u16,
}

impl RecipientAnswer {
    /// The recipient of this number, who exists.
    pub(crate) fn of(view: &EnvelopeView, number: u16, recipient: &RecipientDraft) -> Self {
        let progress = view.envelope.status.progress();
        let part = progress.and_then(|progress| progress.part(number));
        let person = progress.and_then(|progress| progress.person(number)).cloned().unwrap_or_default();
        let Person { lock, bounced_at, undelivered, reminded_at, delegation, takeovers, .. } = person;
        let (declined_at, decline_reason) = match part {
            Some(service::envelope::Part::Declined { at, reason }) => {
                (Some(*at), Some(reason.text().to_owned()))
            }
            _ => (None, None),
        };
        let acted_at = part.and_then(service::envelope::Part::done_at).or(declined_at);
        let (arrival, embedding) = match &recipient.arrival {
            Arrival::Mail => (WireArrival::Mail, None),
            Arrival::Handed => (WireArrival::Handed, None),
            Arrival::Embedded(it) => (
                WireArrival::Embedded,
                Some(WireEmbedding { client_user_id: it.client_user_id.clone(), mail: it.mail }),
            ),
        };
        Self {
            number,
            name: recipient.name.text().to_owned(),
            email: recipient.email.text().to_owned(),
            role: recipient.role,
            step: recipient.step,
            language: recipient.language.clone(),
            phone: recipient.phone.text().to_owned(),
            phone_warning: service::phone_warning(recipient),
            authentication: recipient.authentication.iter().map(MethodAnswer::from).collect(),
            placeholder: recipient.placeholder.clone(),
            optional: recipient.optional,
            host: recipient.host,
            witness_of: recipient.witness_of,
            mandate: recipient.mandate.clone(),
            arrival,
            embedding,
            subject: recipient.notice.subject.text().to_owned(),
            message: recipient.notice.message.text().to_owned(),
            returns: recipient.notice.returns.clone(),
            time_zone: recipient.time_zone.clone(),
            status: view.part_word(number),
            delivery: view.envelope.deliveries.get(&number).map(|it| it.word()),
            acted_at: acted_at.map(|at| at.to_string()),
            decline_reason,
            locked: lock.is_some(),
            bounced: bounced_at.is_some(),
            code_undelivered: undelivered,
            reminded_at: reminded_at.map(|at| at.to_string()),
            delegation: delegation.map(|it| super::envelope::Person {
                name: it.name.text().to_owned(),
                email: it.email.text().to_owned(),
            }),
            replaced: u16::try_from(takeovers.len()).unwrap_or(u16::MAX),
        }
    }
}
