//! Delete a template.

use super::{Asker, unknown};
use crate::error::Error;
use crate::server::Service;
use store::{template_links, template_versions, templates};

impl Service {
    /// Deletes a template with all its versions and links. Envelopes that were made from it stay as they are.
    pub async fn delete_template(&self, asker: &Asker, id: &str) -> Result<(), Error> {
        let tenant = asker.tenant.as_str();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = templates::lock(tx, tenant, id).await?;
                    row.filter(|row| asker.sees(row.test)).ok_or_else(unknown)?;
                    template_links::remove_of(tx, tenant, id).await?;
                    template_versions::remove_of(tx, tenant, id).await?;
                    templates::remove(tx, tenant, id).await?;
                    Ok::<_, Error>(())
                })
            })
            .await
    }
}
