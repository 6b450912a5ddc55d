//! Handing such an address out, and taking it back.

use crate::accounts::Reply;
use crate::error::Error;
use crate::execute::Scope;
use crate::ids;
use crate::server::Service;
use crate::world::to_micros;
use envelope::edit_link::{may_be_made, wish_findings};
use envelope::{Actor, Refusal, origin_findings};
use jiff::{SignedDuration, Timestamp};
use store::edit_links::{self, EditLinkRow};

/// It holds so long where nothing is said: 7 days.
const HOURS: u32 = 168;

/// What is wished of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewEditLink {
    /// It holds so many hours.
    pub hours: Option<u32>,
    /// Where the browser goes afterwards.
    pub return_url: Option<String>,
    /// Origins that may show its page in a frame; those of the draft where there are none.
    pub frame_origins: Vec<String>,
    /// Origins of the caller's, beside those.
    pub framed_also_by: Vec<String>,
    /// The e-mail address of whom its holder is: they go on to sign where they are first to.
    pub signs_as: Option<String>,
}

/// An address that was made. It is shown this once.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeEditLink {
    /// Its id, as the trail names it.
    pub id: String,
    /// The address.
    pub url: String,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

impl Service {
    /// Makes an address for a draft; the one before holds no more.
    ///
    /// # Errors
    /// Where there is no draft to work on, and with each wish that is malformed.
    pub async fn create_edit_link(
        &self,
        scope: &Scope,
        actor: &Actor,
        new: NewEditLink,
        reply: Option<Reply<MadeEditLink>>,
    ) -> Result<MadeEditLink, Error> {
        let state = self.load(scope).await?.envelope;
        may_be_made(&state)?;
        let hours = new.hours.unwrap_or(HOURS);
        let mut found = wish_findings(hours, new.return_url.as_deref());
        found.extend(origin_findings(&new.frame_origins));
        Refusal::unless_empty(found)?;
        let mut origins =
            if new.frame_origins.is_empty() { state.draft.frame_origins } else { new.frame_origins };
        origins.extend(new.framed_also_by);
        origins.sort();
        origins.dedup();
        let now = self.now();
        let expires_at = now.checked_add(SignedDuration::from_hours(hours.into())).map_err(Error::fault)?;
        let token = format!("{}{}", scope.tenant, ids::secret(self.random()));
        let person = new.signs_as.filter(|it| !it.trim().is_empty());
        let row = EditLinkRow {
            tenant: scope.tenant.clone(),
            link: self.new_id("edl"),
            envelope: scope.envelope.clone(),
            digest: self.inner.vault.digest("edit-link", &token),
            return_url: new.return_url,
            frame_origins: serde_json::json!(origins).to_string(),
            signs_as: person.map(|it| self.holder_digest(scope, &it)),
            made_by: handed_out_by(actor).to_owned(),
            expires_at: to_micros(expires_at),
            ended_at: None,
            created_at: to_micros(now),
        };
        let url = format!("{}/e/{token}", self.settings().public_url);
        let made = MadeEditLink { id: row.link.clone(), url, expires_at };
        let (row, made_, reply) = (&row, &made, reply.as_ref());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    edit_links::end_of(tx, &row.tenant, &row.envelope, row.created_at).await?;
                    edit_links::insert(tx, row).await?;
                    if let Some(reply) = reply {
                        reply.keep(tx, made_, self.random()).await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .await?;
        Ok(made)
    }

    /// Takes back whatever address there is for an envelope.
    pub async fn end_edit_link(&self, scope: &Scope) -> Result<(), Error> {
        self.load(scope).await?;
        let now = to_micros(self.now());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    edit_links::end_of(tx, &scope.tenant, &scope.envelope, now).await.map(drop)
                })
            })
            .await
            .map_err(Error::Fault)
    }

    /// HMAC of an e-mail address, bound to its envelope: it is compared, and never read again.
    pub(super) fn holder_digest(&self, scope: &Scope, email: &str) -> String {
        let email = email.trim().to_lowercase();
        self.inner.vault.digest("edit-link-person", &format!("{}/{}/{email}", scope.tenant, scope.envelope))
    }
}

fn handed_out_by(actor: &Actor) -> &str {
    match actor {
        Actor::User { user, .. } => user,
        Actor::ApiKey { key, .. } => key,
        Actor::EditLink { .. } | Actor::Recipient { .. } | Actor::System => "",
    }
}
