//! Put somebody into the address book.

use super::{KnownContact, known_already, row};
use crate::error::Error;
use crate::server::Service;
use crate::telephone;
use crate::world::to_micros;
use envelope::{Contact, Refusal};
use store::contacts::{self, ContactRow};

impl Service {
    /// Makes a contact in the address book of tests or in the other one.
    ///
    /// # Errors
    /// A refusal that names what is wrong, where it is; `contact_exists` for an address that is there already.
    pub async fn create_contact(
        &self,
        tenant: &str,
        test: bool,
        contact: Contact,
    ) -> Result<KnownContact, Error> {
        let mut contact = row::tidied(contact);
        telephone::dial(&mut contact.phone)?;
        let found = contact.findings();
        if !found.is_empty() {
            return Err(Refusal::Invalid(found).into());
        }
        let now = to_micros(self.now());
        let mut made = ContactRow {
            tenant: tenant.to_owned(),
            contact: self.new_id("con"),
            test,
            email: String::new(),
            name: String::new(),
            phone: String::new(),
            language: String::new(),
            company: String::new(),
            title: String::new(),
            search: String::new(),
            sort_key: Vec::new(),
            created_at: now,
            updated_at: now,
        };
        row::fill(&mut made, contact);
        let row = &made;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if contacts::by_email(tx, tenant, test, &row.email).await?.is_some() {
                        return Err(known_already());
                    }
                    Ok::<_, Error>(contacts::insert(tx, row).await?)
                })
            })
            .await?;
        Ok(KnownContact::of(row))
    }
}
