//! Who holds such an address.

use crate::ceremony::TENANT_LETTERS;
use crate::error::Error;
use crate::execute::Scope;
use crate::ids;
use crate::server::{Mode, Service};
use crate::world::from_micros;
use envelope::edit_link::{EditLink, EditStanding};
use envelope::{Actor, Context, Envelope};
use store::edit_links::{self, EditLinkRow};
use store::{api_keys, users};

/// A token has so many letters.
const LETTERS: usize = TENANT_LETTERS + ids::SECRET_LETTERS;

/// From where its holder comes.
#[derive(Clone, Debug, Default)]
pub struct Whence {
    /// Network address.
    pub address: String,
    /// The browser, as it names itself.
    pub user_agent: String,
}

/// Somebody who works on a draft now by such an address.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The one draft.
    pub(crate) scope: Scope,
    /// As the events name them.
    pub(crate) actor: Actor,
}

impl Holder {
    /// The draft.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Their name in the events.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// What stands behind such an address, also when it holds no more.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedEditLink {
    /// How it stands.
    pub standing: EditStanding,
    /// Id of the draft, while it can be worked on.
    pub envelope: Option<String>,
    /// Where the browser goes afterwards; nothing where the address was taken back.
    pub return_url: Option<String>,
    /// Origins that may show its page in a frame and are told what happens in it.
    pub frame_origins: Vec<String>,
    /// Its holder is the next to sign, and can go on to that.
    pub signs_next: bool,
}

/// A row, and the envelope that it speaks of.
pub(super) struct Found {
    pub(super) row: EditLinkRow,
    pub(super) scope: Scope,
    pub(super) envelope: Envelope,
    pub(super) link: EditLink,
}

impl Service {
    /// What stands behind a token. Looking it up changes nothing: mail scanners do it too.
    ///
    /// # Errors
    /// Where there is no such address.
    pub async fn opened_edit_link(&self, token: &str, whence: &Whence) -> Result<OpenedEditLink, Error> {
        let found = self.find_edit_link(token, &whence.address).await?;
        let standing = found.link.standing(&found.envelope, self.now());
        let open = standing == EditStanding::Open;
        let known = standing != EditStanding::Ended;
        Ok(OpenedEditLink {
            standing,
            signs_next: self.signs_next(&found).is_some(),
            frame_origins: serde_json::from_str(&found.row.frame_origins).unwrap_or_default(),
            return_url: found.row.return_url.filter(|_| known),
            envelope: open.then_some(found.row.envelope),
        })
    }

    /// Lets somebody in who holds an address that can be worked by now.
    ///
    /// # Errors
    /// Where there is no such address, and why it holds no more.
    pub async fn edit_link_holder(&self, token: &str, whence: Whence) -> Result<Holder, Error> {
        let found = self.find_edit_link(token, &whence.address).await?;
        found.link.standing(&found.envelope, self.now()).open()?;
        Ok(found.held_by(whence))
    }

    /// Number of the recipient as whom its holder goes on to sign.
    pub(super) fn signs_next(&self, found: &Found) -> Option<u16> {
        let digest = found.row.signs_as.as_deref()?;
        found.link.signs_next(&found.envelope, &Context::at(self.now()), |person| {
            // Both are HMACs under a key that nobody outside has: how long comparing takes tells nothing.
            self.holder_digest(&found.scope, person.email.text()) == digest
        })
    }

    /// # Errors
    /// [`Error::NotFound`] for one that is none, [`Error::TooManyGuesses`] where many of those were tried.
    pub(super) async fn find_edit_link(&self, token: &str, address: &str) -> Result<Found, Error> {
        let unknown = Error::NotFound { what: "link" };
        let Some(tenant) = token.get(..TENANT_LETTERS).filter(|_| token.len() < 100) else {
            return Err(unknown);
        };
        let digest = self.inner.vault.digest("edit-link", token);
        let digest = digest.as_str();
        let row = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let Some(row) = edit_links::by_digest(tx, tenant, digest).await? else { return Ok(None) };
                    // Who may do nothing any more lets others do nothing either.
                    let user = users::find(tx, tenant, &row.made_by).await?;
                    let keys = api_keys::list(tx, tenant).await?;
                    let key = keys.into_iter().find(|it| it.key_id == row.made_by);
                    let there = user.is_some_and(|it| it.disabled_at.is_none())
                        || key.is_some_and(|it| it.revoked_at.is_none());
                    Ok::<_, store::Fault>(Some((row, there)))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let (row, there) = match row {
            Some(found) => found,
            None if token.len() == LETTERS => return Err(self.guessed(address, unknown).await),
            None => return Err(unknown),
        };
        let mut scope = Scope { tenant: row.tenant.clone(), envelope: row.envelope.clone(), mode: None };
        let envelope = self.load(&scope).await?.envelope;
        scope.mode = Some(if envelope.test { Mode::Test } else { Mode::Live });
        let link =
            EditLink { expires_at: from_micros(row.expires_at), ended: row.ended_at.is_some() || !there };
        Ok(Found { row, scope, envelope, link })
    }
}

impl Found {
    pub(super) fn held_by(self, whence: Whence) -> Holder {
        let actor = Actor::EditLink {
            link: self.row.link,
            handed_out_by: self.row.made_by,
            address: whence.address.into(),
            user_agent: whence.user_agent.into(),
        };
        Holder { scope: self.scope, actor }
    }
}
