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
    let mut bytes = tokio::fs::read(&made).await.map_err(|_| Fault::Failed)?;
    if write_dates_plainly(&mut bytes) {
        tokio::fs::write(&made, &bytes).await.map_err(|_| Fault::Machine)?;
    }
    // It can end well with a file that is none: the claim has to stand in it, and so has the output intent.
    let claims = |words: &[u8]| bytes.windows(words.len()).any(|it| it == words);
    if claims(b"pdfaid:part") && claims(b"/OutputIntents") { Ok(made) } else { Err(Fault::Failed) }
}

/// Ghostscript writes a date in UTC as `Z00'00'`, which not every validator reads, so that it differs from the one in the
/// metadata for them (ISO 19005-1 6.7.3; PDFBox says 7.2). `+00'00'` is the same instant in as many bytes, so that nothing
/// moves. Gives whether anything was changed.
fn write_dates_plainly(bytes: &mut [u8]) -> bool {
    const SINCE: usize = b"D:20001231235959".len();
    let mut changed = false;
    for key in [&b"/CreationDate("[..], b"/ModDate("] {
        let places: Vec<usize> =
            bytes.windows(key.len()).enumerate().filter(|(_, it)| *it == key).map(|(at, _)| at).collect();
        for place in places {
            let zone = place + key.len() + SINCE;
            if let Some(zone) = bytes.get_mut(zone..zone + 8).filter(|it| *it == b"Z00'00')")
                && let Some(sign) = zone.first_mut()
            {
                *sign = b'+';
                changed = true;
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::write_dates_plainly;

    fn plainly(text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        write_dates_plainly(&mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_date_in_utc_gets_the_offset_that_all_read_and_nothing_else_is_touched() {
        assert_eq!(
            plainly("<</CreationDate(D:20261122163326Z00'00')\n/ModDate(D:20261122163326Z00'00')>>"),
            "<</CreationDate(D:20261122163326+00'00')\n/ModDate(D:20261122163326+00'00')>>"
        );
        for other in [
            "/CreationDate(D:20261122163326+02'00')",
            "/ModDate(D:20261122163326Z)",
            "/ModDate(D:2026Z00'00')",
            "/ModDate(D:20261122",
            "/Title(D:20261122163326Z00'00')",
        ] {
            assert_eq!(plainly(other), other);
        }
    }
}
