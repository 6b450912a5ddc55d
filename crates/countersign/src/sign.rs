//! `countersign sign`

use crate::certify::Certify;
use crate::exit::{Exit, Outcome, complain};
use crate::world;
use clap::ValueEnum;
use pdf::form::{Act, Lock, SignatureField};
use pdf::{Document, Rect, Source};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file to be signed.
    input: PathBuf,
    /// The signed file.
    #[arg(short, long, value_name = "OUT.pdf")]
    output: PathBuf,
    /// Key and certificate, PKCS#12.
    #[arg(long, value_name = "FILE.p12")]
    key: Option<PathBuf>,
    /// Environment variable that holds the passphrase of the key.
    #[arg(long, value_name = "VAR")]
    passphrase_env: Option<String>,
    /// A key in a token.
    #[arg(long, value_name = "URI")]
    pkcs11: Option<String>,
    /// PAdES level.
    #[arg(long, value_enum, default_value = "b-b")]
    level: Level,
    /// Time stamping authority.
    #[arg(long, value_name = "URL")]
    tsa: Vec<String>,
    /// Name of the signature field; an existing unsigned one is used.
    #[arg(long, default_value = "Signature1")]
    field: String,
    /// Page of a visible signature, from 1.
    #[arg(long, requires = "rect")]
    page: Option<u32>,
    /// Place of a visible signature: X,Y,W,H in points, origin top left of the page as shown.
    #[arg(long, value_name = "X,Y,W,H")]
    rect: Option<String>,
    /// Why it is signed.
    #[arg(long)]
    reason: Option<String>,
    /// Certify the document, and what stays allowed: 1 nothing, 2 filling and signing, 3 annotating too.
    #[arg(long, value_enum)]
    certify: Option<Certify>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
    #[value(name = "b-b")]
    BB,
    #[value(name = "b-t")]
    BT,
    #[value(name = "b-lt")]
    BLt,
    #[value(name = "b-lta")]
    BLta,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if arguments.level != Level::BB || !arguments.tsa.is_empty() {
        return Err(
            "This version signs at level B-B, without a time stamp; use --level b-b and no --tsa.".to_owned()
        );
    }
    if arguments.pkcs11.is_some() {
        return Err("This version takes keys from PKCS#12 files only; use --key FILE.p12.".to_owned());
    }
    let identity = identity(arguments)?;
    let (source, _rewritten) = input(&arguments.input)?;
    let document = Document::open(source.clone()).map_err(|error| unreadable(&arguments.input, &error))?;
    let now = world::now();
    let act = Act {
        fills: Vec::new(),
        signature: SignatureField {
            name: arguments.field.clone(),
            page: arguments.page.unwrap_or(1),
            rect: arguments.rect.as_deref().map(rect).transpose()?,
            ink: None,
            caption: caption(&identity, now),
            lock: Lock::None,
        },
        signature_dictionary: pades::signature_dictionary(&pades::SignatureInfo {
            claimed_time: now,
            name: None,
            reason: arguments.reason.clone(),
            location: None,
            contact: None,
            event_head: None,
        }),
        contents_bytes: pades::contents_estimate(&identity.certificate, &identity.chain),
        certify: arguments.certify.map(Certify::level),
    };
    let tail = pdf::form::act(&document, &act).map_err(|error| format!("It cannot be signed: {error}."))?;
    drop(document);
    write(arguments, &*source, tail, &identity)?;
    Ok(Exit::DONE)
}

fn identity(arguments: &Arguments) -> Result<pki::Identity, String> {
    let file = arguments.key.as_ref().ok_or("Name the key to sign with: --key FILE.p12.")?;
    let bytes =
        std::fs::read(file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    let passphrase = match &arguments.passphrase_env {
        Some(name) => {
            std::env::var(name).map_err(|_| format!("The environment variable {name} is not set."))?
        }
        None => String::new(),
    };
    pki::open_pkcs12(&bytes, &passphrase)
        .map_err(|error| format!("{} cannot be opened: {error}.", file.display()))
}

/// The file as it can be appended to: itself, or its one rewrite where it is damaged and unsigned. The
/// rewrite lies in a temporary file that is given back to be kept until the end.
fn input(path: &Path) -> Result<(Arc<dyn Source>, Option<tempfile::NamedTempFile>), String> {
    let open = || File::open(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()));
    let source: Arc<dyn Source> = Arc::new(open()?);
    let intake = pdf::intake::intake(source.clone()).map_err(|refusal| refusal.to_string())?;
    if intake.rewrite.is_empty() {
        return Ok((source, None));
    }
    complain("The file was damaged and carries no signature; it is written anew before it is signed.");
    let failed = |error: std::io::Error| format!("A temporary file cannot be written: {error}.");
    let document = Document::open(source).map_err(|error| unreadable(path, &error))?;
    let mut file = tempfile::NamedTempFile::new().map_err(failed)?;
    let mut out = BufWriter::new(&mut file);
    pdf::rewrite::rewrite(&document, &mut out).map_err(|error| unreadable(path, &error))?;
    out.flush().map_err(failed)?;
    drop(out);
    Ok((Arc::new(file.reopen().map_err(failed)?), Some(file)))
}

fn unreadable(path: &Path, error: &pdf::Error) -> String {
    format!("{} cannot be read: {error}.", path.display())
}

fn rect(text: &str) -> Result<Rect, String> {
    let numbers: Vec<f64> = text.split(',').filter_map(|it| it.trim().parse().ok()).collect();
    match numbers.as_slice() {
        [x, y, width, height] => Ok(Rect { x: *x, y: *y, width: *width, height: *height }),
        _ => Err(format!("`{text}` is no place; write X,Y,W,H in points, such as 72,600,180,48.")),
    }
}

fn caption(identity: &pki::Identity, now: jiff::Timestamp) -> Vec<String> {
    vec![identity.certificate.subject_name(), now.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()]
}

/// Writes beside the goal and renames: what stands there is whole or not there.
fn write(
    arguments: &Arguments,
    base: &dyn Source,
    tail: pdf::Tail,
    identity: &pki::Identity,
) -> Result<(), String> {
    let failed =
        |error: std::io::Error| format!("{} cannot be written: {error}.", arguments.output.display());
    let folder = arguments.output.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".countersign").tempfile_in(folder).map_err(failed)?;
    let prepared = pades::Prepared::new(tail).map_err(|error| error.to_string())?;
    pades::sign_while_copying(
        prepared,
        base,
        file.as_file_mut(),
        &identity.key,
        &identity.certificate,
        &identity.chain,
    )
    .map_err(|error| format!("It cannot be signed: {error}."))?;
    // A temporary file is its owner's alone; the result is a file like any other.
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    file.as_file().set_permissions(mode).map_err(failed)?;
    file.persist(&arguments.output).map_err(|error| failed(error.error))?;
    Ok(())
}
