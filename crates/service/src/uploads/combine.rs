//! Several uploads made one.

use super::{Receiving, Upload, Wishes};
use crate::accounts::Reply;
use crate::error::Error;
use crate::server::{Mode, Service};
use envelope::{Finding, Refusal};
use pdf::rewrite::{NotCombined, Part};
use std::io::Write;
use std::sync::Arc;

/// So many uploads become one at most: as many as an envelope holds documents.
const UPLOADS_MAX: usize = 50;

impl Service {
    /// Makes a new upload of several, in their order. Those that it was made of stay as they are.
    ///
    /// # Errors
    /// What is wrong with one of them, at its place; [`Error::Wrong`] where the result is too large.
    pub async fn combine_uploads(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        uploads: &[String],
        file_name: &str,
        reply: Option<&Reply<Upload>>,
    ) -> Result<Upload, Error> {
        if !(2..=UPLOADS_MAX).contains(&uploads.len()) {
            let sentence = format!("Name 2 to {UPLOADS_MAX} uploads, in the order of their pages.");
            return Err(
                Refusal::Invalid(vec![Finding::new("/uploads", "uploads_malformed", sentence)]).into()
            );
        }
        let mut parts = Vec::with_capacity(uploads.len());
        for (index, id) in uploads.iter().enumerate() {
            let Some(upload) = self.find_upload(tenant, mode, id).await? else {
                let sentence = "There is no such upload; upload the file first and use the id you get.";
                return Err(wrong(index, "upload_unknown", sentence));
            };
            let title = upload.file_name.trim_end_matches(".pdf").to_owned();
            parts.push((title, self.source(tenant, upload.facts.sent.digest).await?));
        }
        let (title, received) = (file_name.trim_end_matches(".pdf").to_owned(), self.receive(None)?);
        let received = tokio::task::spawn_blocking(move || combine(&title, &parts, received))
            .await
            .map_err(Error::fault)??;
        self.upload(tenant, mode, file_name, received, Wishes::default(), reply).await
    }
}

/// Where the bytes of the result go; why they do not is kept, which a writer cannot say.
struct Incoming {
    received: Receiving,
    refused: Option<Error>,
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.received.take(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                self.refused = Some(error);
                Err(std::io::ErrorKind::FileTooLarge.into())
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn combine(
    title: &str,
    sources: &[(String, Arc<dyn pdf::Source>)],
    received: Receiving,
) -> Result<Receiving, Error> {
    let opened = sources.iter().map(|(_, source)| pdf::Document::open(source.clone()).map_err(Error::fault));
    let documents: Vec<pdf::Document> = opened.collect::<Result<_, _>>()?;
    let titled = documents.iter().zip(sources);
    let parts: Vec<Part<'_>> = titled.map(|(document, (title, _))| Part { document, title }).collect();
    let mut into = Incoming { received, refused: None };
    let combined = pdf::rewrite::combine(title, &parts, &mut into);
    match (combined, into.refused) {
        (_, Some(error)) => Err(error),
        (Ok(()), None) => Ok(into.received),
        (Err(why), None) => Err(refused(&why)),
    }
}

fn refused(why: &NotCombined) -> Error {
    match why {
        NotCombined::Signed { part } => wrong(
            *part,
            "combine_signed",
            "This PDF is signed, and its signature would be lost; send it as a document of its own.",
        ),
        NotCombined::Encrypted { part } => wrong(
            *part,
            "combine_encrypted",
            "This PDF is encrypted; save it without encryption, or send it as a document of its own.",
        ),
        NotCombined::Xfa { part } => {
            wrong(*part, "combine_xfa", "This PDF has an Adobe XFA form; print it to a PDF and upload that.")
        }
        NotCombined::Layers { part } => wrong(
            *part,
            "combine_layers",
            "This PDF and one before it have layers, which cannot be told apart in one file; print one of them to a PDF.",
        ),
        NotCombined::Document { part, error } if !matches!(error, pdf::Error::Read(_)) => wrong(
            *part,
            "combine_too_complex",
            "This PDF is built so unusually that it cannot be combined; print it to a PDF and upload that.",
        ),
        _ => Error::fault(why.to_string()),
    }
}

fn wrong(index: usize, code: &'static str, sentence: &str) -> Error {
    Refusal::Invalid(vec![Finding::new(format!("/uploads/{index}"), code, sentence)]).into()
}
