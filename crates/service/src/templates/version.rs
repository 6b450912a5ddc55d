//! A version of a template as it is kept: sealed.

use super::{Asker, unknown};
use crate::error::Error;
use crate::server::Service;
use crate::vault::{self, Key};
use envelope::Draft;
use std::collections::BTreeSet;
use store::template_versions::{self, VersionRow};
use store::templates::{self, TemplateRow};

/// A template that was found, and what one of its versions holds.
pub(crate) struct Found {
    pub(crate) row: TemplateRow,
    pub(crate) version: i64,
    pub(crate) draft: Draft,
}

fn sealed_as(template: &str, version: i64) -> String {
    format!("template/{template}/{version}")
}

impl Service {
    /// A version as it may lie in the database.
    pub(crate) fn seal_version(
        &self,
        key: &Key,
        template: &str,
        version: i64,
        draft: &Draft,
    ) -> Result<Vec<u8>, Error> {
        let json = serde_json::to_vec(draft).map_err(Error::fault)?;
        Ok(vault::seal(key, &sealed_as(template, version), &json, self.random()))
    }

    /// What a version holds.
    pub(crate) fn open_version(&self, key: &Key, row: &VersionRow) -> Result<Draft, Error> {
        let opened = vault::open(key, &sealed_as(&row.template, row.version), &row.draft)
            .ok_or_else(|| Error::fault("a template cannot be opened"))?;
        serde_json::from_slice(&opened).map_err(Error::fault)
    }

    /// A template that this caller sees, with one of its versions; the newest where none is named.
    pub(crate) async fn find_template(
        &self,
        asker: &Asker,
        id: &str,
        version: Option<i64>,
    ) -> Result<Found, Error> {
        let key = self.data_key(&asker.tenant).await?;
        let tenant = asker.tenant.as_str();
        let found = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let Some(row) = templates::find(tx, tenant, id).await? else { return Ok(None) };
                    let wanted = version.unwrap_or(row.version);
                    let of = template_versions::find(tx, tenant, id, wanted).await?;
                    Ok::<_, store::Fault>(Some((row, of)))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let (row, of) = found.filter(|(row, _)| asker.sees(row.test)).ok_or_else(unknown)?;
        let of = of.ok_or(Error::NotFound { what: "version of the template" })?;
        Ok(Found { version: of.version, draft: self.open_version(&key, &of)?, row })
    }
}

/// The uploads that a draft needs, as they are listed beside its version.
pub(crate) fn uploads_of(draft: &Draft) -> Result<String, Error> {
    let uploads: BTreeSet<&str> = draft.documents.iter().map(|it| it.upload.as_str()).collect();
    serde_json::to_string(&uploads).map_err(Error::fault)
}
