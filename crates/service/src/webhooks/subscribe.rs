//! Subscribe to events.

use super::{Holder, Webhook, wishes};
use crate::error::{Class, Error};
use crate::execute::Scope;
use crate::server::{Mode, Service};
use crate::world::to_micros;
use envelope::{Finding, Refusal};
use std::fmt;
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

/// A subscription that was just made.
#[derive(Clone, PartialEq)]
pub struct Subscribed {
    /// The subscription.
    pub webhook: Webhook,
    /// Its secret, which is shown this once.
    pub secret: String,
    pub(crate) row: WebhookRow,
}

impl fmt::Debug for Subscribed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Subscribed").field("webhook", &self.webhook.id).finish_non_exhaustive()
    }
}

impl Service {
    /// Makes a subscription.
    ///
    /// # Errors
    /// A refusal that names what is wrong, where it is.
    pub async fn subscribe(&self, holder: &Holder, new: NewWebhook) -> Result<Subscribed, Error> {
        let mut found = Vec::new();
        let mode = self.mode_of(holder, new.envelope.as_deref()).await?;
        let made = self.new_webhook(&holder.tenant, mode, new, &mut found).await?;
        refuse(found)?;
        let row = &made.row;
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
        Ok(made)
    }

    /// Subscriptions that come with the draft of an envelope, to be written down with its first event.
    pub(crate) async fn webhooks_of_draft(
        &self,
        scope: &Scope,
        test: bool,
        wishes: Vec<NewWebhook>,
    ) -> Result<Vec<Subscribed>, Error> {
        if i64::try_from(wishes.len()).is_ok_and(|it| it > AT_MOST) {
            return Err(too_many());
        }
        let mode = if test { Mode::Test } else { Mode::Live };
        let (mut made, mut found) = (Vec::with_capacity(wishes.len()), Vec::new());
        for (index, wish) in wishes.into_iter().enumerate() {
            let new = NewWebhook { envelope: Some(scope.envelope.clone()), ..wish };
            let mut here = Vec::new();
            made.push(self.new_webhook(&scope.tenant, Some(mode), new, &mut here).await?);
            found.extend(
                here.into_iter()
                    .map(|it| Finding { pointer: format!("/webhooks/{index}{}", it.pointer), ..it }),
            );
        }
        refuse(found)?;
        Ok(made)
    }

    async fn new_webhook(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        new: NewWebhook,
        found: &mut Vec<Finding>,
    ) -> Result<Subscribed, Error> {
        let about = wishes::about(mode, new.mode.as_deref(), found);
        let events = wishes::events(&new.events, found)?;
        self.check_webhook_url(&new.url, found).await;
        let id = self.new_id("whk");
        let (secret, sealed) = self.new_webhook_secret(tenant, &id).await?;
        let row = WebhookRow {
            tenant: tenant.to_owned(),
            webhook: id,
            envelope: new.envelope.unwrap_or_default(),
            url: new.url,
            events,
            mode: about.word().to_owned(),
            secret: sealed,
            previous: None,
            created_at: to_micros(self.now()),
            disabled_at: None,
            disabled_reason: None,
        };
        Ok(Subscribed { webhook: Webhook::of(&row)?, secret: secret.to_text(), row })
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
        class: Class::Conflict,
        code: "webhooks_too_many",
        sentence: format!("There are {AT_MOST} subscriptions already; delete one that is not needed."),
    }
}
