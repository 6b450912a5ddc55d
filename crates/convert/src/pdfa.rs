//! PDF/A by Ghostscript.

use crate::fault::Fault;
use crate::program::Leash;
use std::path::{Path, PathBuf};

/// The part of ISO 19005 that is asked for, each with conformance B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// PDF/A-2b.
    Two,
    /// PDF/A-3b.
    Three,
}

/// The colour profile that comes with Ghostscript's Debian package.
const PROFILE: &str = "/usr/share/color/icc/ghostscript/default_rgb.icc";

/// What Ghostscript has to be told besides: the output intent (ISO 19005-2 6.2.3). Its own example file names a profile
/// without a path, is not found then, and the program ends well all the same, with a file that is no PDF/A.
fn definition() -> String {
    format!(
        "%!
[/_objdef {{icc_PDFA}} /type /stream /OBJ pdfmark
[{{icc_PDFA}} << /N 3 >> /PUT pdfmark
[{{icc_PDFA}} ({PROFILE}) (r) file /PUT pdfmark
[/_objdef {{OutputIntent_PDFA}} /type /dict /OBJ pdfmark
[{{OutputIntent_PDFA}} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {{icc_PDFA}}
  /OutputConditionIdentifier (sRGB) >> /PUT pdfmark
[{{Catalog}} << /OutputIntents [ {{OutputIntent_PDFA}} ] >> /PUT pdfmark
"
    )
}

/// Converts `input` and gives the PDF/A's path in `folder`.
pub(crate) async fn convert(
    ghostscript: &Path,
    leash: &Leash,
    input: &Path,
    level: Level,
    folder: &Path,
) -> Result<PathBuf, Fault> {
    leash.holds().await?;
    let (made, source, words) =
        (folder.join("archive.pdf"), folder.join("source.pdf"), folder.join("definition.ps"));
    tokio::fs::write(&words, definition()).await.map_err(|_| Fault::Machine)?;
    tokio::fs::copy(input, &source).await.map_err(|_| Fault::Machine)?;
    let part = match level {
        Level::Two => 2,
        Level::Three => 3,
    };
    let arguments = [
        "-q".to_owned(),
        "-dSAFER".to_owned(),
        "-dBATCH".to_owned(),
        "-dNOPAUSE".to_owned(),
        format!("--permit-file-read={PROFILE}"),
        format!("-dPDFA={part}"),
        // 1: what PDF/A does not allow is left out of the result instead of the result being none.
        "-dPDFACompatibilityPolicy=1".to_owned(),
        "-sColorConversionStrategy=RGB".to_owned(),
        "-sDEVICE=pdfwrite".to_owned(),
        format!("-sOutputFile={}", made.display()),
        words.display().to_string(),
        source.display().to_string(),
    ];
    leash.run(ghostscript, &arguments, folder).await?;
    let bytes = tokio::fs::read(&made).await.map_err(|_| Fault::Failed)?;
    // It can end well with a file that is none: the claim has to stand in it, and so has the output intent.
    let claims = |words: &[u8]| bytes.windows(words.len()).any(|it| it == words);
    if claims(b"pdfaid:part") && claims(b"/OutputIntents") { Ok(made) } else { Err(Fault::Failed) }
}
