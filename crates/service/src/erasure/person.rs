//! Erase what is known of a person in the envelopes that have ended.

use super::holding::{Holding, Whose};
use crate::error::{Class, Error};
use crate::record::{self, Entry};
use crate::server::Service;
use envelope::{Envelope, Personal, Recorded};
use std::collections::BTreeSet;
use store::{Tx, authenticators, contacts, envelopes, messages};

/// What was erased of a person, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// The envelopes in which they were named.
    pub envelopes: Vec<String>,
    /// Personal values in events, each with its salt.
    pub values: u64,
    /// Links by which they came to their pages.
    pub links: u64,
    /// Authenticator apps and passkeys.
    pub authenticators: u64,
    /// Messages to them that are kept here.
    pub messages: u64,
    /// Bodies of webhooks that named them, told or still to be told.
    pub webhooks: u64,
    /// Entries in the address books.
    pub contacts: u64,
    /// Versions of templates in which they stood.
    pub templates: u64,
    /// Rows of lists that wait and named them.
    pub rows: u64,
    /// Files beside the events: adopted signatures, and audit trails that named them.
    pub files: u64,
}

impl Service {
    /// Erases the personal values of whoever has this address in all envelopes of a tenant that have ended, and what
    /// else is kept of them. Hashes, commitments and the signed documents stay: the chain verifies as before.
    /// Done twice, it erases nothing more. A dry run only counts.
    ///
    /// # Errors
    /// `person_in_running_envelopes`, before anything was erased, where an envelope still needs to know them.
    pub async fn erase_person(&self, tenant: &str, email: &str, dry_run: bool) -> Result<Erased, Error> {
        let email = email.trim().to_lowercase();
        if !email.contains('@') {
            let sentence =
                format!("\u{201c}{email}\u{201d} is no e-mail address; write it like name@example.org.");
            return Err(Error::Wrong { class: Class::Malformed, code: "email_malformed", sentence });
        }
        let holdings = self.holdings(tenant, &email).await?;
        let running: Vec<&str> =
            holdings.iter().filter(|it| !it.over).map(|it| it.envelope.as_str()).collect();
        if !running.is_empty() {
            let sentence = format!(
                "Nothing was erased: {email} is still needed in {}; wait until these have ended, or cancel them.",
                running.join(", ")
            );
            return Err(Error::Wrong {
                class: Class::Conflict,
                code: "person_in_running_envelopes",
                sentence,
            });
        }
        let person = self.inner.vault.digest("person", &format!("{tenant}/{email}"));
        let mut erased = Erased::default();
        for holding in &holdings {
            // Files first: after a crash between the two, the events still say that something is left to do.
            for digest in holding.blobs.iter().filter(|_| !dry_run) {
                self.store().blobs().remove(tenant, digest).await?;
            }
            erased.files += holding.blobs.len() as u64;
            let taken = self.erase_in(tenant, holding, dry_run).await?;
            erased.links += taken.links;
            erased.webhooks += taken.webhooks;
            erased.envelopes.push(holding.envelope.clone());
            erased.values += holding.values;
        }
        let (person, email) = (person.as_str(), email.as_str());
        erased.rows = self.erase_in_lists(tenant, email, dry_run).await?;
        erased.templates = self.erase_in_templates(tenant, email, dry_run).await?;
        (erased.authenticators, erased.messages, erased.contacts) = self
            .store()
            .write(move |tx| Box::pin(async move { beside(tx, tenant, person, email, dry_run).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(erased)
    }

    async fn holdings(&self, tenant: &str, email: &str) -> Result<Vec<Holding>, Error> {
        let all = self
            .store()
            .read(move |tx| Box::pin(async move { envelopes::all_ids(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let (mut holdings, mut needed) = (Vec::<Holding>::new(), BTreeSet::new());
        for id in all {
            let envelope = id.as_str();
            let entries = self
                .store()
                .read(move |tx| Box::pin(async move { record::entries(tx, tenant, envelope).await }))
                .await?;
            let holding = Holding::of(&id, &entries, Whose::Person(email))?;
            needed.extend(ink_on_its_way(&entries)?);
            needed
                .extend(super::files::attached_by_others(&entries, holding.as_ref().map(|it| it.places()))?);
            holdings.extend(holding);
        }
        // Somebody of the same name may have typed the same signature, or have added the same file.
        for holding in &mut holdings {
            holding.blobs.retain(|digest| !needed.contains(digest));
            self.spare_documents(tenant, &mut holding.blobs).await?;
        }
        Ok(holdings)
    }
}

/// What lies beside all envelopes: authenticators, messages, entries in the address books.
async fn beside(
    tx: &mut Tx<'_>,
    tenant: &str,
    person: &str,
    email: &str,
    dry_run: bool,
) -> Result<(u64, u64, u64), store::Fault> {
    if dry_run {
        let enrolled = authenticators::count_of(tx, tenant, person).await?;
        let kept = messages::count_of(tx, tenant, email).await?;
        return Ok((enrolled, kept, contacts::count_of(tx, tenant, email).await?));
    }
    let enrolled = authenticators::remove_of(tx, tenant, person).await?;
    let kept = messages::forget_of(tx, tenant, email).await?;
    Ok((enrolled, kept, contacts::remove_of(tx, tenant, email).await?))
}

/// The adopted signatures of acts that are not in the documents yet.
pub(super) fn ink_on_its_way(entries: &[Entry]) -> Result<Vec<String>, Error> {
    let recorded: Vec<Recorded> = entries.iter().map(Entry::recorded).collect::<Result<_, _>>()?;
    let state = Envelope::fold(&recorded);
    let acts = state.iter().flat_map(|state| state.status.progress()).flat_map(|progress| &progress.acts);
    let ink = acts.flat_map(|act| [&act.signature, &act.initials]).flatten().filter_map(Personal::known);
    Ok(ink.map(ToString::to_string).collect())
}
