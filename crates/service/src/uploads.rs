//! Uploads: a stranger's PDF is taken in, kept byte for byte, and described.

mod combine;
mod convert;
pub mod form_fields;
mod from_address;
mod wishes;

pub use from_address::FromAddress;
pub use wishes::{Pdfa, Wishes};

use convert::Converted;

use crate::accounts::Reply;
use crate::error::{Class, Error};
use crate::fault_point;
use crate::server::{Mode, Service};
use crate::world::to_micros;
use envelope::{Certification, Digest, DocumentFacts, PageSize, Points, Revision, RevisionKind};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use store::revisions::{self, Piece, RevisionRow};
use store::uploads::{self, UploadRow};

/// A document has so many pages at most.
const PAGES_MAX: usize = 5000;

/// What was received, on its way in: a temporary file that is hashed as it grows.
pub struct Receiving {
    file: tempfile::NamedTempFile,
    hash: sha2::Sha256,
    length: u64,
    length_max: u64,
}

impl Receiving {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `upload_too_large` as soon as the limit is passed; a fault when the disk is full.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Error> {
        use sha2::Digest as _;
        self.length += bytes.len() as u64;
        if self.length > self.length_max {
            return Err(too_large(self.length_max));
        }
        self.hash.update(bytes);
        self.file.write_all(bytes).map_err(|error| Error::Fault(error.into()))
    }
}

fn too_large(limit: u64) -> Error {
    Error::Wrong {
        class: Class::TooLarge,
        code: "upload_too_large",
        sentence: format!("The file is larger than {} MB; make it smaller or split it.", limit / 1_000_000),
    }
}

/// What is known of an upload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// The name it came with.
    pub file_name: String,
    /// What the rules need to know.
    pub facts: DocumentFacts,
    /// Encrypted, and readable without a password.
    pub encrypted: bool,
    /// Why it was rewritten on intake, if it was.
    pub rewritten: Option<String>,
    /// Made with a test key, or with a live one; made at the desk, it serves both.
    #[serde(default)]
    pub test: Option<bool>,
    /// The draft it was uploaded for by who holds its editing address: it serves that draft for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
}

impl Upload {
    /// Whether a caller in this mode may see and use it; the desk sees all.
    fn is_visible(&self, mode: Option<Mode>) -> bool {
        match (mode, self.test) {
            (Some(mode), Some(test)) => (mode == Mode::Test) == test,
            _ => true,
        }
    }
}

impl Service {
    /// Begins to receive a file; one that is declared larger than the limit is refused at once.
    pub fn receive(&self, declared: Option<u64>) -> Result<Receiving, Error> {
        use sha2::Digest as _;
        if declared.is_some_and(|length| length > self.settings().upload_bytes_max) {
            return Err(too_large(self.settings().upload_bytes_max));
        }
        Ok(Receiving {
            file: tempfile::NamedTempFile::new().map_err(|error| Error::Fault(error.into()))?,
            hash: sha2::Sha256::new(),
            length: 0,
            length_max: self.settings().upload_bytes_max,
        })
    }

    /// Takes a received file in: judges it, keeps it with the reply of the request, and describes it.
    ///
    /// # Errors
    /// [`Error::Wrong`] with the reader's code and sentence; nothing is kept then.
    pub async fn upload(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        file_name: &str,
        received: Receiving,
        wishes: Wishes,
        reply: Option<&Reply<Upload>>,
    ) -> Result<Upload, Error> {
        use sha2::Digest as _;
        let Receiving { file, hash, length, .. } = received;
        let digest = Digest(hash.finalize().into());
        let draft = wishes.draft.clone();
        let opened = file.reopen().map_err(|error| Error::Fault(error.into()))?;
        let converted = self.converted(&file, file_name, wishes).await?;
        let taken = tokio::task::spawn_blocking(move || match converted {
            Some(converted) => take_in_converted(converted),
            None => take_in(opened),
        })
        .await
        .map_err(Error::fault)??;
        let blobs = self.store().blobs();
        blobs.put_file(tenant, file.path(), &digest.to_string()).await?;
        let sent = match &taken.rewrite {
            Some(rewrite) => {
                blobs.put_file(tenant, rewrite.file.path(), &rewrite.digest.to_string()).await?;
                Revision { kind: RevisionKind::Rewrite, digest: rewrite.digest, length: rewrite.length }
            }
            None => Revision { kind: RevisionKind::Upload, digest, length },
        };
        let upload = Upload {
            id: self.new_id("upl"),
            file_name: file_name.chars().filter(|it| !it.is_control()).take(200).collect(),
            facts: DocumentFacts {
                digest,
                length,
                sent,
                pages: taken.pages,
                signatures: taken.signatures,
                certification: taken.certification,
            },
            encrypted: taken.encrypted,
            rewritten: taken.rewrite.map(|it| it.reason),
            test: mode.map(|mode| mode == Mode::Test),
            draft,
        };
        self.keep_upload(tenant, &upload, reply).await?;
        fault_point::reach("upload.after_commit");
        Ok(upload)
    }

    async fn keep_upload(
        &self,
        tenant: &str,
        upload: &Upload,
        reply: Option<&Reply<Upload>>,
    ) -> Result<(), Error> {
        let facts = &upload.facts;
        let row = UploadRow {
            tenant: tenant.to_owned(),
            upload: upload.id.clone(),
            digest: facts.digest.to_string(),
            size: i64::try_from(facts.length).map_err(Error::fault)?,
            filename: upload.file_name.clone(),
            facts: serde_json::to_string(upload).map_err(Error::fault)?,
            created_at: to_micros(self.now()),
        };
        let mut whole = vec![(facts.digest, facts.length)];
        if facts.sent.digest != facts.digest {
            whole.push((facts.sent.digest, facts.sent.length));
        }
        let (row, whole) = (&row, &whole);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    uploads::insert(tx, row).await?;
                    for (digest, length) in whole {
                        let length = i64::try_from(*length).map_err(Error::fault)?;
                        let piece = Piece { digest: digest.to_string(), length };
                        let revision = RevisionRow {
                            tenant: tenant.to_owned(),
                            digest: digest.to_string(),
                            length,
                            base_digest: None,
                            pieces: vec![piece],
                        };
                        revisions::put(tx, &revision).await?;
                    }
                    if let Some(reply) = reply {
                        reply.keep(tx, upload, self.random()).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// An upload of a tenant, as far as a caller in this mode may see it; `None` sees both.
    pub async fn find_upload(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        id: &str,
    ) -> Result<Option<Upload>, Error> {
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { uploads::find(tx, tenant, id).await }))
            .await
            .map_err(Error::Fault)?;
        let upload: Option<Upload> =
            row.map(|row| serde_json::from_str(&row.facts).map_err(Error::fault)).transpose()?;
        Ok(upload.filter(|it| it.is_visible(mode)))
    }
}

struct Taken {
    pages: Vec<PageSize>,
    signatures: u16,
    certification: Option<Certification>,
    encrypted: bool,
    rewrite: Option<Rewritten>,
}

struct Rewritten {
    file: tempfile::NamedTempFile,
    digest: Digest,
    length: u64,
    reason: String,
}

/// Judges what was made of a file; it is sent in its place.
fn take_in_converted(converted: Converted) -> Result<Taken, Error> {
    let io = |error: std::io::Error| Error::Fault(error.into());
    let Converted { file, reason } = converted;
    let mut taken = take_in(file.reopen().map_err(io)?)?;
    taken.rewrite = Some(match taken.rewrite {
        Some(rewritten) => Rewritten { reason, ..rewritten },
        None => {
            let (digest, length) = digest_of(file.reopen().map_err(io)?).map_err(io)?;
            Rewritten { file, digest, length, reason }
        }
    });
    Ok(taken)
}

/// Judges a file, and rewrites it once where it is damaged and unsigned.
fn take_in(file: File) -> Result<Taken, Error> {
    let source: Arc<dyn pdf::Source> = Arc::new(file);
    let intake = pdf::intake::intake(source.clone()).map_err(refused)?;
    let rewrite = match intake.rewrite.first() {
        None => None,
        Some(reason) => Some(rewrite(source, reason.as_str())?),
    };
    if intake.pages.len() > PAGES_MAX {
        return Err(Error::Wrong {
            class: Class::Unprocessable,
            code: "pdf_too_complex",
            sentence: format!("The file has more than {PAGES_MAX} pages; split it."),
        });
    }
    let size = |page: &pdf::intake::PageSize| {
        Some(PageSize { width: Points::new(page.width)?, height: Points::new(page.height)? })
    };
    Ok(Taken {
        pages: intake.pages.iter().map(size).collect::<Option<_>>().ok_or_else(|| Error::Wrong {
            class: Class::Unprocessable,
            code: "pdf_too_complex",
            sentence: "A page of the file has no usable size; save it anew with another program.".to_owned(),
        })?,
        signatures: u16::try_from(intake.signatures).unwrap_or(u16::MAX),
        certification: intake.certification.map(|permission| match permission {
            pdf::Permission::NoChanges => Certification::NoChanges,
            pdf::Permission::FillForms => Certification::FillForms,
            pdf::Permission::Annotate => Certification::Annotate,
        }),
        encrypted: intake.encrypted,
        rewrite,
    })
}

fn rewrite(source: Arc<dyn pdf::Source>, reason: &str) -> Result<Rewritten, Error> {
    let io = |error: std::io::Error| Error::Fault(error.into());
    let document = pdf::Document::open(source).map_err(refused_on_rewrite)?;
    let mut file = tempfile::NamedTempFile::new().map_err(io)?;
    let mut writer = std::io::BufWriter::new(&mut file);
    pdf::rewrite::rewrite(&document, &mut writer).map_err(refused_on_rewrite)?;
    writer.flush().map_err(io)?;
    drop(writer);
    let (digest, length) = digest_of(file.reopen().map_err(io)?).map_err(io)?;
    // What we wrote has to be in order by our own measure, or nothing could be appended to it.
    let again = pdf::intake::intake(Arc::new(file.reopen().map_err(io)?)).map_err(refused)?;
    if !again.rewrite.is_empty() {
        return Err(unreadable());
    }
    Ok(Rewritten { file, digest, length, reason: reason.to_owned() })
}

/// SHA-256 and length of a file, read in chunks.
fn digest_of(mut file: File) -> std::io::Result<(Digest, u64)> {
    use sha2::Digest as _;
    use std::io::Read as _;
    let (mut hash, mut length, mut chunk) = (sha2::Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let size = file.read(&mut chunk)?;
        if size == 0 {
            return Ok((Digest(hash.finalize().into()), length));
        }
        hash.update(&chunk[..size]);
        length += size as u64;
    }
}

fn refused(refusal: pdf::intake::IntakeRefusal) -> Error {
    Error::Wrong { class: Class::Unprocessable, code: refusal.code(), sentence: refusal.to_string() }
}

fn refused_on_rewrite(_: pdf::Error) -> Error {
    unreadable()
}

fn unreadable() -> Error {
    Error::Wrong {
        class: Class::Unprocessable,
        code: "pdf_too_complex",
        sentence: "The file is damaged beyond what can be repaired; save it anew with another program."
            .to_owned(),
    }
}
