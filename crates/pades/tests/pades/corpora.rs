//! Files that others signed, well and badly, beside pyHanko's opinion of the same bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pades::{Integrity, Options, Report, VerifyError, verify};

use crate::kit::now;
use crate::pyhanko;

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn corpora() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("COUNTERSIGN_CORPORA") else {
        println!("Skipped: COUNTERSIGN_CORPORA does not name a folder with others' PDFs.");
        return None;
    };
    Some(PathBuf::from(folder))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "pdf"));
    files.sort();
    files
}

fn judged(file: &Path) -> Result<Report, VerifyError> {
    let options = Options { trust: Vec::new(), at: now(), require_revocation: false };
    verify(Arc::new(std::fs::File::open(file).expect("readable")), &options)
}

#[test]
fn every_file_is_judged_or_refused_with_a_sentence() {
    let Some(folder) = corpora() else { return };
    let (mut judgements, mut refusals) = (0, 0);
    for name in ["dss", "pyhanko"] {
        for file in files(&folder.join(name)) {
            match judged(&file) {
                Ok(report) => {
                    judgements += 1;
                    assert!(!report.sentence.is_empty());
                }
                Err(error) => {
                    refusals += 1;
                    assert!(!error.to_string().is_empty());
                }
            }
        }
    }
    println!("{judgements} judged, {refusals} refused");
}

/// Where we differ on purpose.
const ON_PURPOSE: &[(&str, &str, &str)] = &[
    (
        "validation__pades-tst-with-null-type.pdf",
        "Signature2",
        "a time stamp is told by its /SubFilter, not its /Type",
    ),
    (
        "validation__pades-tst-with-sig-type.pdf",
        "Signature2",
        "a time stamp is told by its /SubFilter, not its /Type",
    ),
    (
        "data__pdf__coverage-anomalies__one-byterange.pdf",
        "Sig1",
        "a byte range of one part leaves no place for a value",
    ),
];

/// Where both judge a signature, both say the same of its integrity.
#[test]
fn integrity_is_judged_as_pyhanko_judges_it() {
    let Some(folder) = corpora() else { return };
    let mut differences = Vec::new();
    let (mut compared, mut open) = (0, Vec::new());
    for name in ["dss", "pyhanko"] {
        for file in files(&folder.join(name)) {
            let short = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Ok(report) = judged(&file) else { continue };
            let Some(answer) = pyhanko::judge(&file, &[], None, false) else { return };
            let Some(theirs) = answer["signatures"].as_array() else { continue };
            let theirs: BTreeMap<&str, (bool, &serde_json::Value)> = theirs
                .iter()
                .filter_map(|one| {
                    let fits = one["intact"].as_bool()? && one["valid"].as_bool()?;
                    Some((one["field"].as_str()?, (fits, one)))
                })
                .collect();
            for signature in &report.signatures {
                let Some((fits, detail)) = theirs.get(signature.field.as_str()) else { continue };
                let ours = match &signature.integrity {
                    Integrity::Intact => true,
                    Integrity::Broken(_) => false,
                    other => {
                        open.push(format!("{short} {}: {other:?}, theirs fits: {fits}", signature.field));
                        continue;
                    }
                };
                compared += 1;
                let expected =
                    ON_PURPOSE.iter().any(|(file, field, _)| *file == short && *field == signature.field);
                if (ours != *fits) != expected {
                    let ours = &signature.integrity;
                    differences.push(format!("{short} {}: ours {ours:?}, theirs {detail}", signature.field));
                }
            }
        }
    }
    println!("{compared} signatures compared, {} differ, not judged here: {open:#?}", differences.len());
    assert!(differences.is_empty(), "{differences:#?}");
}
