//! Which envelopes are exported, and how they come to the one who writes them down.

use super::{ENVELOPES_MAX, EnvelopeValues, Export, Format, too_large, write};
use crate::documents::download::file_name_of;
use crate::envelopes::{Wish, filter};
use crate::error::{Class, Error};
use crate::execute::Scope;
use crate::record;
use crate::server::Service;
use store::{envelopes, template_uses};
use tokio::sync::mpsc::{self, Sender};

/// So many envelopes wait to be written at most.
const WAITING: usize = 8;

impl Service {
    /// What was filled in the envelopes of a list; where the page begins and how long it is counts for nothing.
    ///
    /// # Errors
    /// [`Error::Wrong`] where there are more than [`ENVELOPES_MAX`], or they hold too much for one file.
    pub async fn export_values(&self, tenant: &str, wish: Wish, format: Format) -> Result<Export, Error> {
        let limit = i64::try_from(ENVELOPES_MAX).unwrap_or(i64::MAX).saturating_add(1);
        let mode = wish.mode;
        let filter = &filter(Wish { cursor: None, ..wish }, limit)?;
        // All at one instant: one that changes meanwhile moves to another place of the list.
        let ids = self
            .store()
            .read(move |tx| Box::pin(async move { envelopes::ids(tx, tenant, filter).await }))
            .await
            .map_err(Error::Fault)?;
        if ids.len() > ENVELOPES_MAX {
            return Err(too_large(&format!("are more than {ENVELOPES_MAX}")));
        }
        let scopes = ids.into_iter().map(|envelope| Scope { tenant: tenant.to_owned(), envelope, mode });
        self.export(scopes.collect(), format, "values".to_owned()).await
    }

    /// What was filled in one envelope.
    pub async fn export_values_of(&self, scope: &Scope, format: Format) -> Result<Export, Error> {
        let title = self.load(scope).await?.envelope.draft.title;
        self.export(vec![scope.clone()], format, format!("{title} - values")).await
    }

    async fn export(&self, scopes: Vec<Scope>, format: Format, title: String) -> Result<Export, Error> {
        let _turn = match scopes.first() {
            Some(of) => Some(self.inner.exports.turn(&of.tenant).await.ok_or_else(busy)?),
            None => None,
        };
        let (give, mut take) = mpsc::channel(WAITING);
        let writer = tokio::task::spawn_blocking(move || {
            write(format, std::iter::from_fn(move || take.blocking_recv()))
        });
        let read = self.read_values(&scopes, give).await;
        let written = writer.await.map_err(Error::fault)?;
        read?;
        let file = written?;
        let length = file.metadata().map_err(|error| Error::Fault(error.into()))?.len();
        let file_name = file_name_of(&title, format.ending());
        Ok(Export { file, length, format, file_name })
    }

    /// Reads them one by one, as fast as they are written down.
    async fn read_values(&self, scopes: &[Scope], give: Sender<EnvelopeValues>) -> Result<(), Error> {
        for scope in scopes {
            let (loaded, used) = self
                .store()
                .read(move |tx| {
                    Box::pin(async move {
                        let loaded = record::load(tx, &scope.tenant, &scope.envelope).await?;
                        let used = template_uses::find(tx, &scope.tenant, &scope.envelope).await?;
                        Ok::<_, Error>((loaded, used))
                    })
                })
                .await?;
            let Some(loaded) = loaded else { continue };
            let values = EnvelopeValues::of(&scope.envelope, &loaded, used.map(|it| it.template));
            if give.send(values).await.is_err() {
                // Who writes has stopped, and says why.
                return Ok(());
            }
        }
        Ok(())
    }
}

fn busy() -> Error {
    Error::Wrong {
        class: Class::Busy { again_s: Some(5) },
        code: "exports_busy",
        sentence: "Other values are being exported just now; try again in a moment.".to_owned(),
    }
}
