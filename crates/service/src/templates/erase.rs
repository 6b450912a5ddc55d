//! What templates hold of a person, and its erasure.

use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use envelope::template::without_person;
use store::{template_links, template_versions};

impl Service {
    /// Takes whoever has this address out of all templates of a tenant; says in how many versions they stood.
    pub(crate) async fn erase_in_templates(
        &self,
        tenant: &str,
        email: &str,
        dry_run: bool,
    ) -> Result<u64, Error> {
        let key = self.data_key(tenant).await?;
        let all = self
            .store()
            .read(move |tx| Box::pin(async move { template_versions::all(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let mut erased = 0;
        for row in all {
            let Some(changed) = without_person(&self.open_version(&key, &row)?, email) else { continue };
            erased += 1;
            if dry_run {
                continue;
            }
            let sealed = &self.seal_version(&key, &row.template, row.version, &changed)?;
            let row = &row;
            self.store()
                .write(move |tx| {
                    Box::pin(async move {
                        template_versions::rewrite(tx, tenant, &row.template, row.version, sealed).await
                    })
                })
                .await
                .map_err(Error::Fault)?;
        }
        Ok(erased + self.erase_in_links(tenant, email, dry_run).await?)
    }

    /// Links in which they take a role each time: they are taken out, and the link, which lacks somebody then, is off.
    async fn erase_in_links(&self, tenant: &str, email: &str, dry_run: bool) -> Result<u64, Error> {
        let (key, now) = (self.data_key(tenant).await?, to_micros(self.now()));
        let all = self
            .store()
            .read(move |tx| Box::pin(async move { template_links::all(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let mut erased = 0;
        for row in all {
            let mut wishes = self.open_link(&key, &row)?;
            let before = wishes.people.len();
            wishes.people.retain(|it| !it.email.trim().eq_ignore_ascii_case(email));
            if wishes.people.len() == before {
                continue;
            }
            erased += 1;
            if dry_run {
                continue;
            }
            let sealed = &self.seal_link(&key, &row.link, &wishes)?;
            let row = &row;
            self.store()
                .write(move |tx| {
                    Box::pin(async move {
                        template_links::rewrite(tx, tenant, &row.link, sealed).await?;
                        template_links::end(tx, tenant, &row.link, now).await
                    })
                })
                .await
                .map_err(Error::Fault)?;
        }
        Ok(erased)
    }
}
