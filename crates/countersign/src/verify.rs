//! `countersign verify`

use crate::exit::{self, Exit, Outcome};
use crate::world;
use jiff::Timestamp;
use pades::{DocumentVerdict, Indication, Report, SignatureReport, SubIndication};
use pki::Certificate;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file.
    file: PathBuf,
    /// A certificate that is trusted, PEM; may be given several times.
    #[arg(long, value_name = "CA.pem")]
    trust: Vec<PathBuf>,
    /// Judge as of this time (RFC 3339) instead of now.
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Ask nobody outside. This version never does.
    #[arg(long)]
    offline: bool,
    /// What has to be judged, separated by commas: revocation, timestamp. What is not judged is a no then.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    require: Vec<String>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if let Some(other) =
        arguments.require.iter().find(|it| !["revocation", "timestamp"].contains(&it.as_str()))
    {
        return Err(format!("`{other}` cannot be required; use revocation or timestamp."));
    }
    let at = match &arguments.at {
        Some(text) => text
            .parse::<Timestamp>()
            .map_err(|_| format!("`{text}` is no time; write it like 2026-12-31T12:00:00Z."))?,
        None => world::now(),
    };
    let mut trust = Vec::new();
    for path in &arguments.trust {
        trust.extend(certificates(path)?);
    }
    let shown = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| format!("{shown} cannot be read: {error}."))?;
    let options = pades::Options { trust, at, require_revocation: false };
    let report = pades::verify(Arc::new(file), &options)
        .map_err(|error| format!("{shown} cannot be read: {error}."))?;
    if arguments.json {
        exit::print(&serde_json::to_string_pretty(&report).unwrap_or_default());
    } else {
        exit::print(&words(&report));
    }
    Ok(if is_good(&report, &arguments.require) { Exit::DONE } else { Exit::NO })
}

fn certificates(path: &Path) -> Result<Vec<Certificate>, String> {
    let bytes =
        std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
    let found = match std::str::from_utf8(&bytes) {
        Ok(text) if text.contains("-----BEGIN") => Certificate::all_from_pem(text),
        _ => Certificate::from_der(&bytes).map(|it| vec![it]),
    };
    found.map_err(|error| format!("{} holds no certificate: {error}.", path.display()))
}

/// All that was judged is good: nothing broken, nothing suspicious, and nothing left open but what was not
/// asked for.
fn is_good(report: &Report, required: &[String]) -> bool {
    let passable = matches!(report.verdict, DocumentVerdict::Valid | DocumentVerdict::Indeterminate);
    let judged = report.signatures.iter().all(|signature| {
        let passed = signature.indication == Indication::TotalPassed
            // No root was given, so that the chain was not asked to be judged.
            || signature.chain == pades::Chain::NoRootGiven
                && signature.sub_indication == Some(SubIndication::NoCertificateChainFound);
        passed && !required.iter().any(|what| is_open(signature, what))
    });
    passable && !report.signatures.is_empty() && judged
}

/// Whether something that was required is left open. No time stamp is judged yet, so that none there proves a time; where
/// there is none, nothing does.
fn is_open(signature: &SignatureReport, what: &str) -> bool {
    what == "timestamp" || signature.not_judged.iter().any(|it| it == what)
}

/// Said of every file, since the best of its words could be taken for more than they are.
const NEVER_JUDGED: &str = "\nRevocation and time stamps are not judged: whether a certificate was revoked is not known, \
    and each time is the one that the signer's side claims.";

fn words(report: &Report) -> String {
    let mut lines = vec![report.sentence.clone()];
    for signature in &report.signatures {
        let signer = signature.signer.as_ref().map_or("unknown", |signer| signer.name.as_str());
        lines.push(format!("\n{}: {signer}", signature.field));
        lines.push(format!("  {}", signature.sentence));
        if let Some(at) = signature.claimed_time {
            lines.push(format!("  claimed time: {at}"));
        }
        if !signature.not_judged.is_empty() {
            lines.push(format!("  not judged: {}", signature.not_judged.join(", ")));
        }
    }
    if !report.signatures.is_empty() {
        lines.push(NEVER_JUDGED.to_owned());
    }
    lines.extend(report.remarks.iter().map(|remark| format!("\n{remark}")));
    lines.join("\n")
}
