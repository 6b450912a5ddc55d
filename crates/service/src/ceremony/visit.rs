//! A link, and who follows it.

use crate::effects::LinkPurpose;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::ids;
use crate::server::Service;
use crate::world::{from_micros, to_micros};
use envelope::{Actor, Command, Context, Envelope, Method, MethodKind, Role};
use jiff::Timestamp;
use store::links::{self, LinkRow};
use store::visits;

/// Tokens begin with the short name of their tenant, which has so many letters.
pub(crate) const TENANT_LETTERS: usize = 8;

/// A link's token has so many letters.
const LINK_LETTERS: usize = TENANT_LETTERS + ids::SECRET_LETTERS;

/// The link was mailed to the recipient's address.
pub(crate) const EMAIL_LINK: &str = "email_link";
/// The link was handed to the sender's own program or desk.
pub(crate) const HANDED_LINK: &str = "handed_link";

/// From where a recipient comes.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Network address.
    pub address: String,
    /// The browser, as it names itself.
    pub user_agent: String,
    /// Token of the visit, where one has begun.
    pub visit: Option<String>,
}

/// A visit by a link that exists. Whether it may still do something is decided where it is tried.
#[derive(Clone, Debug)]
pub struct Visit {
    pub(crate) scope: Scope,
    /// HMAC of the link's token.
    pub(crate) link: String,
    pub(crate) recipient: u16,
    pub(crate) kind: VisitKind,
    /// They sent it themselves, by an address for editing the draft, and went on to sign.
    pub(crate) initiator: bool,
    /// Number of the visit in which they prove or have proved who they are, from 1; none before that begins.
    pub(crate) number: Option<u16>,
    /// How the recipient is known to be who they are: how they arrived, then what they passed in this visit.
    pub(crate) methods: Vec<String>,
    pub(crate) visitor: Visitor,
}

/// What a link is good for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VisitKind {
    /// For the act; with the instant at which the link ended, where it did.
    Sign { ended: Option<Timestamp> },
    /// For what came out.
    Download { expired: bool },
}

impl Service {
    /// Finds the visit that a token stands for. Looking it up changes nothing: mail scanners do it too.
    pub async fn visit(&self, token: &str, visitor: Visitor) -> Result<Visit, Error> {
        let unknown = Error::NotFound { what: "link" };
        let Some(tenant) = token.get(..TENANT_LETTERS).filter(|_| token.len() < 100) else {
            return Err(unknown);
        };
        let digest = self.inner.vault.digest("link", token);
        let digest = digest.as_str();
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { links::find(tx, tenant, digest).await }))
            .await
            .map_err(Error::Fault)?;
        let row = match row {
            Some(row) => row,
            None if token.len() == LINK_LETTERS => return Err(self.guessed(&visitor.address, unknown).await),
            None => return Err(unknown),
        };
        let kind = self.kind(&row);
        let recipient = u16::try_from(row.recipient).map_err(Error::fault)?;
        let scope = Scope { tenant: row.tenant.clone(), envelope: row.envelope.clone(), mode: None };
        let number = match &visitor.visit {
            Some(token) => self.visit_number(&row, token).await?,
            None => None,
        };
        let state = self.load(&scope).await?.envelope;
        let initiator = row.purpose == LinkPurpose::Initiator.word();
        let handed = initiator || row.purpose == LinkPurpose::Handed.word();
        let mut methods = vec![arrived_by(&state, recipient, handed).to_owned()];
        let passed = state.methods_passed(recipient, number);
        methods.extend(passed.into_iter().map(|it| it.word().to_owned()));
        Ok(Visit { scope, link: row.digest, recipient, kind, initiator, number, methods, visitor })
    }

    /// Number of the visit that this token stands for, if it is one by this link's recipient.
    async fn visit_number(&self, link: &LinkRow, token: &str) -> Result<Option<u16>, Error> {
        let digest = self.inner.vault.digest("visit", token);
        let (digest, now) = (digest.as_str(), to_micros(self.now()));
        let number = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    visits::find(tx, &link.tenant, digest, &link.envelope, link.recipient, now).await
                })
            })
            .await
            .map_err(Error::Fault)?;
        Ok(number.and_then(|number| u16::try_from(number).ok()))
    }

    fn kind(&self, row: &LinkRow) -> VisitKind {
        let expired = row.expires_at.is_some_and(|at| from_micros(at) <= self.now());
        match row.purpose.as_str() {
            "download" => VisitKind::Download { expired: expired || row.ended_at.is_some() },
            _ => VisitKind::Sign { ended: row.ended_at.map(from_micros) },
        }
    }
}

impl Service {
    /// Executes commands of the recipient who visits, and makes a link with them.
    pub(crate) async fn execute_as(
        &self,
        visit: &Visit,
        commands: &[Command],
        link: Option<&LinkRow>,
    ) -> Result<(), Error> {
        let actor = visit.actor();
        let change =
            Change { link, ..Change::of(&visit.scope, &actor, commands).in_visit(visit.number, &visit.link) };
        self.execute(&change).await.map(drop)
    }

    /// What the rules have to know of the world when this visit asks.
    pub(crate) fn context_of(&self, visit: &Visit) -> Context {
        Context { visit: visit.number, ..Context::at(self.now()) }
    }
}

/// The link went to the host, on whose device and in whose presence the person acts.
pub(crate) const IN_PERSON: &str = "in_person";

/// How they came: a link that the sender was given proves what the sender says, and no mailbox.
fn arrived_by(state: &Envelope, recipient: u16, handed: bool) -> &'static str {
    let person = state.recipient(recipient);
    if person.is_some_and(|it| it.role == Role::InPersonSigner) {
        return IN_PERSON;
    }
    match person.and_then(|it| it.authentication.first()).map(Method::kind) {
        Some(kind @ (MethodKind::Custom | MethodKind::Host)) if handed => kind.word(),
        _ if handed => HANDED_LINK,
        _ => EMAIL_LINK,
    }
}

impl Visit {
    /// Whether the link has ended or run out.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.kind, VisitKind::Sign { ended: Some(_) } | VisitKind::Download { expired: true })
    }

    /// The recipient, as the events name who acted.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Recipient {
            recipient: self.recipient,
            address: self.visitor.address.as_str().into(),
            user_agent: self.visitor.user_agent.as_str().into(),
            methods: self.methods.clone(),
        }
    }
}
