//! A mail came back.

use super::Reported;
use crate::error::{Class, Error};
use crate::execute::{Change, Scope};
use crate::server::Service;
use crate::work::undelivered;
use crate::world::from_micros;
use deliver::bounce::{BounceFault, BounceReport, BounceSource};
use deliver::channel::Callback;
use envelope::commands::record_bounce::RecordBounce;
use envelope::{Actor, Command, Envelope, MethodKind, Role};
use store::dispatches::{self, DispatchRow};

impl Service {
    /// Takes a notification (RFC 3464) that an operator vouches for. Where a tenant is named, mails of others are
    /// unknown.
    ///
    /// # Errors
    /// A stable code of [`BounceFault`] where it is none; a fault.
    pub async fn take_notification(&self, bytes: &[u8], tenant: Option<&str>) -> Result<Reported, Error> {
        let report = self.inner.bounces.notification(bytes).map_err(refused)?;
        self.take_bounce(&report, tenant).await
    }

    /// Says before it is read whether what a source posts can be taken at all.
    ///
    /// # Errors
    /// The source is not configured, or who posts does not show its secret.
    pub fn admits_bounces(&self, source: BounceSource, headers: &[(String, String)]) -> Result<(), Error> {
        self.inner.bounces.admits(source, headers).map_err(refused)
    }

    /// Takes what a source of reports posts.
    ///
    /// # Errors
    /// As [`take_notification`](Self::take_notification), and where it does not come from that source.
    pub async fn take_bounces(
        &self,
        source: BounceSource,
        callback: &Callback<'_>,
    ) -> Result<Vec<Reported>, Error> {
        let reports =
            self.inner.bounces.webhook(source, callback, self.now().as_second()).map_err(refused)?;
        let mut taken = Vec::with_capacity(reports.len());
        for report in &reports {
            taken.push(self.take_bounce(report, None).await?);
        }
        Ok(taken)
    }

    async fn take_bounce(&self, report: &BounceReport, tenant: Option<&str>) -> Result<Reported, Error> {
        let Some(mail) = self.dispatched(&report.names, tenant).await? else { return Ok(Reported::Unknown) };
        if !report.failed {
            return Ok(Reported::NotFinal);
        }
        let scope = Scope { tenant: mail.tenant.clone(), envelope: mail.envelope.clone(), mode: None };
        let state = self.load(&scope).await?.envelope;
        let commands = commands(&state, &mail, self.mail_id(&mail.dispatch), &report.status);
        let change = Change::of(&scope, &Actor::System, &commands);
        let changed = self.execute(&change).await?;
        Ok(if changed.events.is_empty() { Reported::Known } else { Reported::Recorded })
    }

    /// What left under one of these names.
    pub(super) async fn dispatched(
        &self,
        names: &[String],
        tenant: Option<&str>,
    ) -> Result<Option<DispatchRow>, Error> {
        let found = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    for name in names {
                        if let Some(row) = dispatches::find(tx, name).await? {
                            return Ok(Some(row));
                        }
                    }
                    Ok(None)
                })
            })
            .await
            .map_err(Error::Fault)?;
        Ok(found.filter(|row| tenant.is_none_or(|tenant| row.tenant == tenant)))
    }
}

/// What is to be recorded of a mail that came back.
fn commands(state: &Envelope, mail: &DispatchRow, message: String, status: &str) -> Vec<Command> {
    let number = mail.recipient.and_then(|number| u16::try_from(number).ok());
    let recipient = number.map(|number| reader(state, number, &mail.kind));
    let address = recipient.and_then(|number| state.recipient(number)).map(|it| it.email.text());
    let mut commands = vec![Command::RecordBounce(RecordBounce {
        recipient,
        message,
        permanent: true,
        status: status.to_owned(),
        destination: address.map(identity::mask_email).unwrap_or_default(),
    })];
    if mail.kind == MethodKind::EmailCode.word() {
        let sent_at = from_micros(mail.created_at);
        let reason = Some(status.to_owned());
        commands.extend(undelivered(
            state,
            number.unwrap_or_default(),
            MethodKind::EmailCode,
            sent_at,
            reason,
        ));
    }
    commands
}

/// Who reads a recipient's mail: the host of somebody who signs in their presence is asked in their place.
fn reader(state: &Envelope, number: u16, kind: &str) -> u16 {
    let asks = matches!(kind, "invitation" | "reminder");
    let person = state.recipient(number).filter(|it| asks && it.role == Role::InPersonSigner);
    person.and_then(|it| it.host).unwrap_or(number)
}

fn refused(fault: BounceFault) -> Error {
    let class = match fault {
        BounceFault::NotConfigured => Class::NotFound,
        BounceFault::NotAuthentic => Class::NotAuthentic,
        BounceFault::TooLarge => Class::TooLarge,
        _ => Class::Malformed,
    };
    Error::Wrong { class, code: fault.code(), sentence: fault.to_string() }
}
