//! Make a one-time code, and bring it to a recipient.

use super::mail::{Addressed, Out};
use crate::ceremony::destination;
use crate::effects::{CodeToSend, Queued, Work, telephone_counter};
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use crate::world::{self, to_micros};
use deliver::channel::{Call, Handed, Phone, TextMessage, Ticket, spoken_code};
use deliver::{Kind, Said};
use envelope::commands::record_undelivered_code::RecordUndeliveredCode;
use envelope::{Actor, Command, Envelope, MethodKind, RecipientDraft};
use identity::{Code, CodeLength};
use jiff::Timestamp;
use store::messages::MessageRow;
use store::{Tx, codes, counters};

/// What became of a code on its way.
enum Went {
    /// A mail server or a provider took it over.
    Out,
    /// It leaves nowhere and is to be kept here.
    Kept(MessageRow),
    /// It was refused for good.
    Nowhere { reason: Option<String> },
}

/// What is recorded of a code that did not arrive; nothing where the recipient is no more.
pub(crate) fn undelivered(
    state: &Envelope,
    recipient: u16,
    method: MethodKind,
    sent_at: Timestamp,
    reason: Option<String>,
) -> Option<Command> {
    let destination = destination(state.recipient(recipient)?, method);
    Some(Command::RecordUndeliveredCode(RecordUndeliveredCode {
        recipient,
        method,
        sent_at,
        destination,
        reason,
    }))
}

impl Service {
    /// Makes a code: its HMAC is kept, the code itself stands only in the job that brings it, sealed.
    pub(crate) async fn new_code(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        recipient: u16,
        visit: u16,
        method: MethodKind,
    ) -> Result<Work, Error> {
        let length = if method == MethodKind::EmailCode { CodeLength::Nine } else { CodeLength::Six };
        let code = Code::digits(world::bytes::<16>(self.random()), length);
        let digest = self.code_digest(&scope.tenant, &scope.envelope, recipient, code.as_str());
        codes::put(tx, &scope.tenant, &scope.envelope, recipient.into(), visit.into(), &digest).await?;
        if method.needs_phone() {
            counters::increment(tx, &scope.tenant, &telephone_counter(self.now())).await?;
        }
        Ok(Work::Code(CodeToSend {
            envelope: scope.envelope.clone(),
            recipient,
            method,
            code: self.sealed_for_job(&scope.tenant, code.as_str())?,
        }))
    }

    /// Brings a code to its recipient, or keeps it where nothing leaves. One that comes too late is dropped.
    pub(crate) async fn send_code(&self, job: &Queued, it: &CodeToSend) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: it.envelope.clone(), mode: None };
        let state = self.load(&scope).await?.envelope;
        let person = state.recipient(it.recipient).ok_or_else(|| Error::fault("a code for nobody"))?;
        let wanted = state.status.progress().and_then(|progress| progress.person(it.recipient)?.challenge);
        let Some(wanted) = wanted.filter(|challenge| challenge.method == it.method) else {
            return self.complete(job).await;
        };
        let code = self.opened_from_job(&job.tenant, &it.code).await?;
        let went = match it.method {
            MethodKind::EmailCode => self.mail_code(job, &state, person, &code).await?,
            _ => self.phone_code(job, &state, person, it.method, &code).await?,
        };
        let (kept, commands) = match went {
            Went::Out => (None, Vec::new()),
            Went::Kept(message) => (Some(message), Vec::new()),
            Went::Nowhere { reason } => {
                let command = undelivered(&state, it.recipient, it.method, wanted.at, reason);
                (None, command.into_iter().collect())
            }
        };
        let change = Change { kept: kept.as_ref(), ..Change::of(&scope, &Actor::System, &commands) };
        self.execute(&change.finishing(job)).await.map(drop)
    }

    async fn mail_code(
        &self,
        job: &Queued,
        state: &Envelope,
        person: &RecipientDraft,
        code: &str,
    ) -> Result<Went, Error> {
        let sender = sender_name(state);
        let context = deliver::Context {
            name: person.name.text().to_owned(),
            sender: sender.to_owned(),
            sender_email: state.sender.email.text().to_owned(),
            organization: self.tenant_name(&job.tenant).await?,
            title: state.draft.title.clone(),
            code: grouped(code),
            test: state.test,
            ..Default::default()
        };
        let rendered = self.rendered(&job.tenant, Kind::Code, &person.language, &context).await?;
        let addressed = Addressed {
            to: person.email.text().to_owned(),
            to_name: person.name.text().to_owned(),
            from_name: sender.to_owned(),
            reply_to: String::new(),
            rendered,
            attachments: Vec::new(),
        };
        match self.let_out(job, state.test, &self.message_id(job), addressed).await? {
            Out::Kept(row) => Ok(Went::Kept(row)),
            Out::Accepted => Ok(Went::Out),
            Out::Refused { reply } => Ok(Went::Nowhere { reason: reply }),
        }
    }

    async fn phone_code(
        &self,
        job: &Queued,
        state: &Envelope,
        person: &RecipientDraft,
        method: MethodKind,
        code: &str,
    ) -> Result<Went, Error> {
        let number = person.phone.text();
        let spoken = method == MethodKind::VoiceCode;
        let said = Said {
            sender: sender_name(state),
            code: &grouped(code),
            spoken: &spoken_code(code, &person.language),
        };
        let text = if spoken { said.call(&person.language) } else { said.text(&person.language) };
        if !state.test && !self.settings().dev {
            let to = Phone::parse(number)
                .map_err(|_| Error::fault("a telephone number that no rule let through"))?;
            let (language, key) = (person.language.clone(), job.job.clone());
            let channel = &self.inner.channel;
            let handed = if spoken {
                let now_s = u64::try_from(self.now().as_second()).unwrap_or_default();
                let ticket = Ticket { now_s, random: world::bytes(self.random()) };
                channel.call(&Call { to, words: text.clone(), language, key }, &ticket).await
            } else {
                channel.text(&TextMessage { to, text: text.clone(), language, key }).await
            };
            return match handed {
                Ok(Handed::Accepted { .. } | Handed::Kept) => Ok(Went::Out),
                Err(fault) if fault.again() => {
                    Err(Error::Fault(store::Fault::conflict(fault.code().to_owned())))
                }
                // The log has said why; the person waits now, and is told that nothing will come.
                Err(fault) => {
                    let reason = fault.reason().map_or_else(|| fault.code().to_owned(), |it| it.to_string());
                    Ok(Went::Nowhere { reason: Some(reason) })
                }
            };
        }
        Ok(Went::Kept(MessageRow {
            tenant: job.tenant.clone(),
            message: self.message_id(job),
            at: to_micros(self.now()),
            channel: if spoken { "voice" } else { "sms" }.to_owned(),
            recipient_address: number.to_owned(),
            subject: String::new(),
            text,
            html: String::new(),
            test: state.test,
        }))
    }
}

fn sender_name(state: &Envelope) -> &str {
    let own = state.draft.mails.sender_name.text();
    if own.is_empty() { state.sender.name.text() } else { own }
}

/// In groups of three, as it is read from one screen and typed into another.
fn grouped(code: &str) -> String {
    let groups: Vec<String> =
        code.as_bytes().chunks(3).map(|it| String::from_utf8_lossy(it).into_owned()).collect();
    groups.join(" ")
}
