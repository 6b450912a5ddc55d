//! `countersign inspect`

use crate::exit::{self, Exit, Outcome};
use pdf::Document;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file.
    file: PathBuf,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let shown = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| format!("{shown} cannot be read: {error}."))?;
    let document = Document::open(Arc::new(file))
        .map_err(|error| format!("{shown} cannot be read as a PDF: {error}."))?;
    let found = pdf::inspect::inspect(&document)
        .map_err(|error| format!("{shown} cannot be read as a PDF: {error}."))?;
    if arguments.json {
        exit::print(&serde_json::to_string_pretty(&found).unwrap_or_default());
        return Ok(Exit::DONE);
    }
    let mut lines = vec![format!(
        "{} bytes, {} pages, {} revisions",
        found.length,
        found.pages.len(),
        found.revisions.len()
    )];
    for page in &found.pages {
        lines.push(format!(
            "page {}: {} x {} points, rotated by {}",
            page.number, page.width, page.height, page.rotate
        ));
    }
    for field in &found.fields {
        lines.push(format!(
            "field {}: {:?}{}",
            field.name,
            field.kind,
            if field.filled { ", filled" } else { "" }
        ));
    }
    for signature in &found.signatures {
        let name = signature.name.as_deref().unwrap_or("no name given");
        lines.push(format!("signature {}: {name}", signature.field));
    }
    if found.encrypted {
        lines.push("encrypted, readable without a password".to_owned());
    }
    lines.extend(found.oddities.iter().map(|oddity| format!("odd: {oddity}")));
    exit::print(&lines.join("\n"));
    Ok(Exit::DONE)
}
