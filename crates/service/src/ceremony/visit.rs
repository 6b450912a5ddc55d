//! A link, and who follows it.

use crate::effects::LinkPurpose;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use crate::world::from_micros;
use envelope::{Actor, Command};
use store::links::{self, LinkRow};

/// Tokens begin with the short name of their tenant, which has so many letters.
pub(crate) const TENANT_LETTERS: usize = 8;

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
}

/// A visit by a link that exists. Whether it may still do something is decided where it is tried.
#[derive(Clone, Debug)]
pub struct Visit {
    pub(crate) scope: Scope,
    /// HMAC of the link's token.
    pub(crate) link: String,
    pub(crate) recipient: u16,
    pub(crate) kind: VisitKind,
    /// How the recipient is known to be who they are.
    pub(crate) method: &'static str,
    pub(crate) visitor: Visitor,
}

/// What a link is good for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VisitKind {
    Sign { ended: bool },
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
        let row = row.ok_or(unknown)?;
        let kind = self.kind(&row);
        // A link that the sender was given proves what the sender says, and no mailbox.
        let method = if row.purpose == LinkPurpose::Handed.word() { HANDED_LINK } else { EMAIL_LINK };
        Ok(Visit {
            recipient: u16::try_from(row.recipient).map_err(Error::fault)?,
            link: row.digest,
            scope: Scope { tenant: row.tenant, envelope: row.envelope, mode: None },
            kind,
            method,
            visitor,
        })
    }

    fn kind(&self, row: &LinkRow) -> VisitKind {
        let expired = row.expires_at.is_some_and(|at| from_micros(at) <= self.now());
        match row.purpose.as_str() {
            "download" => VisitKind::Download { expired: expired || row.ended_at.is_some() },
            _ => VisitKind::Sign { ended: row.ended_at.is_some() || expired },
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
        let change = Change { scope: &visit.scope, actor: &actor, commands, job: None, kept: None, link };
        self.execute(&change).await.map(drop)
    }
}

impl Visit {
    /// The recipient, as the events name who acted.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Recipient {
            recipient: self.recipient,
            address: self.visitor.address.as_str().into(),
            user_agent: self.visitor.user_agent.as_str().into(),
            methods: vec![self.method.to_owned()],
        }
    }
}
