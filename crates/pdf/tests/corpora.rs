//! Every file of `COUNTERSIGN_CORPORA` is judged; samples are compared with qpdf, where it is installed.
//!
//! The files were made by others and are not part of this repository. Where the variable is not set, the tests say so.

#![expect(clippy::print_stdout, reason = "what was skipped or refused is for a person to read")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pdf::intake::{Intake, IntakeRefusal, intake};
use pdf::{Document, Revision, Source, rewrite};

/// Every nth file is given to qpdf: starting it costs more than our part.
const SAMPLE: usize = 12;

/// All files in a fixed order; `None` where there are none.
fn files() -> Option<Vec<PathBuf>> {
    let Some(root) = std::env::var_os("COUNTERSIGN_CORPORA") else {
        println!("skipped: COUNTERSIGN_CORPORA is not set, so there are no strangers' files to read");
        return None;
    };
    let mut files = Vec::new();
    let mut open = vec![PathBuf::from(root)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("COUNTERSIGN_CORPORA is a folder") {
            let path = entry.expect("can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Some(files)
}

fn source(path: &Path) -> Arc<dyn Source> {
    Arc::new(std::fs::File::open(path).expect("can be opened"))
}

/// The file as it would be sent: itself or its rewrite.
fn prepared(path: &Path, answer: &Intake) -> Vec<u8> {
    if answer.rewrite.is_empty() {
        return std::fs::read(path).expect("can be read");
    }
    let document = Document::open(source(path)).expect("was accepted");
    let mut out = Vec::new();
    rewrite::rewrite(&document, &mut out).expect("what was accepted can be rewritten");
    out
}

/// The catalog once more, unchanged, as a revision.
fn with_trivial_revision(base: Vec<u8>) -> Vec<u8> {
    let document = Document::open(Arc::new(base.clone())).expect("opens again");
    let mut revision = Revision::new(&document).expect("needs no repair");
    revision.put(document.catalog_id().expect("is there"), document.catalog().expect("is there"));
    let tail = revision.finish().expect("can be written");
    [base, tail.bytes].concat()
}

fn qpdf(arguments: &[&str], path: &Path) -> Option<(i32, String)> {
    let output = Command::new("qpdf").args(arguments).arg(path).output().ok()?;
    Some((output.status.code().unwrap_or(99), String::from_utf8_lossy(&output.stdout).trim().to_owned()))
}

#[test]
fn no_file_panics_hangs_or_loses_a_page_by_what_we_append() {
    let Some(files) = files() else { return };
    let (mut accepted, mut refused) = (0, std::collections::BTreeMap::new());
    for path in &files {
        let started = Instant::now();
        match intake(source(path)) {
            Ok(answer) => {
                accepted += 1;
                let whole = with_trivial_revision(prepared(path, &answer));
                let after = Document::open(Arc::new(whole)).expect("opens with its revision");
                assert!(!after.was_repaired(), "{}", path.display());
                assert_eq!(
                    after.page_count().ok(),
                    u32::try_from(answer.pages.len()).ok(),
                    "{}",
                    path.display()
                );
            }
            Err(refusal) => *refused.entry(refusal.code()).or_insert(0) += 1,
        }
        let took = started.elapsed();
        assert!(took < Duration::from_secs(10), "{} took {took:?}", path.display());
    }
    println!("{accepted} of {} files accepted, refused: {refused:?}", files.len());
}

#[test]
fn qpdf_counts_the_same_pages_and_finds_a_revision_no_worse_than_its_base() {
    let Some(files) = files() else { return };
    if qpdf(&["--version"], Path::new("--")).is_none() {
        println!("skipped: qpdf is not installed");
        return;
    }
    let folder = std::env::temp_dir().join(format!("countersign-pdf-corpora-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let candidate = folder.join("candidate.pdf");
    let mut worse = Vec::new();
    for path in files.iter().step_by(SAMPLE) {
        let Ok(answer) = intake(source(path)) else { continue };
        let pages = Some(answer.pages.len());
        let count = |path: &Path| qpdf(&["--show-npages"], path).and_then(|(_, text)| text.parse().ok());
        // Pages of a damaged file are a matter of opinion; of its rewrite they are not.
        let counted = count(path);
        if answer.rewrite.is_empty() && counted.is_some() && counted != pages {
            worse.push(format!("{}: {pages:?} pages, qpdf counts {counted:?}", path.display()));
        }
        std::fs::write(&candidate, with_trivial_revision(prepared(path, &answer))).expect("a temporary file");
        let counted = count(&candidate);
        if counted != pages {
            worse.push(format!("{}: {pages:?} pages, with a revision {counted:?}", path.display()));
        }
        let (before, _) = qpdf(&["--check"], path).expect("qpdf is there");
        let (after, text) = qpdf(&["--check"], &candidate).expect("qpdf is there");
        // 0 fine, 3 warnings, 2 errors.
        let rank = |code: i32| [0, 3, 2].iter().position(|known| *known == code);
        if rank(after) > rank(before) {
            worse.push(format!("{}: --check {before} became {after}: {text}", path.display()));
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
    std::fs::remove_dir_all(&folder).expect("our own folder");
}

#[test]
fn at_least_98_of_100_files_that_qpdf_opens_are_accepted() {
    let Some(files) = files() else { return };
    // A smaller sample than all, but of other files than the test above.
    let sample: Vec<_> = files.iter().skip(5).step_by(SAMPLE).collect();
    let (mut open, mut accepted) = (0, 0);
    for path in sample {
        let pages = qpdf(&["--show-npages"], path).and_then(|(_, text)| text.parse::<usize>().ok());
        if pages.is_none_or(|pages| pages == 0) {
            continue;
        }
        match intake(source(path)) {
            Err(IntakeRefusal::CertifiedNoChanges) => {}
            Err(refusal) => {
                open += 1;
                println!("refused: {}: {}", path.display(), refusal.code());
            }
            Ok(_) => {
                open += 1;
                accepted += 1;
            }
        }
    }
    if open == 0 {
        println!("skipped: qpdf is not installed, or opens none of the files");
    }
    println!("{accepted} of {open} accepted");
    assert!(accepted * 100 >= open * 98);
}
