//! Documents of other kinds, templates and PDF/A, on their way in.

use super::wishes::{Pdfa, Wishes};
use crate::error::{Class, Error};
use crate::server::Service;
use convert::{Kind, Level, docx};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tempfile::NamedTempFile;

/// What was made of a file.
pub(super) struct Converted {
    /// The PDF.
    pub(super) file: NamedTempFile,
    /// Why it is not the file that came.
    pub(super) reason: String,
}

impl Service {
    /// What is sent in place of a file that is no PDF, is a template, or is to be PDF/A; nothing where it stays itself.
    pub(super) async fn converted(
        &self,
        file: &NamedTempFile,
        name: &str,
        wishes: Wishes,
    ) -> Result<Option<Converted>, Error> {
        let Wishes { pdfa, data, draft: _ } = wishes;
        let mut opened = file.reopen().map_err(io)?;
        let kind = blocking(move || Ok(Kind::of(&mut opened))).await?;
        if data.is_some() && kind != Some(Kind::Docx) {
            return Err(refused(
                "template_unreadable",
                "Data can be put into a Word document (.docx) only; leave them out.",
            ));
        }
        let made = match kind {
            // What is no kind that we know is judged, and refused, as the PDF that it was said to be.
            None | Some(Kind::Pdf) => None,
            Some(kind @ (Kind::Png | Kind::Jpeg)) => {
                Some(pictured(file.reopen().map_err(io)?, name, kind).await?)
            }
            Some(kind) => {
                let template = match data {
                    Some(data) => Some(filled(file.reopen().map_err(io)?, data).await?),
                    None => None,
                };
                Some(self.by_office(template.as_ref().unwrap_or(file).path(), kind).await?)
            }
        };
        match pdfa {
            Pdfa::Off => Ok(made),
            wish => self.archived(file, made, wish == Pdfa::Mandatory).await,
        }
    }

    async fn by_office(&self, path: &Path, kind: Kind) -> Result<Converted, Error> {
        let folder = tempfile::tempdir().map_err(io)?;
        let pdf = self.converter().to_pdf(path, kind, folder.path()).await.map_err(faulty)?;
        kept(&pdf, format!("converted_from_{}", kind.extension()))
    }

    /// The same as PDF/A, where that is possible.
    async fn archived(
        &self,
        file: &NamedTempFile,
        made: Option<Converted>,
        mandatory: bool,
    ) -> Result<Option<Converted>, Error> {
        let path = made.as_ref().map_or(file.path(), |it| it.file.path());
        let (pages, signatures) = judged(path).await?;
        let archived = match signatures {
            0 => self.to_pdfa(path, pages).await,
            _ => Err(refused(
                "pdfa_signed",
                "The file carries signatures, which would be lost on the way to PDF/A; upload it without that wish.",
            )),
        };
        match archived {
            Ok(archived) => Ok(Some(archived)),
            Err(error) if mandatory => Err(error),
            Err(_) => Ok(made),
        }
    }

    async fn to_pdfa(&self, path: &Path, pages: usize) -> Result<Converted, Error> {
        let folder = tempfile::tempdir().map_err(io)?;
        let pdf = self.converter().to_pdfa(path, Level::Two, folder.path()).await.map_err(faulty)?;
        // Ghostscript leaves out what it cannot read, and ends well.
        if judged(&pdf).await?.0 != pages {
            return Err(faulty(convert::Fault::Failed));
        }
        kept(&pdf, "converted_to_pdfa".to_owned())
    }
}

/// Pages and signatures of a PDF.
async fn judged(path: &Path) -> Result<(usize, usize), Error> {
    let opened = File::open(path).map_err(io)?;
    blocking(move || {
        let intake = pdf::intake::intake(Arc::new(opened)).map_err(|refusal| Error::Wrong {
            class: Class::Unprocessable,
            code: refusal.code(),
            sentence: refusal.to_string(),
        })?;
        Ok((intake.pages.len(), intake.signatures))
    })
    .await
}

async fn pictured(mut opened: File, name: &str, kind: Kind) -> Result<Converted, Error> {
    let title = name.to_owned();
    blocking(move || {
        let bytes = read(&mut opened)?;
        let made = pdf::picture::document(&bytes, &title).map_err(|refusal| Error::Wrong {
            class: Class::Unprocessable,
            code: refusal.code(),
            sentence: refusal.to_string(),
        })?;
        Ok(Converted { file: written(&made)?, reason: format!("converted_from_{}", kind.extension()) })
    })
    .await
}

async fn filled(
    mut opened: File,
    data: serde_json::Map<String, serde_json::Value>,
) -> Result<NamedTempFile, Error> {
    blocking(move || {
        let template = read(&mut opened)?;
        let filled = docx::fill(&template, &data).map_err(|error| Error::Wrong {
            class: Class::Unprocessable,
            code: error.code(),
            sentence: error.to_string(),
        })?;
        written(&filled)
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(Error::fault)?
}

fn read(file: &mut File) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(file, &mut bytes).map_err(io)?;
    Ok(bytes)
}

fn written(bytes: &[u8]) -> Result<NamedTempFile, Error> {
    let mut file = NamedTempFile::new().map_err(io)?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(io)?;
    Ok(file)
}

/// Takes a file out of a folder that is about to go.
fn kept(path: &Path, reason: String) -> Result<Converted, Error> {
    let file = NamedTempFile::new().map_err(io)?;
    std::fs::copy(path, file.path()).map_err(io)?;
    Ok(Converted { file, reason })
}

fn io(error: std::io::Error) -> Error {
    Error::Fault(error.into())
}

fn faulty(fault: convert::Fault) -> Error {
    refused(fault.code(), &fault.to_string())
}

fn refused(code: &'static str, sentence: &str) -> Error {
    Error::Wrong { class: Class::Unprocessable, code, sentence: sentence.to_owned() }
}
