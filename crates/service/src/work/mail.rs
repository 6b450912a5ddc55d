//! Send mails, or keep them where nothing leaves.

use crate::effects::{DOWNLOAD_LINK, Purpose, Queued};
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::fault_point;
use crate::server::Service;
use crate::world::to_micros;
use deliver::{Kind, Message};
use envelope::commands::record_message::RecordMessage;
use envelope::{Actor, Command, Envelope, Part, Role};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::jobs;
use store::messages::{self, MessageRow};

/// What a mail is about, and to whom it goes.
struct Addressed {
    to: String,
    to_name: String,
    from_name: String,
    reply_to: String,
    rendered: deliver::Rendered,
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
        if purpose == Purpose::Invitation && !still_wanted(&state, recipient) {
            return self.complete(job).await;
        }
        let link = match link {
            Some(sealed) => Some(self.signing_url(&self.opened_link(&job.tenant, sealed).await?)),
            None => None,
        };
        let addressed =
            self.addressed(id, self.tenant_name(&job.tenant).await?, &state, recipient, purpose, link)?;
        let message = self.message_id(job);
        let kept = self.let_out(job, state.test, &message, addressed).await?;
        fault_point::reach("mail.accepted");
        let record = RecordMessage { recipient, purpose: purpose.word().to_owned(), message };
        let commands = [Command::RecordMessage(record)];
        self.execute(&Change {
            scope: &scope,
            actor: &Actor::System,
            commands: &commands,
            job: Some(job),
            kept: kept.as_ref(),
            link: None,
        })
        .await?;
        fault_point::reach("mail.recorded");
        Ok(())
    }

    pub(crate) async fn send_sign_in_mail(&self, job: &Queued, user: &str, link: &str) -> Result<(), Error> {
        let user = self.user(&job.tenant, user).await?;
        let url = self.sign_in_url(&self.opened_link(&job.tenant, link).await?);
        let organization = self.tenant_name(&job.tenant).await?;
        let context =
            deliver::Context { name: user.name.clone(), organization, link: url, ..Default::default() };
        let rendered = deliver::render(Kind::SignIn, "en", &context).map_err(Error::fault)?;
        let addressed = Addressed {
            to: user.email.clone(),
            to_name: user.name.clone(),
            from_name: context.organization,
            reply_to: String::new(),
            rendered,
        };
        let kept = self.let_out(job, false, &self.message_id(job), addressed).await?;
        let kept = kept.as_ref();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(message) = kept {
                        messages::put(tx, message).await?;
                    }
                    jobs::complete(tx, &job.tenant, &job.job, &job.lease_token).await?;
                    Ok(())
                })
            })
            .await
    }

    /// The same for every attempt of a job, so that a mail server or a reader can drop a repetition.
    fn message_id(&self, job: &Queued) -> String {
        let host = self.settings().public_url.split("://").nth(1).unwrap_or("localhost");
        let host = host.split(['/', ':']).next().unwrap_or("localhost");
        format!("<{}@{host}>", job.job)
    }

    /// Hands a mail to the mail server; or gives what has to be written so that it can be read here.
    async fn let_out(
        &self,
        job: &Queued,
        test: bool,
        message: &str,
        addressed: Addressed,
    ) -> Result<Option<MessageRow>, Error> {
        let Addressed { to, to_name, from_name, reply_to, rendered } = addressed;
        if !test && !self.settings().dev {
            let mail = Message {
                id: message.to_owned(),
                to,
                to_name,
                from: self.settings().mail_from.clone(),
                from_name,
                reply_to,
                subject: rendered.subject,
                text: rendered.text,
                html: rendered.html,
            };
            self.inner.outlet.carry(&mail).await.map_err(undelivered)?;
            return Ok(None);
        }
        Ok(Some(MessageRow {
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

    fn addressed(
        &self,
        id: &str,
        organization: String,
        state: &Envelope,
        recipient: Option<u16>,
        purpose: Purpose,
        link: Option<String>,
    ) -> Result<Addressed, Error> {
        let (sender, sender_email) = (state.sender.name.text(), state.sender.email.text());
        let person = recipient.and_then(|number| state.draft.recipients.get(usize::from(number) - 1));
        let (name, email, language) = match person {
            Some(person) => (person.name.text(), person.email.text(), person.language.as_str()),
            None => (sender, sender_email, state.draft.language.as_str()),
        };
        let (about, message) = about(state, purpose);
        let desk = || format!("{}/envelopes/{id}", self.settings().public_url);
        let context = deliver::Context {
            name: name.to_owned(),
            sender: sender.to_owned(),
            sender_email: sender_email.to_owned(),
            organization,
            title: state.draft.title.clone(),
            documents: state.draft.documents.iter().map(|it| it.title.clone()).collect(),
            message,
            person: about,
            link: link.unwrap_or_else(|| if recipient.is_none() { desk() } else { String::new() }),
            until: self.until(state, purpose),
            test: state.test,
        };
        let rendered =
            deliver::render(kind(state, recipient, purpose), language, &context).map_err(Error::fault)?;
        let reply_to = if recipient.is_some() { sender_email.to_owned() } else { String::new() };
        Ok(Addressed {
            to: email.to_owned(),
            to_name: name.to_owned(),
            from_name: sender.to_owned(),
            reply_to,
            rendered,
        })
    }

    /// Until when to sign, until when the link works, or when the time was over.
    fn until(&self, state: &Envelope, purpose: Purpose) -> String {
        let at = match purpose {
            Purpose::Invitation | Purpose::Expired => state.status.progress().map(|it| it.expires_at),
            Purpose::Completed | Purpose::Download => self.now().checked_add(DOWNLOAD_LINK).ok(),
            Purpose::Declined | Purpose::Cancelled => None,
        };
        let zone = TimeZone::get(&state.draft.time_zone).unwrap_or(TimeZone::UTC);
        let text = |at: Timestamp| at.to_zoned(zone).strftime("%Y-%m-%d %H:%M %Z").to_string();
        at.map(text).unwrap_or_default()
    }
}

/// A mail server that may take it later is a fault that passes; one that refuses it has to be told to a person.
fn undelivered(fault: deliver::DeliveryFault) -> Error {
    if fault.again() {
        return Error::Fault(store::Fault::conflict(fault.to_string()));
    }
    Error::Wrong {
        code: "mail_refused",
        sentence: "The mail server refuses this message; check the address and the mail settings.".to_owned(),
    }
}

/// Which mail it is, for whom it goes to.
fn kind(state: &Envelope, recipient: Option<u16>, purpose: Purpose) -> Kind {
    let person = recipient.and_then(|number| state.draft.recipients.get(usize::from(number) - 1));
    let first_step =
        state.draft.recipients.iter().filter(|it| it.role == Role::Signer).map(|it| it.step).min();
    match (purpose, person) {
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
    }
}

/// Who it is about and what they said.
fn about(state: &Envelope, purpose: Purpose) -> (String, String) {
    let progress = state.status.progress();
    match purpose {
        Purpose::Invitation => (String::new(), state.draft.message.text().to_owned()),
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
    }
}

/// An invitation that was overtaken (by an act, an end) is not sent any more.
fn still_wanted(state: &Envelope, recipient: Option<u16>) -> bool {
    let part = recipient.and_then(|number| state.status.progress()?.part(number));
    matches!(part, Some(Part::Invited)) && matches!(state.status, envelope::Status::InProgress(_))
}
