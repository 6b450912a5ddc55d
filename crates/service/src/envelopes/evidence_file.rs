//! `evidence.json`.

use crate::error::Error;
use crate::execute::Scope;
use crate::record;
use crate::server::Service;
use evidence::{Disclosure, Link};

impl Service {
    /// The evidence of an envelope as one canonical file.
    pub async fn evidence_file(&self, scope: &Scope) -> Result<String, Error> {
        self.load(scope).await?;
        let entries = self
            .store()
            .read(move |tx| {
                Box::pin(async move { record::entries(tx, &scope.tenant, &scope.envelope).await })
            })
            .await?;
        let links: Vec<Link<'_>> = entries
            .iter()
            .map(|entry| Ok(Link { entry_text: &entry.row.entry, hash: entry.hash()? }))
            .collect::<Result<_, Error>>()?;
        let disclosures: Vec<(u64, &Disclosure)> = entries
            .iter()
            .flat_map(|entry| {
                entry.disclosures.iter().map(|it| (u64::try_from(entry.row.seq).unwrap_or(0), it))
            })
            .collect();
        evidence::export(&scope.envelope, &links, &disclosures).map_err(Error::fault)
    }
}
