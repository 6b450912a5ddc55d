//! One template.

use super::{Asker, TemplateLine, TemplateView, VersionLine};
use crate::error::Error;
use crate::server::Service;
use crate::world::from_micros;
use store::{template_uses, template_versions};

impl Service {
    /// Reads a template with one of its versions; the newest where none is named.
    pub async fn template(
        &self,
        asker: &Asker,
        id: &str,
        version: Option<i64>,
    ) -> Result<TemplateView, Error> {
        let found = self.find_template(asker, id, version).await?;
        let tenant = asker.tenant.as_str();
        let (versions, uses) = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let versions = template_versions::of_template(tx, tenant, id).await?;
                    Ok::<_, store::Fault>((versions, template_uses::count_of(tx, tenant, id).await?))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let line = |row: store::template_versions::VersionRow| VersionLine {
            version: row.version,
            made_by: row.made_by,
            created_at: from_micros(row.created_at),
        };
        Ok(TemplateView {
            template: TemplateLine::of(&found.row),
            version: found.version,
            draft: found.draft,
            versions: versions.into_iter().map(line).collect(),
            uses,
        })
    }
}
