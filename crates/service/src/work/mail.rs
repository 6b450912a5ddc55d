//! Send mails, or keep them where nothing leaves.

use crate::effects::{DOWNLOAD_LINK, Purpose, Queued};
use crate::error::{Class, Error};
use crate::execute::{Change, Scope};
use crate::fault_point;
use crate::server::Service;
use crate::world::to_micros;
use crate::written_time;
use deliver::{Attachment, Kind, Message};
use envelope::commands::record_message::RecordMessage;
use envelope::commands::record_refused_message::RecordRefusedMessage;
use envelope::{Actor, Command, DocumentDraft, Envelope, Part, RecipientDraft, Role};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::messages::MessageRow;

/// What a mail is about, and to whom it goes.
pub(super) struct Addressed {
    pub(super) to: String,
    pub(super) to_name: String,
    pub(super) from_name: String,
    pub(super) reply_to: String,
    pub(super) rendered: deliver::Rendered,
    pub(super) attachments: Vec<Attachment>,
}

/// What became of a mail.
pub(super) enum Out {
    /// A mail server took it over.
    Accepted,
    /// It leaves nowhere and is to be kept here.
    Kept(MessageRow),
    /// A mail server refused its address for good.
    Refused { reply: Option<String> },
}

impl Service {
    pub(crate) async fn send_mail(
        &self,
        job: &Queued,
        id: &str,
        recipient: Option<u16>,
        purpose: Purpose,
        link: Option<&str>,
    ) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let state = self.load(&scope).await?.envelope;
        if matches!(purpose, Purpose::Invitation | Purpose::Reminder) && !still_wanted(&state, recipient) {
            return self.complete(job).await;
        }
        let link = match link {
            Some(sealed) => Some(self.signing_url(&self.opened_from_job(&job.tenant, sealed).await?)),
            None => None,
        };
        let addressed = self.addressed(&scope, &state, recipient, purpose, link).await?;
        let message = self.message_id(job);
        let out = self.let_out(job, state.test, &message, addressed).await?;
        fault_point::reach("mail.accepted");
        let purpose = purpose.word().to_owned();
        let (command, kept) = match out {
            Out::Accepted => (Command::RecordMessage(RecordMessage { recipient, purpose, message }), None),
            Out::Kept(row) => {
                (Command::RecordMessage(RecordMessage { recipient, purpose, message }), Some(row))
            }
            Out::Refused { reply } => {
                let record = RecordRefusedMessage { recipient, purpose, message, reply };
                (Command::RecordRefusedMessage(record), None)
            }
        };
        let commands = [command];
        let change =
            Change { kept: kept.as_ref(), ..Change::of(&scope, &Actor::System, &commands).finishing(job) };
        self.execute(&change).await?;
        fault_point::reach("mail.recorded");
        Ok(())
    }

    /// The same for every attempt of a job, so that a mail server or a reader can drop a repetition.
    pub(super) fn message_id(&self, job: &Queued) -> String {
        self.mail_id(&job.job)
    }

    /// The Message-ID of the mail that a job of this name sends.
    pub(crate) fn mail_id(&self, name: &str) -> String {
        let host = self.settings().public_url.split("://").nth(1).unwrap_or("localhost");
        let host = host.split(['/', ':']).next().unwrap_or("localhost");
        format!("<{name}@{host}>")
    }

    /// Hands a mail to the mail server; or gives what has to be written so that it can be read here. What may
    /// succeed later is an error.
    pub(super) async fn let_out(
        &self,
        job: &Queued,
        test: bool,
        message: &str,
        addressed: Addressed,
    ) -> Result<Out, Error> {
        let Addressed { to, to_name, from_name, reply_to, rendered, attachments } = addressed;
        if !test && !self.settings().dev {
            let mut mail = Message {
                id: message.to_owned(),
                to,
                to_name,
                from: self.settings().mail_from.clone(),
                from_name,
                reply_to,
                subject: rendered.subject,
                text: rendered.text,
                html: rendered.html,
                return_path: String::new(),
                headers: Vec::new(),
                attachments,
            };
            self.inner.bounces.mark(&mut mail);
            return match self.inner.outlet.carry(&mail).await {
                Ok(_) => Ok(Out::Accepted),
                Err(fault) if fault.is_of_the_address() => Ok(Out::Refused { reply: fault.reply() }),
                Err(fault) => Err(undelivered(fault)),
            };
        }
        Ok(Out::Kept(MessageRow {
            tenant: job.tenant.clone(),
            message: message.to_owned(),
            at: to_micros(self.now()),
            channel: "email".to_owned(),
            recipient_address: to,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            test,
        }))
    }

    async fn addressed(
        &self,
        scope: &Scope,
        state: &Envelope,
        recipient: Option<u16>,
        purpose: Purpose,
        link: Option<String>,
    ) -> Result<Addressed, Error> {
        let (sender, sender_email) = (state.sender.name.text(), state.sender.email.text());
        let person = recipient.and_then(|number| state.draft.recipients.get(usize::from(number) - 1));
        let host = person.and_then(|person| host_of(state, person));
        let reader = host.filter(|_| matches!(purpose, Purpose::Invitation | Purpose::Reminder)).or(person);
        let (name, email, language) = match reader {
            Some(person) => (person.name.text(), person.email.text(), person.language.as_str()),
            None => (sender, sender_email, state.draft.language.as_str()),
        };
        let (about, message) = about(state, person, purpose);
        let wishes = &state.draft.mails;
        let own_name = wishes.sender_name.text();
        let sender = if own_name.is_empty() { sender } else { own_name };
        let own_subject = match (person, purpose) {
            (Some(person), Purpose::Invitation) if !person.notice.subject.text().is_empty() => {
                person.notice.subject.text()
            }
            (Some(_), Purpose::Invitation) => wishes.subject.text(),
            _ => "",
        };
        let (attached, attachments) = match purpose {
            Purpose::Completed => self.attachments(&scope.tenant, state, recipient).await?,
            _ => Default::default(),
        };
        let desk = || format!("{}/envelopes/{}", self.settings().public_url, scope.envelope);
        let context = deliver::Context {
            name: name.to_owned(),
            sender: sender.to_owned(),
            sender_email: sender_email.to_owned(),
            organization: self.tenant_name(&scope.tenant).await?,
            title: state.draft.title.clone(),
            documents: seen_by(state, recipient).map(|(_, it)| it.title.clone()).collect(),
            message,
            person: about,
            link: link.unwrap_or_else(|| if recipient.is_none() { desk() } else { String::new() }),
            until: self.until(state, purpose, language),
            code: String::new(),
            subject: own_subject.to_owned(),
            attached,
            test: state.test,
        };
        let kind = kind(state, recipient, purpose);
        let rendered = self.rendered(&scope.tenant, kind, language, &context).await?;
        let answers = Some(wishes.reply_to.text()).filter(|it| !it.is_empty()).unwrap_or(sender_email);
        let reply_to = if recipient.is_some() { answers.to_owned() } else { String::new() };
        Ok(Addressed {
            to: email.to_owned(),
            to_name: name.to_owned(),
            from_name: sender.to_owned(),
            reply_to,
            rendered,
            attachments,
        })
    }

    /// Until when to sign, until when the link works, or when the time was over, as the reader's language writes it.
    fn until(&self, state: &Envelope, purpose: Purpose, language: &str) -> String {
        let at = match purpose {
            Purpose::Invitation | Purpose::Reminder | Purpose::Expired => {
                state.status.progress().map(|it| it.expires_at)
            }
            Purpose::Completed | Purpose::Download => self.now().checked_add(DOWNLOAD_LINK).ok(),
            Purpose::Declined
            | Purpose::Cancelled
            | Purpose::Acted { .. }
            | Purpose::Locked { .. }
            | Purpose::Delegation { .. }
            | Purpose::VacantRole { .. }
            | Purpose::Bounced { .. } => None,
        };
        let zone = TimeZone::get(&state.draft.time_zone).unwrap_or(TimeZone::UTC);
        let text = |at: Timestamp| {
            let at = at.to_zoned(zone);
            format!("{} ({})", written_time::moment(language, &at), at.strftime("%Z"))
        };
        at.map(text).unwrap_or_default()
    }
}

/// A mail server that may take it later is a fault that passes; one that refuses us has to be told to an operator.
fn undelivered(fault: deliver::DeliveryFault) -> Error {
    if fault.again() {
        return Error::Fault(store::Fault::conflict(fault.to_string()));
    }
    Error::Wrong {
        class: Class::Malformed,
        code: "mail_refused",
        sentence: "The mail server refuses what we send; check the mail settings.".to_owned(),
    }
}

/// Which mail it is, for whom it goes to.
fn kind(state: &Envelope, recipient: Option<u16>, purpose: Purpose) -> Kind {
    let person = recipient.and_then(|number| state.draft.recipients.get(usize::from(number) - 1));
    let first_step = state.draft.recipients.iter().filter(|it| it.role.acts()).map(|it| it.step).min();
    match (purpose, person) {
        (Purpose::Invitation | Purpose::Reminder, Some(person)) if person.role == Role::InPersonSigner => {
            Kind::InvitationHost
        }
        (Purpose::Reminder, _) => Kind::Reminder,
        (Purpose::Invitation, Some(person)) if person.role == Role::Approver => Kind::InvitationApprove,
        (Purpose::Invitation, Some(person)) if person.role == Role::Viewer => Kind::InvitationView,
        (Purpose::Invitation, Some(person)) if person.role == Role::Filler => Kind::InvitationFill,
        (Purpose::Invitation, Some(person)) if Some(person.step) != first_step => Kind::YourTurn,
        (Purpose::Invitation, _) => Kind::Invitation,
        (Purpose::Completed, Some(person)) if person.role == Role::Copy => Kind::Copy,
        (Purpose::Completed, Some(_)) => Kind::Completed,
        (Purpose::Completed, None) => Kind::CompletedSender,
        (Purpose::Declined, Some(_)) => Kind::Declined,
        (Purpose::Declined, None) => Kind::DeclinedSender,
        (Purpose::Cancelled, Some(_)) => Kind::Cancelled,
        (Purpose::Cancelled, None) => Kind::CancelledSender,
        (Purpose::Expired, Some(_)) => Kind::Expired,
        (Purpose::Expired, None) => Kind::ExpiredSender,
        (Purpose::Download, _) => Kind::DownloadLinkRenewed,
        (Purpose::Acted { .. }, _) => Kind::ActedSender,
        (Purpose::Locked { .. }, _) => Kind::LockedSender,
        (Purpose::Delegation { .. }, _) => Kind::DelegationSender,
        (Purpose::VacantRole { .. }, _) => Kind::VacantRoleSender,
        (Purpose::Bounced { .. }, _) => Kind::BouncedSender,
    }
}

/// The documents that are spoken of to a recipient: those that they see. To the sender, all.
pub(super) fn seen_by(
    state: &Envelope,
    recipient: Option<u16>,
) -> impl Iterator<Item = (u16, &DocumentDraft)> {
    let numbered = state.document_numbers().zip(&state.draft.documents);
    numbered.filter(move |(number, _)| recipient.is_none_or(|it| state.draft.is_visible(*number, it)))
}

/// The host of an in-person signer, who reads their mail.
fn host_of<'s>(state: &'s Envelope, person: &RecipientDraft) -> Option<&'s RecipientDraft> {
    state.recipient(person.host?).filter(|_| person.role == Role::InPersonSigner)
}

/// Who it is about and what they said.
fn about(state: &Envelope, person: Option<&RecipientDraft>, purpose: Purpose) -> (String, String) {
    let progress = state.status.progress();
    let called = |number: u16| {
        let recipient = state.recipient(number);
        let name = recipient.map_or("", |it| it.name.text());
        let role = recipient.and_then(|it| it.placeholder.as_deref()).unwrap_or_default();
        if name.is_empty() { role.to_owned() } else { name.to_owned() }
    };
    match purpose {
        Purpose::Invitation | Purpose::Reminder => {
            let own = person.map_or("", |it| it.notice.message.text());
            let message = if own.is_empty() { state.draft.message.text() } else { own };
            (person.map_or("", |it| it.name.text()).to_owned(), message.to_owned())
        }
        Purpose::Declined => progress
            .and_then(|progress| {
                progress.parts.iter().zip(&state.draft.recipients).find_map(|(part, person)| match part {
                    Part::Declined { reason, .. } => {
                        Some((person.name.text().to_owned(), reason.text().to_owned()))
                    }
                    _ => None,
                })
            })
            .unwrap_or_default(),
        Purpose::Cancelled => (String::new(), progress.map_or("", |it| it.cancel_reason.text()).to_owned()),
        Purpose::Completed | Purpose::Expired | Purpose::Download => Default::default(),
        Purpose::Delegation { recipient } => {
            let asked = progress.and_then(|it| it.person(recipient)?.delegation.as_ref());
            let other =
                asked.map(|it| format!("{} <{}>\n\n{}", it.name.text(), it.email.text(), it.reason.text()));
            (called(recipient), other.unwrap_or_default())
        }
        Purpose::Acted { recipient }
        | Purpose::Locked { recipient }
        | Purpose::VacantRole { recipient }
        | Purpose::Bounced { recipient } => (called(recipient), String::new()),
    }
}

/// An invitation that was overtaken (by an act, an end) is not sent any more.
fn still_wanted(state: &Envelope, recipient: Option<u16>) -> bool {
    let part = recipient.and_then(|number| state.status.progress()?.part(number));
    part.is_some_and(Part::may_act) && matches!(state.status, envelope::Status::InProgress(_))
}
