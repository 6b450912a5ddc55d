//! Judges the signatures of files: `verify TRUSTED.pem TIME FILE...` (`-` to trust nobody; the time as
//! `2026-11-22T10:00:00Z`). Prints one JSON report a line.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use pades::{Options, verify};
use pki::Certificate;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: verify TRUSTED.pem TIME FILE...";
    let trust = match arguments.next().ok_or(usage)?.as_str() {
        "-" => Vec::new(),
        path => Certificate::all_from_pem(&std::fs::read_to_string(path)?)?,
    };
    let options = Options { trust, at: arguments.next().ok_or(usage)?.parse()?, require_revocation: false };
    let mut out = std::io::stdout().lock();
    for file in arguments {
        match verify(Arc::new(File::open(&file)?), &options) {
            Ok(report) => writeln!(out, "{}", serde_json::to_string(&report)?)?,
            Err(error) => writeln!(out, "{}", serde_json::json!({ "error": error.to_string() }))?,
        }
    }
    Ok(())
}
