//! Files that others signed, well and badly, beside pyHanko's opinion of the same bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pades::{Coverage, Indication, Integrity, Options, Report, VerifyError, verify};

use crate::kit::{Person, authority, now};
use testkit::pyhanko;

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
                // A refusal is a judgement; what made pyHanko itself stumble is none.
                .filter(|one| {
                    one["error"].as_str().is_none_or(|error| error.starts_with("SignatureValidationError"))
                })
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

/// The file with one more, invisible, signature; `None` where the file takes no revision or no further signature.
fn signed(file: &Path, person: &Person) -> Option<Vec<u8>> {
    let base = std::fs::read(file).expect("readable");
    let document = pdf::Document::open(Arc::new(base.clone())).ok()?;
    let tail = pdf::form::act(&document, &person.act("Countersign-test", pdf::form::Lock::None)).ok()?;
    let signed = person.sign_tail(&base, tail);
    Some([base.as_slice(), &signed.tail_bytes].concat())
}

#[test]
fn what_we_sign_of_others_files_we_judge_as_intact_and_whole() {
    let Some(folder) = corpora() else { return };
    let authority = authority();
    let person = Person::new(&authority, "Zoe");
    let (mut count, mut wrong) = (0, Vec::new());
    for name in ["dss", "pyhanko", "qpdf", "pdfjs"] {
        for file in files(&folder.join(name)) {
            let Some(bytes) = signed(&file, &person) else { continue };
            count += 1;
            let options = Options {
                trust: vec![authority.certificate().clone()],
                at: now(),
                require_revocation: false,
            };
            let report = verify(Arc::new(bytes), &options);
            let ours = report.as_ref().ok().and_then(|report| {
                report.signatures.iter().find(|signature| signature.field == "Countersign-test")
            });
            let holds = ours.is_some_and(|ours| {
                ours.indication == Indication::TotalPassed && ours.coverage == Coverage::WholeFile
            });
            if !holds {
                wrong.push(format!("{}: {report:#?}", file.display()));
            }
        }
    }
    println!("{count} files signed");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every so manieth file is shown to pyHanko, which takes its time.
const SAMPLE: usize = 6;

#[test]
fn a_sample_of_what_we_sign_of_others_files_is_accepted_by_pyhanko() {
    let Some(folder) = corpora() else { return };
    let authority = authority();
    let person = Person::new(&authority, "Zoe");
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let (root, out) = (scratch.path().join("ca.pem"), scratch.path().join("signed.pdf"));
    std::fs::write(&root, authority.certificate().to_pem()).expect("written");
    let (mut count, mut unread, mut refused) = (0, Vec::new(), Vec::new());
    for name in ["dss", "pyhanko", "qpdf", "pdfjs"] {
        for file in files(&folder.join(name)).iter().step_by(SAMPLE) {
            let Some(bytes) = signed(file, &person) else { continue };
            std::fs::write(&out, bytes).expect("written");
            let at = now().to_string();
            let Some(answer) = pyhanko::judge(&out, &[&root], Some(&at), false) else {
                return;
            };
            count += 1;
            if let Some(error) = answer["error"].as_str() {
                unread.push(format!("{}: {error}", file.display()));
                continue;
            }
            let all = answer["signatures"].as_array().map(Vec::as_slice).unwrap_or_default();
            let ours = all.iter().find(|one| one["field"] == "Countersign-test");
            if ours.is_none_or(|ours| ours["bottom_line"] != true) {
                refused.push(format!("{}: {}", file.display(), ours.unwrap_or(&answer)));
            }
        }
    }
    println!("{count} files shown, not read by pyHanko: {unread:#?}");
    assert!(refused.is_empty(), "{refused:#?}");
    assert!(unread.len() * 20 <= count, "pyHanko reads nearly all of them: {unread:#?}");
}
