//! Subscribe to events.

use super::{Holder, Webhook, wishes};
use crate::error::Error;
use crate::execute::Scope;
use crate::server::{Mode, Service};
use crate::world::to_micros;
use envelope::{Finding, Refusal};
use store::webhooks::{self, WebhookRow};

/// So many subscriptions there are at most to all envelopes of an account, and so many to one of them.
const AT_MOST: i64 = 16;

/// What somebody wants to be told, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewWebhook {
    /// Where it goes.
    pub url: String,
    /// Names of events; all of them where it is empty.
    pub events: Vec<String>,
    /// `test`, `live` or `both`; the caller's own where it is left out.
    pub mode: Option<String>,
    /// The only envelope that it is about.
    pub envelope: Option<String>,
}

impl Service {
    /// Makes a subscription. Gives it and its secret, which is shown this once.
    ///
    /// # Errors
    /// A refusal that names what is wrong, where it is.
    pub async fn subscribe(&self, holder: &Holder, new: NewWebhook) -> Result<(Webhook, String), Error> {
        let mut found = Vec::new();
        let mode = self.mode_of(holder, new.envelope.as_deref()).await?;
        let about = wishes::about(mode, new.mode.as_deref(), &mut found);
        let events = wishes::events(&new.events, &mut found)?;
        self.check_webhook_url(&new.url, &mut found).await;
        refuse(found)?;
        let id = self.new_id("whk");
        let (secret, sealed) = self.new_webhook_secret(&holder.tenant, &id).await?;
        let row = &WebhookRow {
            tenant: holder.tenant.clone(),
            webhook: id,
            envelope: new.envelope.unwrap_or_default(),
            url: new.url,
            events,
            mode: about.word().to_owned(),
            secret: sealed,
            previous: None,
            created_at: to_micros(self.now()),
            disabled_at: None,
        };
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if webhooks::count(tx, &row.tenant, &row.envelope).await? >= AT_MOST {
                        return Err(too_many());
                    }
                    Ok::<_, Error>(webhooks::insert(tx, row).await?)
                })
            })
            .await?;
        Ok((Webhook::of(row)?, secret.to_text()))
    }

    /// The mode that the subscription has to have: the caller's, or that of its one envelope.
    async fn mode_of(&self, holder: &Holder, envelope: Option<&str>) -> Result<Option<Mode>, Error> {
        let Some(envelope) = envelope else { return Ok(holder.mode) };
        let scope = Scope { tenant: holder.tenant.clone(), envelope: envelope.to_owned(), mode: holder.mode };
        let test = self.load(&scope).await?.envelope.test;
        Ok(Some(if test { Mode::Test } else { Mode::Live }))
    }
}

pub(super) fn refuse(found: Vec<Finding>) -> Result<(), Error> {
    if found.is_empty() { Ok(()) } else { Err(Refusal::Invalid(found).into()) }
}

fn too_many() -> Error {
    Error::Wrong {
        code: "webhooks_too_many",
        sentence: format!("There are {AT_MOST} subscriptions already; delete one that is not needed."),
    }
}
