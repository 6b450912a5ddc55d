//! Change a template: another name, or a new version.

use super::create::named;
use super::{Asker, TemplateSource, TemplateView, unknown};
use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use envelope::Refusal;
use store::{template_versions, templates};

/// What is to be different; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TemplateChange {
    /// Its name.
    pub name: Option<String>,
    /// What the new version holds.
    pub source: Option<TemplateSource>,
    /// The version that the change was made on; refused when there is a newer one.
    pub version: Option<i64>,
}

impl Service {
    /// Changes a template. What it holds is never changed: there is a new version, and the older ones stay.
    ///
    /// # Errors
    /// `draft_moved` where somebody else saved a version meanwhile; otherwise as of [`Service::create_template`].
    pub async fn revise_template(
        &self,
        asker: &Asker,
        id: &str,
        change: TemplateChange,
    ) -> Result<TemplateView, Error> {
        let before = self.find_template(asker, id, None).await?;
        let name = change.name.as_deref().map(named).transpose()?;
        let draft = match change.source {
            Some(source) => {
                Some(self.template_draft(asker, before.row.test, source, Some(&before.draft)).await?)
            }
            None => None,
        };
        let on = change.version.unwrap_or(before.version);
        let mut row = before.row;
        row.name = name.unwrap_or(row.name);
        row.updated_at = to_micros(self.now());
        row.version = on + i64::from(draft.is_some());
        let version = match &draft {
            Some(draft) => Some(self.version_row(asker, &row, draft).await?),
            None => None,
        };
        let (row, version) = (&row, version.as_ref());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let now = templates::lock(tx, &row.tenant, &row.template).await?.ok_or_else(unknown)?;
                    if now.version != on {
                        return Err(Refusal::DraftMoved.into());
                    }
                    let mut row = row.clone();
                    row.archived_at = now.archived_at;
                    templates::update(tx, &row).await?;
                    if let Some(version) = version {
                        template_versions::insert(tx, version).await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .await?;
        self.template(asker, id, None).await
    }
}
