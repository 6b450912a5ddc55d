//! Change a contact.

use super::{KnownContact, Reader, known_already, row, unknown};
use crate::error::Error;
use crate::server::Service;
use crate::telephone;
use crate::world::to_micros;
use envelope::{Contact, Refusal};
use store::contacts;

/// What is to be different; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactChange {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone; an empty text takes it away.
    pub phone: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Where they work.
    pub company: Option<String>,
    /// What they are there.
    pub title: Option<String>,
}

impl ContactChange {
    fn of(&self, before: Contact) -> Contact {
        let or = |new: &Option<String>, old: String| new.clone().unwrap_or(old);
        Contact {
            name: or(&self.name, before.name),
            email: or(&self.email, before.email),
            phone: or(&self.phone, before.phone),
            language: or(&self.language, before.language),
            company: or(&self.company, before.company),
            title: or(&self.title, before.title),
        }
    }
}

impl Service {
    /// Changes a contact. Envelopes that took something from it before keep that.
    ///
    /// # Errors
    /// As of [`Service::create_contact`].
    pub async fn change_contact(
        &self,
        reader: &Reader,
        id: &str,
        change: ContactChange,
    ) -> Result<KnownContact, Error> {
        let (tenant, change, now) = (reader.tenant.as_str(), &change, to_micros(self.now()));
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let before = contacts::lock(tx, tenant, id).await?;
                    let mut row = before.filter(|row| reader.sees(row)).ok_or_else(unknown)?;
                    let mut contact = row::tidied(change.of(row::contact(&row)));
                    telephone::dial(&mut contact.phone)?;
                    let found = contact.findings();
                    if !found.is_empty() {
                        return Err(Refusal::Invalid(found).into());
                    }
                    let other = contacts::by_email(tx, tenant, row.test, &contact.email).await?;
                    if other.is_some_and(|other| other.contact != row.contact) {
                        return Err(known_already());
                    }
                    row::fill(&mut row, contact);
                    row.updated_at = now;
                    contacts::update(tx, &row).await?;
                    Ok(KnownContact::of(&row))
                })
            })
            .await
    }
}
