//! What we find on the pages of strangers, beside what poppler's `pdftotext -bbox` finds there.
//!
//! The files are those of `COUNTERSIGN_CORPORA`, which are not part of this repository. Where the variable is not
//! set, or `pdftotext` is not installed, the test says so.

mod strangers;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pdf::{Document, Found};
use strangers::in_fixed_order;

/// Files with text that are compared, beside those of [`OTHER_BY_RIGHT`].
const FILES: usize = 200;
/// Pages of each.
const PAGES: u32 = 5;
/// What `pdftotext` may take for one file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Files where the two differ and ours is right, or where nobody can say; with the reason. One that agrees has no place here.
const OTHER_BY_RIGHT: &[(&str, &str)] = &[
    (
        "bug1796741.pdf",
        "the form wants its fields drawn anew (/NeedAppearances); poppler does, and ours is what the file shows",
    ),
    ("bug900822.pdf", "a line of narrow letters that poppler breaks in the middle of its words"),
    ("examples__qtest__set-form-values__form-in.pdf", "as bug1796741.pdf"),
    ("issue13916.pdf", "the fonts name no letters; poppler makes some up from the codes"),
    ("issue19802.pdf", "poppler reads the names of the glyphs as codes: ÝMWB for Ýlva"),
];

/// A word as `pdftotext -bbox` gives it.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    /// Left, top, right, bottom.
    sides: [f64; 4],
}

#[test]
fn an_anchor_is_found_wherever_poppler_finds_it() {
    let Some(root) = std::env::var_os("COUNTERSIGN_CORPORA") else {
        println!("skipped: COUNTERSIGN_CORPORA is not set, so there are no strangers' files to search");
        return;
    };
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: pdftotext is not installed, so there is nothing to compare with");
        return;
    }
    let files = in_fixed_order(Path::new(&root));
    let next = AtomicUsize::new(0);
    let compared = AtomicUsize::new(0);
    let mut differences: Vec<(PathBuf, String)> = std::thread::scope(|scope| {
        let work = || {
            let mut differences = Vec::new();
            while compared.load(Ordering::SeqCst) < FILES {
                let place = next.fetch_add(1, Ordering::SeqCst);
                let Some(path) = files.get(place) else { break };
                let Some((anchor, words)) = words(path, place) else { continue };
                if !is_other_by_right(path) && compared.fetch_add(1, Ordering::SeqCst) >= FILES {
                    break;
                }
                if let Err(difference) = compare(path, &anchor, &words) {
                    differences.push((path.clone(), format!("{anchor:?}: {difference}")));
                }
            }
            differences
        };
        let other = scope.spawn(work);
        let mut differences = work();
        differences.extend(other.join().expect("no file makes us panic"));
        differences
    });
    differences.sort();
    let compared = compared.into_inner().min(FILES);
    for (path, difference) in &differences {
        println!("{}: {difference}", path.display());
    }
    let (known, differences): (Vec<_>, Vec<_>) =
        differences.into_iter().partition(|(path, _)| is_other_by_right(path));
    println!("{compared} files compared, {} differ without a known reason", differences.len());
    assert_eq!(compared, FILES, "the corpora hold that many files with text");
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(known.len(), OTHER_BY_RIGHT.len(), "a reason is given for a file that agrees: {known:#?}");
}

fn is_other_by_right(path: &Path) -> bool {
    OTHER_BY_RIGHT.iter().any(|(known, _)| path.file_name().is_some_and(|name| name == *known))
}

/// The words of the first pages, and one of them to search for; `None` where the file has no text or does not open.
fn words(path: &Path, seed: usize) -> Option<(String, Vec<Vec<Word>>)> {
    let pages = pdftotext(path)?;
    let fit = |word: &&Word| word.text.chars().count() >= 4 && word.text.chars().all(char::is_alphanumeric);
    let fitting: Vec<&Word> = pages.iter().flatten().filter(fit).collect();
    let anchor = fitting.get(seed.checked_rem(fitting.len())?)?.text.clone();
    Document::open(Arc::new(std::fs::File::open(path).ok()?)).ok()?;
    Some((anchor, pages))
}

fn pdftotext(path: &Path) -> Option<Vec<Vec<Word>>> {
    let mut child = Command::new("pdftotext")
        .args(["-bbox", "-cropbox", "-f", "1", "-l", &PAGES.to_string()])
        .arg(path)
        .arg("-")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut out = child.stdout.take()?;
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = out.read_to_end(&mut bytes);
        bytes
    });
    let started = Instant::now();
    while child.try_wait().ok()?.is_none() {
        if started.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let html = String::from_utf8_lossy(&reader.join().ok()?).into_owned();
    let pages = html.split("<page ").skip(1).map(|page| page.lines().filter_map(word).collect());
    Some(pages.collect())
}

fn word(line: &str) -> Option<Word> {
    let rest = line.trim().strip_prefix("<word ")?;
    let (sides, text) = rest.split_once('>')?;
    let side = |key: &str| -> Option<f64> {
        sides.split_once(&format!("{key}=\""))?.1.split_once('"')?.0.parse().ok()
    };
    let text = text.strip_suffix("</word>")?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    Some(Word { text, sides: [side("xMin")?, side("yMin")?, side("xMax")?, side("yMax")?] })
}

fn compare(path: &Path, anchor: &str, pages: &[Vec<Word>]) -> Result<(), String> {
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let document = Document::open(Arc::new(file)).map_err(|error| error.to_string())?;
    for (number, words) in (1..).zip(pages) {
        let text = document.page_text(number).map_err(|error| format!("page {number}: {error}"))?;
        // Poppler gives units of user space, and the letters of Arabic and Hebrew from left to right.
        let unit = document.page(number).map_err(|error| error.to_string())?.user_unit;
        let needle: String =
            if is_right_to_left(anchor) { anchor.chars().rev().collect() } else { anchor.to_owned() };
        let found = text.find(&needle);
        let expected: usize = words.iter().map(|word| word.text.matches(anchor).count()).sum();
        if found.len() != expected {
            return Err(format!("page {number}: {} instead of {expected}", found.len()));
        }
        // Of a word within a word poppler does not tell the sides.
        for word in words.iter().filter(|word| word.text == anchor) {
            if !found.iter().any(|found| same_place(found, word.sides.map(|side| side * unit))) {
                let nearest = found.iter().min_by(|a, b| {
                    let far = |found: &Found| {
                        (found.rect.x - word.sides[0]).abs() + (found.baseline - word.sides[3]).abs()
                    };
                    far(a).total_cmp(&far(b))
                });
                return Err(format!("page {number}: {:?}, nearest {nearest:?}", word.sides));
            }
        }
    }
    Ok(())
}

fn is_right_to_left(text: &str) -> bool {
    let right_to_left =
        |letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    text.chars().any(right_to_left)
}

/// Both ends within a point, our baseline inside poppler's box. Of text that runs up or down the page the ends are its
/// upper and lower sides.
fn same_place(found: &Found, [left, top, right, bottom]: [f64; 4]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1.0;
    let rect = found.rect;
    if bottom - top > 1.2 * (right - left) {
        return near(rect.y, top)
            && near(rect.y + rect.height, bottom)
            && rect.x < right
            && rect.x + rect.width > left;
    }
    near(rect.x, left) && near(rect.x + rect.width, right) && (top..=bottom).contains(&found.baseline)
}
