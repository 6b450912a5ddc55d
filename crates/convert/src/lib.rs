//! Documents of other kinds become PDF, and PDF becomes PDF/A, by programs that others made.
//!
//! [`Kind::of`] tells by its content what a file is. [`Converter`] has LibreOffice or Ghostscript convert it: in a
//! process of their own, in a folder that is thrown away, without a network, within limits of time, memory and size.
//! Where such a program is not installed, the answer says so. [`docx::fill`] puts values into a template first, and is
//! our own.
//!
//! What this crate never does: load a foreign library into the server's process, or let a stranger's document reach an
//! address.
//!
//! Read first: [`Converter`], [`Kind`], [`Fault`]. To add a kind: a variant of [`Kind`], how it is told, and what
//! LibreOffice calls its filter in `office.rs`.

pub mod docx;
mod fault;
mod kind;
mod office;
mod pdfa;
mod program;
mod settings;

pub use fault::Fault;
pub use kind::Kind;
pub use pdfa::Level;
pub use settings::Settings;

use program::Leash;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Has documents converted, a few at once. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Converter {
    office: Option<PathBuf>,
    ghostscript: Option<PathBuf>,
    leash: Leash,
    turns: Arc<Semaphore>,
}

impl Converter {
    /// Looks for the programs that the settings name.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self {
            office: program::find(&settings.office),
            ghostscript: program::find(&settings.ghostscript),
            leash: Leash::of(settings),
            turns: Arc::new(Semaphore::new(settings.at_once.max(1))),
        }
    }

    /// Whether office documents can be converted here.
    #[must_use]
    pub fn has_office(&self) -> bool {
        self.office.is_some()
    }

    /// Whether PDF/A can be made here.
    #[must_use]
    pub fn has_ghostscript(&self) -> bool {
        self.ghostscript.is_some()
    }

    /// Makes a PDF of an office document or a web page; it lies in `folder` then.
    ///
    /// # Errors
    /// [`Fault::NotInstalled`], [`Fault::NotIsolated`], [`Fault::TooSlow`], [`Fault::Failed`].
    pub async fn to_pdf(&self, input: &Path, kind: Kind, folder: &Path) -> Result<PathBuf, Fault> {
        let office = self.office.as_deref().ok_or(Fault::NotInstalled("LibreOffice"))?;
        let _turn = self.turns.acquire().await.map_err(|_| Fault::Failed)?;
        office::to_pdf(office, &self.leash, input, kind, folder).await
    }

    /// Makes a PDF/A of a PDF; it lies in `folder` then. Never of a signed one: the signatures would be gone.
    ///
    /// # Errors
    /// As [`Converter::to_pdf`].
    pub async fn to_pdfa(&self, input: &Path, level: Level, folder: &Path) -> Result<PathBuf, Fault> {
        let ghostscript = self.ghostscript.as_deref().ok_or(Fault::NotInstalled("Ghostscript"))?;
        let _turn = self.turns.acquire().await.map_err(|_| Fault::Failed)?;
        pdfa::convert(ghostscript, &self.leash, input, level, folder).await
    }
}
