//! Telephones that recipients take from the address book.

use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use envelope::RecipientDraft;
use envelope::commands::replace_recipient::ReplaceRecipient;
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
        let sought = recipients.iter().filter_map(RecipientDraft::phone_is_sought_by);
        let known = self.known_phones(tenant, test, sought).await?;
        for recipient in recipients {
            let phone = recipient.phone_is_sought_by().and_then(|email| known.get(&email.to_lowercase()));
            if let Some(phone) = phone {
                recipient.phone = phone.clone().into();
            }
        }
        Ok(())
    }

    /// The same for who takes a recipient's place.
    pub(crate) async fn take_phone(&self, scope: &Scope, into: &mut ReplaceRecipient) -> Result<(), Error> {
        let Some(email) = into.phone_is_sought_by() else { return Ok(()) };
        let test = self.load(scope).await?.envelope.test;
        let known = self.known_phones(&scope.tenant, test, [email]).await?;
        if let Some(phone) = known.into_values().next() {
            into.phone = phone;
        }
        Ok(())
    }

    /// The telephones of contacts, by address in lower case, as far as they have one.
    async fn known_phones(
        &self,
        tenant: &str,
        test: bool,
        sought: impl IntoIterator<Item = &str>,
    ) -> Result<HashMap<String, String>, Error> {
        let sought: Vec<String> = sought.into_iter().map(str::to_lowercase).collect();
        if sought.is_empty() {
            return Ok(HashMap::new());
        }
        let sought = &sought;
        self.store()
            .read(move |tx| {
                Box::pin(async move {
                    let mut known = HashMap::new();
                    for email in sought {
                        let contact = contacts::by_email(tx, tenant, test, email).await?;
                        let phone = contact.filter(|it| !it.phone.is_empty()).map(|it| (it.email, it.phone));
                        known.extend(phone);
                    }
                    Ok::<_, store::Fault>(known)
                })
            })
            .await
            .map_err(Error::Fault)
    }
}
