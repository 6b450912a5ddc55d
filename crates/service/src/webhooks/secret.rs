//! What webhooks are signed with.

use crate::error::Error;
use crate::server::Service;
use crate::vault;
use crate::world;
use deliver::webhook::SigningSecret;
use jiff::Timestamp;
use store::webhooks::WebhookRow;

impl Service {
    /// A new secret of a subscription, and how it is kept.
    pub(super) async fn new_webhook_secret(
        &self,
        tenant: &str,
        webhook: &str,
    ) -> Result<(SigningSecret, Vec<u8>), Error> {
        let key = self.data_key(tenant).await?;
        let secret = SigningSecret::from_random(world::bytes::<32>(self.random()));
        let sealed = vault::seal(&key, webhook, secret.to_text().as_bytes(), self.random());
        Ok((secret, sealed))
    }

    /// The secrets that sign now, the newest first.
    pub(crate) async fn webhook_secrets(
        &self,
        row: &WebhookRow,
        now: Timestamp,
    ) -> Result<Vec<SigningSecret>, Error> {
        let key = self.data_key(&row.tenant).await?;
        let now = world::to_micros(now);
        let previous = row.previous.iter().filter(|(_, until)| now < *until).map(|(sealed, _)| sealed);
        let open = |sealed: &Vec<u8>| {
            let text = vault::open(&key, &row.webhook, sealed)?;
            SigningSecret::parse(std::str::from_utf8(&text).ok()?).ok()
        };
        std::iter::once(&row.secret)
            .chain(previous)
            .map(|sealed| {
                open(sealed).ok_or_else(|| Error::fault("the secret of a webhook cannot be opened"))
            })
            .collect()
    }
}
