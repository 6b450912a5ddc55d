//! `countersign find-text`

use crate::exit::{self, Exit, Outcome};
use pdf::{Document, Found};
use serde::Serialize;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file.
    file: PathBuf,
    /// The text; it is found anywhere, also inside a word, but not across the end of a line.
    tag: String,
    /// Print one JSON document: an array of the places.
    #[arg(long)]
    json: bool,
}

/// One occurrence: points, origin top left of the page as shown.
#[derive(Serialize)]
struct Place {
    page: u32,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// Whether a letter or digit stands right before or after it.
    inside_word: bool,
}

impl From<Found> for Place {
    fn from(found: Found) -> Self {
        // A thousandth of a point is less than anybody sees, and more digits are noise of the arithmetic.
        let [x, y, width, height] = [found.rect.x, found.rect.y, found.rect.width, found.rect.height]
            .map(|number| (number * 1000.0).round() / 1000.0);
        Self { page: found.page, x, y, width, height, inside_word: found.inside_word }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if arguments.tag.trim().is_empty() {
        return Err("There is nothing to find in blanks; give the text that the page shows.".to_owned());
    }
    let shown = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| format!("{shown} cannot be read: {error}."))?;
    let unreadable = |error| format!("{shown} cannot be read as a PDF: {error}.");
    let document = Document::open(Arc::new(file)).map_err(unreadable)?;
    let mut places: Vec<Place> = Vec::new();
    for page in 1..=document.page_count().map_err(unreadable)? {
        let text = document
            .page_text(page)
            .map_err(|error| format!("The text of page {page} of {shown} cannot be read: {error}."))?;
        places.extend(text.find(&arguments.tag).into_iter().map(Place::from));
    }
    let exit = if places.is_empty() { Exit::NO } else { Exit::DONE };
    if arguments.json {
        exit::print(&serde_json::to_string_pretty(&places).unwrap_or_default());
        return Ok(exit);
    }
    if places.is_empty() {
        exit::complain(&format!("The text is nowhere in {shown}."));
    }
    for place in &places {
        let Place { page, x, y, width, height, .. } = place;
        let inside = if place.inside_word { ", inside a word" } else { "" };
        exit::print(&format!("page {page}: at {x}, {y}; {width} x {height} points{inside}"));
    }
    Ok(exit)
}
