//! The fields of the form that an uploaded document brings along.

use crate::error::{Class, Error};
use crate::server::{Mode, Service};
pub use pdf::{ButtonPlace, FormKind, FormPlace};

impl Service {
    /// Where the document's own form has its fields; none where it has no form.
    ///
    /// # Errors
    /// `NotFound`; a refusal where the form takes too much work to read.
    pub async fn upload_form_fields(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        id: &str,
    ) -> Result<Vec<FormPlace>, Error> {
        let upload = self.find_upload(tenant, mode, id).await?.ok_or(Error::NotFound { what: "upload" })?;
        let source = self.source(tenant, upload.facts.sent.digest).await?;
        tokio::task::spawn_blocking(move || {
            let document = pdf::Document::open(source).map_err(refused)?;
            document.form_places().map_err(refused)
        })
        .await
        .map_err(Error::fault)?
    }
}

/// It was read once when it came; only its form can be beyond us now.
fn refused(error: pdf::Error) -> Error {
    match error {
        pdf::Error::Read(_) => Error::fault(error),
        _ => Error::Wrong {
            class: Class::Unprocessable,
            code: "pdf_too_complex",
            sentence: "The form of this file takes too much work to read; place the fields by hand."
                .to_owned(),
        },
    }
}
