//! Pictures of pages, each drawn by a process of its own.
//!
//! The server starts this same binary with the hidden command `draw-page` ([`run`]), which takes its limits upon itself
//! before it looks at a byte of the document (`limits.rs`), draws one page (`draw.rs`), writes it to standard output
//! (`encode.rs`) and ends. What ends it otherwise is told by how it ended (`own_process.rs`).

mod draw;
mod encode;
mod limits;
mod own_process;
mod probe;

pub(crate) use own_process::OwnProcess;
pub(crate) use probe::probe;

use crate::exit::{Exit, Outcome};
use std::io::Write;
use std::path::PathBuf;

/// The document has no such page.
const NO_SUCH_PAGE: u8 = 3;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the page, from 1.
    page: u32,
    /// Width of the picture in pixels.
    width: u32,
    /// The files that make up the document, one after another.
    #[arg(required = true)]
    pieces: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let bytes = limits::read_and_shut_in(&arguments.pieces)?;
    let Some(pdf) = draw::open(bytes) else { return Ok(Exit::NO) };
    if !draw::has(&pdf, arguments.page) {
        return Ok(Exit::other(NO_SUCH_PAGE));
    }
    let picture = draw::page(&pdf, arguments.page, arguments.width);
    let Some(png) = picture.as_ref().and_then(encode::png) else { return Ok(Exit::NO) };
    let mut out = std::io::stdout().lock();
    out.write_all(&png)
        .and_then(|()| out.flush())
        .map_err(|error| format!("Nobody takes the picture: {error}."))?;
    Ok(Exit::DONE)
}
