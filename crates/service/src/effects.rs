//! Effects become jobs, in the transaction that decided them.

use crate::error::Error;
use crate::execute::Scope;
use crate::ids;
use crate::server::Service;
use crate::vault;
use crate::world::to_micros;
use envelope::{Effect, Envelope, MethodKind, Outcome, Status};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::dispatches::{self, DispatchRow};
use store::jobs::{self, Lease, NewJob, OnDuplicate};
use store::links::{self, LinkRow};

/// A job is done by the process that queued it, which holds it from the start; when that process dies,
/// another one may take it after this time.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// A download link lives so long; it can be renewed by its holder.
pub(crate) const DOWNLOAD_LINK: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A job that this process holds.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) tenant: String,
    pub(crate) job: String,
    pub(crate) lease_token: String,
    pub(crate) leased_until: Timestamp,
    pub(crate) attempt: i64,
    pub(crate) work: Work,
}

/// What a job is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub(crate) enum Work {
    /// Put a recipient's act into the documents.
    Act { envelope: String, recipient: u16 },
    /// The same, of somebody whose key may be elsewhere: it may take a minute.
    ActElsewhere { envelope: String, recipient: u16 },
    /// Put the seal on.
    Seal { envelope: String },
    /// Make the audit trail.
    Audit { envelope: String },
    /// Do what is due in the envelope.
    #[serde(alias = "expire")]
    Wake { envelope: String },
    /// Send a recipient a code.
    Code(CodeToSend),
    /// Delete the documents of an envelope.
    DeleteDocuments { envelope: String },
    /// Send a recipient, or the sender, a mail about an envelope.
    Mail { envelope: String, recipient: Option<u16>, purpose: Purpose, link: Option<String> },
    /// See who works here under an address, kept sealed, and send them links to sign in.
    SignIn { address: String },
    /// Send a user a link to sign in; with a greeting where a colleague invites them.
    SignInMail {
        user: String,
        link: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        greeting: Option<Greeting>,
    },
    /// Tell a customer's program what happened.
    Webhook { delivery: String },
    /// Make and send the next envelopes of a list.
    Bulk { bulk: String },
}

/// Who invites a user, and in which language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Greeting {
    /// Id of the colleague.
    pub(crate) by: String,
    pub(crate) language: String,
}

/// A code on its way to a recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CodeToSend {
    pub(crate) envelope: String,
    pub(crate) recipient: u16,
    pub(crate) method: MethodKind,
    /// The code, sealed under the tenant's data key.
    pub(crate) code: String,
}

/// Name of the counter of codes that went by telephone in the month of this instant.
pub(crate) fn telephone_counter(at: Timestamp) -> String {
    format!("telephone/{}", at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m"))
}

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Purpose {
    Invitation,
    Completed,
    Declined,
    Cancelled,
    Expired,
    Download,
    /// To a recipient whose turn it is: a reminder.
    Reminder,
    /// To the sender: this recipient did what was asked.
    Acted {
        recipient: u16,
    },
    /// To the sender: there were too many wrong answers in this recipient's name.
    Locked {
        recipient: u16,
    },
    /// To the sender: this recipient wants somebody else to act in their place.
    Delegation {
        recipient: u16,
    },
    /// To the sender: it waits for somebody to be named for this role.
    VacantRole {
        recipient: u16,
    },
    /// To the sender: this recipient's mail came back.
    Bounced {
        recipient: u16,
    },
}

impl Purpose {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Download => "download",
            Self::Reminder => "reminder",
            Self::Acted { .. } => "acted",
            Self::Locked { .. } => "locked",
            Self::Delegation { .. } => "delegation",
            Self::VacantRole { .. } => "vacant_role",
            Self::Bounced { .. } => "bounced",
        }
    }
}

/// Kinds of jobs that the workers take.
pub(crate) const KINDS: [&str; 6] = ["act", "seal", "audit", "expire", "mail", "delete"];
/// Kinds of jobs whose time is in the hands of strangers: they have workers of their own, so that no act waits for them.
pub(crate) const CALLS: [&str; 1] = ["webhook"];
/// The same for acts whose key is elsewhere: neither do customers' programs wait for them.
pub(crate) const ELSEWHERE: [&str; 1] = ["act_elsewhere"];
/// Lists have a worker of their own: nothing that somebody waits for stands behind ten thousand envelopes.
pub(crate) const BULK: [&str; 1] = ["bulk"];

impl Work {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Act { .. } => "act",
            Self::ActElsewhere { .. } => "act_elsewhere",
            Self::Seal { .. } => "seal",
            Self::Audit { .. } => "audit",
            Self::Wake { .. } => "expire",
            Self::DeleteDocuments { .. } => "delete",
            Self::Mail { .. } | Self::Code(_) | Self::SignIn { .. } | Self::SignInMail { .. } => "mail",
            Self::Webhook { .. } => "webhook",
            Self::Bulk { .. } => "bulk",
        }
    }

    /// Whether it waits for its turn apart from the others ([`CALLS`], [`ELSEWHERE`], [`BULK`]).
    pub(crate) fn is_call(&self) -> bool {
        [CALLS, ELSEWHERE, BULK].iter().flatten().any(|it| *it == self.kind())
    }

    /// What there is one job of this kind of at a time.
    fn only_one_of(&self) -> Option<&str> {
        match self {
            Self::Wake { envelope } => Some(envelope),
            Self::Bulk { bulk } => Some(bulk),
            _ => None,
        }
    }

    /// The envelope that the job belongs to, and that is held up where it fails.
    pub(crate) fn envelope(&self) -> Option<&str> {
        match self {
            Self::Act { envelope, .. }
            | Self::ActElsewhere { envelope, .. }
            | Self::Seal { envelope }
            | Self::Audit { envelope }
            | Self::Wake { envelope }
            | Self::DeleteDocuments { envelope }
            | Self::Mail { envelope, .. } => Some(envelope),
            Self::Code(code) => Some(&code.envelope),
            Self::SignIn { .. } | Self::SignInMail { .. } | Self::Webhook { .. } | Self::Bulk { .. } => None,
        }
    }
}

/// Queues what a decision wants done; gives the jobs that this process can begin with at once.
pub(crate) async fn queue(
    service: &Service,
    tx: &mut Tx<'_>,
    scope: &Scope,
    state: &Envelope,
    effects: &[Effect],
) -> Result<Vec<Queued>, Error> {
    let mut queued = Vec::new();
    let id = || scope.envelope.clone();
    for effect in effects {
        let now = service.now();
        let (work, run_at) = match effect {
            Effect::EndLink { recipient } => {
                // The instant of the event that ended it: by it is known later why.
                let (number, at) = (i64::from(*recipient), to_micros(state.updated_at));
                for purpose in LinkPurpose::TO_SIGN {
                    links::end_for_recipient(tx, &scope.tenant, &scope.envelope, number, purpose, at).await?;
                }
                continue;
            }
            Effect::EndAllLinks => {
                for purpose in LinkPurpose::TO_SIGN {
                    links::end_all(tx, &scope.tenant, &scope.envelope, purpose, to_micros(now)).await?;
                }
                continue;
            }
            Effect::InvitationMail { recipient } => {
                let link = service.new_link(tx, scope, *recipient, LinkPurpose::Sign).await?;
                let link = Some(service.sealed_for_job(&scope.tenant, &link)?);
                let purpose = Purpose::Invitation;
                (Work::Mail { envelope: id(), recipient: Some(*recipient), purpose, link }, now)
            }
            Effect::OutcomeMail { recipient } => {
                let purpose = outcome_purpose(state);
                let link = match recipient {
                    Some(number) if purpose == Purpose::Completed => {
                        let link = service.new_link(tx, scope, *number, LinkPurpose::Download).await?;
                        Some(service.sealed_for_job(&scope.tenant, &link)?)
                    }
                    _ => None,
                };
                (Work::Mail { envelope: id(), recipient: *recipient, purpose, link }, now)
            }
            Effect::CarryOutAct { recipient } => {
                let (envelope, recipient) = (id(), *recipient);
                let person = state.recipient(recipient);
                // Whether it signs this act is decided when it is carried out.
                let elsewhere = person.is_some_and(|it| service.inner.remote_keys.knows(it.email.text()));
                let work = match elsewhere {
                    true => Work::ActElsewhere { envelope, recipient },
                    false => Work::Act { envelope, recipient },
                };
                (work, now)
            }
            Effect::CarryOutSeal => (Work::Seal { envelope: id() }, now),
            Effect::AuditTrail => (Work::Audit { envelope: id() }, now),
            Effect::SendCode { recipient, method, visit } => {
                (service.new_code(tx, scope, *recipient, *visit, *method).await?, now)
            }
            Effect::DeleteDocuments => (Work::DeleteDocuments { envelope: id() }, now),
            Effect::ReminderMail { recipient } => {
                let link = service.new_link(tx, scope, *recipient, LinkPurpose::Sign).await?;
                let link = Some(service.sealed_for_job(&scope.tenant, &link)?);
                (
                    Work::Mail {
                        envelope: id(),
                        recipient: Some(*recipient),
                        purpose: Purpose::Reminder,
                        link,
                    },
                    now,
                )
            }
            Effect::ActedMail { recipient } => {
                (to_sender(id(), Purpose::Acted { recipient: *recipient }), now)
            }
            Effect::LockedMail { recipient } => {
                (to_sender(id(), Purpose::Locked { recipient: *recipient }), now)
            }
            Effect::DelegationMail { recipient } => {
                (to_sender(id(), Purpose::Delegation { recipient: *recipient }), now)
            }
            Effect::VacantRoleMail { recipient } => {
                (to_sender(id(), Purpose::VacantRole { recipient: *recipient }), now)
            }
            Effect::BouncedMail { recipient } => {
                (to_sender(id(), Purpose::Bounced { recipient: *recipient }), now)
            }
        };
        queued.extend(service.enqueue(tx, &scope.tenant, work, run_at).await?);
    }
    Ok(queued)
}

/// What leaves for a person: under the name of its job it comes back.
fn dispatch(queued: &Queued, now: Timestamp) -> Option<DispatchRow> {
    let (envelope, recipient, kind) = match &queued.work {
        Work::Mail { envelope, recipient, purpose, .. } => (envelope, *recipient, purpose.word()),
        Work::Code(code) => (&code.envelope, Some(code.recipient), code.method.word()),
        _ => return None,
    };
    Some(DispatchRow {
        tenant: queued.tenant.clone(),
        dispatch: queued.job.clone(),
        envelope: envelope.clone(),
        recipient: recipient.map(i64::from),
        kind: kind.to_owned(),
        created_at: to_micros(now),
    })
}

fn to_sender(envelope: String, purpose: Purpose) -> Work {
    Work::Mail { envelope, recipient: None, purpose, link: None }
}

fn outcome_purpose(state: &Envelope) -> Purpose {
    match &state.status {
        Status::Ended(ending) => match ending.outcome {
            Outcome::Completed => Purpose::Completed,
            Outcome::Declined { .. } => Purpose::Declined,
            Outcome::Cancelled => Purpose::Cancelled,
            Outcome::Expired => Purpose::Expired,
        },
        _ => Purpose::Completed,
    }
}

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkPurpose {
    /// Signing, by a link that was mailed to the recipient.
    Sign,
    /// Signing, by a link that was handed to the sender, who took the person there.
    Handed,
    /// The same, where whoever sent it by an address for editing the draft goes on to sign it.
    Initiator,
    /// Downloading what came out.
    Download,
}

impl LinkPurpose {
    /// Those that end with the act.
    const TO_SIGN: [&str; 3] = ["sign", "handed", "initiator"];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Handed => "handed",
            Self::Initiator => "initiator",
            Self::Download => "download",
        }
    }
}

impl Service {
    /// Writes down a job. One that is due now is held by this process from the start, if it works at all,
    /// so that no second commit is needed to claim it.
    pub(crate) async fn enqueue(
        &self,
        tx: &mut Tx<'_>,
        tenant: &str,
        work: Work,
        run_at: Timestamp,
    ) -> Result<Option<Queued>, Error> {
        let now = self.now();
        let held = self.settings().works && run_at <= now;
        let leased_until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
        let queued = Queued {
            tenant: tenant.to_owned(),
            job: self.new_id("job"),
            lease_token: ids::secret(self.random()),
            leased_until,
            attempt: 1,
            work,
        };
        let job = NewJob {
            tenant: tenant.to_owned(),
            job: queued.job.clone(),
            kind: queued.work.kind().to_owned(),
            dedup_key: queued.work.only_one_of().map(str::to_owned),
            payload: serde_json::to_string(&queued.work).map_err(Error::fault)?,
            run_at: to_micros(run_at),
            max_attempts: jobs::NO_END,
            on_duplicate: OnDuplicate::Keep,
            leased: held.then(|| Lease { until: to_micros(leased_until), token: queued.lease_token.clone() }),
        };
        // Where one like it stands already, that one is done, and nobody holds the lease of this one.
        let held = jobs::enqueue(tx, &job).await?.is_some() && held;
        if let Some(row) = dispatch(&queued, now) {
            dispatches::insert(tx, &row).await?;
        }
        Ok(held.then_some(queued))
    }

    /// Makes a link: random, kept as HMAC; gives the token.
    pub(crate) async fn new_link(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        recipient: u16,
        purpose: LinkPurpose,
    ) -> Result<String, Error> {
        let (token, row) = self.link(scope, recipient, purpose);
        links::insert(tx, &row).await?;
        Ok(token)
    }

    /// A link that is to be written down: the token, and what is kept of it.
    pub(crate) fn link(&self, scope: &Scope, recipient: u16, purpose: LinkPurpose) -> (String, LinkRow) {
        let token = format!("{}{}", scope.tenant, ids::secret(self.random()));
        let expires_at = match purpose {
            LinkPurpose::Sign | LinkPurpose::Handed | LinkPurpose::Initiator => None,
            LinkPurpose::Download => self.now().checked_add(DOWNLOAD_LINK).ok().map(to_micros),
        };
        let row = LinkRow {
            tenant: scope.tenant.clone(),
            digest: self.inner.vault.digest("link", &token),
            envelope: scope.envelope.clone(),
            recipient: i64::from(recipient),
            purpose: purpose.word().to_owned(),
            expires_at,
            ended_at: None,
        };
        (token, row)
    }

    /// A link's token as it may stand in the payload of a job, until the mail is out. The tenant's data key
    /// has been loaded before the transaction began.
    pub(crate) fn sealed_for_job(&self, tenant: &str, token: &str) -> Result<String, Error> {
        use base64::Engine as _;
        let key = self.inner.data_keys.get(tenant).ok_or_else(|| Error::fault("no data key is loaded"))?;
        let sealed = vault::seal(&key, "link", token.as_bytes(), self.random());
        Ok(base64::engine::general_purpose::STANDARD.encode(sealed))
    }

    /// The token again.
    pub(crate) async fn opened_from_job(&self, tenant: &str, sealed: &str) -> Result<String, Error> {
        use base64::Engine as _;
        let key = self.data_key(tenant).await?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(sealed).map_err(Error::fault)?;
        let token =
            vault::open(&key, "link", &bytes).ok_or_else(|| Error::fault("a link cannot be opened"))?;
        String::from_utf8(token.to_vec()).map_err(Error::fault)
    }
}
