//! Strangers' files made one, two by two: as many pages as both, the same words on each of them for poppler, and nothing
//! for qpdf to complain of that it did not complain of before.
//!
//! The files are those of `COUNTERSIGN_CORPORA`, which are not part of this repository. Where the variable is not set,
//! or poppler or qpdf is not installed, the test says so. `COUNTERSIGN_PAIRS=all` takes every file in.

mod strangers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pdf::intake::intake;
use pdf::rewrite::{NotCombined, Part, combine, rewrite};
use pdf::{Document, Source};
use strangers::in_fixed_order;

/// Pairs in a test run; starting programs of others takes most of it.
const PAIRS: usize = 60;
/// Larger files take poppler longer than they tell us anything.
const BYTES_MAX: u64 = 1_000_000;

/// Files whose words poppler reads otherwise in the whole, and why that is right.
const OTHER_BY_RIGHT: &[(&str, &str)] = &[(
    "form-bad-fields-array.pdf",
    "its form has a name where its fields should stand: no form is left, and the whole shows the looks that they have",
)];

/// The file as an upload keeps it: itself or its rewrite; `None` where it is not taken.
fn taken(path: &Path) -> Option<Vec<u8>> {
    let source: Arc<dyn Source> = Arc::new(std::fs::File::open(path).ok()?);
    let answer = intake(source.clone()).ok()?;
    if answer.rewrite.is_empty() {
        return std::fs::read(path).ok();
    }
    let document = Document::open(source).expect("was accepted");
    let mut out = Vec::new();
    rewrite(&document, &mut out).ok()?;
    Some(out)
}

/// What poppler reads, page by page; `None` where it cannot.
fn words(path: &Path) -> Option<Vec<String>> {
    let told = Command::new("timeout").args(["20", "pdftotext"]).arg(path).arg("-").output().ok()?;
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    told.status.success().then(|| text.split_terminator('\u{c}').map(str::to_owned).collect())
}

/// 0 nothing wrong, 1 warnings, 2 errors.
fn faults(path: &Path) -> u8 {
    let told =
        Command::new("timeout").args(["30", "qpdf", "--check"]).arg(path).output().expect("qpdf is there");
    match told.status.code() {
        Some(0) => 0,
        Some(3) => 1,
        _ => 2,
    }
}

/// Whether nothing is said against one file alone.
fn goes_alone(path: &Path) -> bool {
    let Some(bytes) = taken(path) else { return false };
    let document = Document::open(Arc::new(bytes)).expect("was accepted");
    combine("Alone", &[Part { document: &document, title: "A part" }], &mut std::io::sink()).is_ok()
}

/// What is wrong with the whole of these two, or why there is none.
fn judge(folder: &Path, number: usize, pair: &[PathBuf]) -> Result<Option<&'static str>, String> {
    let mut parts = Vec::new();
    for path in pair {
        let Some(bytes) = taken(path) else { return Ok(Some("not taken as an upload")) };
        parts.push(bytes);
    }
    let open = |bytes: &Vec<u8>| Document::open(Arc::new(bytes.clone())).expect("was accepted");
    let documents: Vec<Document> = parts.iter().map(open).collect();
    let asked: Vec<Part<'_>> = documents.iter().map(|document| Part { document, title: "A part" }).collect();
    let mut whole = Vec::new();
    match combine("The whole", &asked, &mut whole) {
        Ok(()) => {}
        Err(NotCombined::Signed { .. }) => return Ok(Some("signed")),
        Err(NotCombined::Encrypted { .. }) => return Ok(Some("encrypted")),
        Err(NotCombined::Xfa { .. }) => return Ok(Some("XFA")),
        Err(NotCombined::Layers { .. }) => return Ok(Some("two with layers")),
        Err(NotCombined::Document { part, error }) => return Err(format!("file {part}: {error}")),
        Err(other) => return Err(other.to_string()),
    }
    let lay = |name: String, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map(|()| path).map_err(|error| error.to_string())
    };
    let paths = [lay(format!("{number}-a.pdf"), &parts[0])?, lay(format!("{number}-b.pdf"), &parts[1])?];
    let path = lay(format!("{number}-whole.pdf"), &whole)?;
    let counts: Vec<u32> = documents.iter().map(|it| it.page_count().unwrap_or(0)).collect();
    let pages = Document::open(Arc::new(whole)).and_then(|it| it.page_count());
    if pages != Ok(counts.iter().sum()) {
        return Err(format!("{counts:?} pages became {pages:?}"));
    }
    let worst = paths.iter().map(|it| faults(it)).max().unwrap_or(0);
    let found = faults(&path);
    if found > worst {
        return Err(format!("qpdf finds faults of rank {found}, not {worst} as before"));
    }
    let (Some(first), Some(second), found) = (words(&paths[0]), words(&paths[1]), words(&path)) else {
        return Ok(Some("not read by poppler"));
    };
    let found = found.ok_or("poppler does not read the whole")?;
    let expected = [first, second].concat();
    let differs = expected.iter().zip(&found).position(|(one, two)| one != two);
    if expected.len() != found.len() || differs.is_some() {
        return Err(format!(
            "page {differs:?} of {}: the words are others ({} pages)",
            expected.len(),
            found.len()
        ));
    }
    for file in paths.iter().chain([&path]) {
        let _ = std::fs::remove_file(file);
    }
    Ok(None)
}

#[test]
fn two_files_of_strangers_become_one_with_the_words_of_both() {
    let Some(root) = std::env::var_os("COUNTERSIGN_CORPORA") else {
        println!("skipped: COUNTERSIGN_CORPORA is not set, so there are no strangers' files to combine");
        return;
    };
    if ["qpdf", "pdftotext"].iter().any(|it| Command::new(it).arg("--version").output().is_err()) {
        println!("skipped: qpdf or pdftotext is not installed, so there is nobody to judge");
        return;
    }
    let all = std::env::var("COUNTERSIGN_PAIRS").is_ok_and(|it| it == "all");
    let mut files = in_fixed_order(Path::new(&root));
    if !all {
        // What is refused by itself is refused in a pair, and tells nothing more there.
        files.retain(|it| it.metadata().is_ok_and(|it| it.len() <= BYTES_MAX));
        files = files.into_iter().filter(|it| goes_alone(it)).take(2 * PAIRS).collect();
    }
    let pairs: Vec<&[PathBuf]> = files.chunks_exact(2).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("combined-pairs");
    std::fs::create_dir_all(&folder).expect("a folder of ours");
    let next = AtomicUsize::new(0);
    let (wrong, skipped) = (Mutex::new(Vec::new()), Mutex::new(BTreeMap::<&str, usize>::new()));
    std::thread::scope(|scope| {
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                let Some(pair) = pairs.get(number) else { break };
                match judge(&folder, number, pair) {
                    Ok(None) => {}
                    Ok(Some(why)) => *skipped.lock().expect("is whole").entry(why).or_default() += 1,
                    Err(fault) => {
                        let names: Vec<String> = pair.iter().map(|it| it.display().to_string()).collect();
                        wrong.lock().expect("is whole").push(format!("{}: {fault}", names.join(" + ")));
                    }
                }
            }
        };
        let other = scope.spawn(work);
        work();
        other.join().expect("no file makes us panic");
    });
    let (mut wrong, skipped) =
        (wrong.into_inner().expect("is whole"), skipped.into_inner().expect("is whole"));
    wrong.sort();
    wrong.retain(|fault| !OTHER_BY_RIGHT.iter().any(|(known, _)| fault.contains(known)));
    let combined = pairs.len() - skipped.values().sum::<usize>();
    println!("{combined} of {} pairs combined, others: {skipped:?}", pairs.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(3 * combined >= pairs.len() && (all || 10 * combined >= 9 * pairs.len()), "few were combined");
}
