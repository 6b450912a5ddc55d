//! Take a template out of the list, and put it back.

use super::{Asker, TemplateView, unknown};
use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use store::templates;

impl Service {
    /// Takes a template out of the list, or puts it back. One that is out cannot be used.
    pub async fn archive_template(
        &self,
        asker: &Asker,
        id: &str,
        archived: bool,
    ) -> Result<TemplateView, Error> {
        let (tenant, now) = (asker.tenant.as_str(), to_micros(self.now()));
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = templates::lock(tx, tenant, id).await?;
                    let mut row = row.filter(|row| asker.sees(row.test)).ok_or_else(unknown)?;
                    row.archived_at = archived.then(|| row.archived_at.unwrap_or(now));
                    row.updated_at = now;
                    templates::update(tx, &row).await?;
                    Ok::<_, Error>(())
                })
            })
            .await?;
        self.template(asker, id, None).await
    }
}
