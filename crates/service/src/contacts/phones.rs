//! Telephones that recipients of a draft take from the address book.

use crate::error::Error;
use crate::server::Service;
use envelope::RecipientDraft;
use std::collections::HashMap;
use store::contacts;

impl Service {
    /// Gives a telephone to the recipients who have none and are contacts with one. Who takes one, the rules say.
    pub(crate) async fn take_phones(
        &self,
        tenant: &str,
        test: bool,
        recipients: &mut [RecipientDraft],
    ) -> Result<(), Error> {
        let sought: Vec<String> =
            recipients.iter().filter_map(|it| it.phone_is_sought_by().map(str::to_lowercase)).collect();
        if sought.is_empty() {
            return Ok(());
        }
        let sought = &sought;
        let known: HashMap<String, String> = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let mut known = HashMap::new();
                    for email in sought {
                        let contact = contacts::by_email(tx, tenant, test, email).await?;
                        known.extend(contact.map(|it| (it.email, it.phone)));
                    }
                    Ok::<_, store::Fault>(known)
                })
            })
            .await
            .map_err(Error::Fault)?;
        for recipient in recipients {
            let phone = recipient.phone_is_sought_by().and_then(|email| known.get(&email.to_lowercase()));
            if let Some(phone) = phone.filter(|it| !it.is_empty()) {
                recipient.phone = phone.clone().into();
            }
        }
        Ok(())
    }
}
