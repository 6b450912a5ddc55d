//! What draws: something outside that may die of what it is given.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

/// A page that is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The files that make up the document, one after another.
    pub pieces: Vec<PathBuf>,
    /// Number of the page, from 1.
    pub page: u32,
    /// How wide the picture is to be, in pixels; it may be narrower where the page is very long.
    pub width: u32,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDrawn {
    /// The document has fewer pages.
    NoSuchPage,
    /// What draws cannot read the document or the page.
    Unreadable,
    /// It took too long, too much memory or too many pixels, and was stopped.
    TooMuch,
    /// Nothing was drawn for a reason that lies with the machine, not with the page.
    NotTried(String),
}

/// A page on its way: a PNG.
pub type Drawing<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, NotDrawn>> + Send + 'a>>;

/// Draws pages. It holds its own limits of time, memory and pixels, and ends what it began when the future is dropped.
pub trait Drawer: Send + Sync {
    /// Begins to draw a page.
    fn draw(&self, sheet: Sheet) -> Drawing<'_>;
}

/// Draws nothing: for a process of which nobody asks for pictures.
pub struct NoDrawer;

impl Drawer for NoDrawer {
    fn draw(&self, _: Sheet) -> Drawing<'_> {
        Box::pin(async { Err(NotDrawn::NotTried("no pages are drawn here".to_owned())) })
    }
}
