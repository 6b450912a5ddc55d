//! Pictures of pages: for the editor, the desk and a signer's first sight, before their browser has read the document.
//!
//! A picture decides nothing. It is drawn from a stranger's file by a library that does nothing else, so it is drawn
//! in a process of its own ([`Drawer`]), which may die of the file; a page that cannot be drawn is said to be so.

mod drawer;
mod shelf;
pub(crate) mod turns;

pub use drawer::{Drawer, Drawing, NoDrawer, NotDrawn, Sheet};

use crate::ceremony::Visit;
use crate::documents::download::{Download, Which};
use crate::error::{Class, Error};
use crate::execute::Scope;
use crate::server::{Mode, Service};
use bytes::Bytes;
use shelf::{Name, Shelf};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::LocalBlob;
use turns::Turns;

/// Who asks for a picture that others are waiting for already waits so long, and is then told to come again.
const PATIENCE: Duration = Duration::from_secs(35);

/// How wide a picture is. A few widths, so that one picture serves many who ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Width {
    /// 160 pixels.
    Thumbnail,
    /// 800 pixels.
    Screen,
    /// 1600 pixels.
    Sharp,
}

impl Width {
    /// From the number of the API.
    pub fn from_pixels(pixels: u32) -> Option<Self> {
        [Self::Thumbnail, Self::Screen, Self::Sharp].into_iter().find(|it| it.pixels() == pixels)
    }

    /// In pixels.
    pub fn pixels(self) -> u32 {
        match self {
            Self::Thumbnail => 160,
            Self::Screen => 800,
            Self::Sharp => 1600,
        }
    }
}

/// A page as a PNG.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file.
    pub png: Bytes,
    /// Changes when the picture may.
    pub tag: String,
}

/// How pages are drawn, and the pictures that were drawn a while ago.
pub struct Pictures {
    drawer: Arc<dyn Drawer>,
    turns: Turns,
    shelf: Shelf,
}

impl Pictures {
    /// With so many drawn at the same time, at most.
    pub fn new(drawer: Arc<dyn Drawer>, at_once: usize) -> Self {
        Self { drawer, turns: Turns::new(at_once), shelf: Shelf::default() }
    }

    /// Lets go of what was drawn from revisions that are deleted.
    pub(crate) fn forget<'d>(&self, tenant: &str, digests: impl Iterator<Item = &'d String>) {
        digests.for_each(|digest| self.shelf.forget(tenant, digest));
    }
}

impl Service {
    /// A page of an upload.
    pub async fn upload_picture(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        id: &str,
        page: u32,
        width: Width,
    ) -> Result<Picture, Error> {
        let upload = self.upload_content(tenant, mode, id).await?;
        self.picture(tenant, upload, page, width).await
    }

    /// A page of a document as it stands.
    pub async fn document_picture(
        &self,
        scope: &Scope,
        number: u16,
        page: u32,
        width: Width,
    ) -> Result<Picture, Error> {
        let document = self.document(scope, number, Which::Head).await?;
        self.picture(&scope.tenant, document, page, width).await
    }

    /// A page of a document, for a recipient who may read the document itself now, and for nobody before.
    pub async fn ceremony_picture(
        &self,
        visit: &Visit,
        number: u16,
        page: u32,
        width: Width,
    ) -> Result<Picture, Error> {
        let document = self.ceremony_document(visit, number).await?;
        self.picture(&visit.scope.tenant, document, page, width).await
    }

    async fn picture(
        &self,
        tenant: &str,
        document: Download,
        page: u32,
        width: Width,
    ) -> Result<Picture, Error> {
        let pictures = &self.inner.pictures;
        let name = Name { tenant: tenant.to_owned(), digest: document.digest.clone(), page, width };
        let drawing = pictures.shelf.take_or(&name, self.now(), self.drawn(tenant, document, page, width));
        match tokio::time::timeout(PATIENCE, drawing).await.map_err(|_| busy())?? {
            Ok(png) => Ok(Picture { png, tag: format!("{}-{page}-{}", name.digest, width.pixels()) }),
            Err(why) => Err(refused(why)),
        }
    }

    /// What came of drawing it, which is the same the next time; or why nothing was tried.
    async fn drawn(
        &self,
        tenant: &str,
        document: Download,
        page: u32,
        width: Width,
    ) -> Result<Result<Bytes, NotDrawn>, Error> {
        let pictures = &self.inner.pictures;
        let _turn = pictures.turns.turn(tenant).await.ok_or_else(busy)?;
        let pieces = document.pieces.iter().map(LocalBlob::path).map(Path::to_owned).collect();
        // The pieces are held until here: a local copy lives as long as it is read.
        match pictures.drawer.draw(Sheet { pieces, page, width: width.pixels() }).await {
            Err(NotDrawn::NotTried(why)) => Err(Error::fault(why)),
            outcome => Ok(outcome.map(Bytes::from)),
        }
    }
}

fn busy() -> Error {
    Error::Wrong {
        class: Class::Busy { again_s: Some(5) },
        code: "pictures_busy",
        sentence: "Too many pages are being drawn at the moment; ask again in a few seconds.".to_owned(),
    }
}

fn refused(why: NotDrawn) -> Error {
    let sentence = match why {
        NotDrawn::NoSuchPage => return Error::NotFound { what: "page" },
        NotDrawn::TooMuch => {
            "This page takes too long or too much memory to draw; download the document to look at it."
        }
        NotDrawn::Unreadable | NotDrawn::NotTried(_) => {
            "This page cannot be drawn; download the document to look at it."
        }
    };
    Error::Wrong { class: Class::Unprocessable, code: "page_not_drawable", sentence: sentence.to_owned() }
}
