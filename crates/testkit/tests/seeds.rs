//! What the vendors' texts say about signers, order, authentication, notification and redirects, and which test
//! shows it. `docs/seeds.json` holds the sentences in words of our own; a test names one in a comment directly
//! above itself, and `docs/seeds.md` is made of both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The word after which a comment names a sentence.
const MARK: &str = "Seed:";

/// One sentence of a vendor.
struct Sentence {
    file: String,
    first: usize,
    last: usize,
    kind: String,
    says: String,
    why: Option<String>,
}

/// A comment that names a sentence, and the test below it.
struct Named {
    file: String,
    line: usize,
    /// The test's file and its name; `None` where no test follows.
    test: Option<(String, String)>,
    /// Where the comment stands.
    place: String,
}

impl Sentence {
    fn at(&self) -> String {
        let last = if self.last == self.first { String::new() } else { format!("-{}", self.last) };
        format!("{}:{}{last}", self.file, self.first)
    }

    fn holds(&self, named: &Named) -> bool {
        self.file == named.file && (self.first..=self.last).contains(&named.line)
    }
}

fn root() -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"));
    crates.ancestors().nth(2).expect("crates/testkit lies two below").to_path_buf()
}

fn read(file: &str) -> String {
    let bytes = std::fs::read(root().join(file)).expect("a listed file can be read");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `vendor.txt:12` or `vendor.txt:12-14`, taken apart.
fn place(text: &str) -> Option<(String, usize, usize)> {
    let (file, lines) = text.split_once(':')?;
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (1 <= first && first <= last).then(|| (file.to_owned(), first, last))
}

fn sentences() -> Vec<Sentence> {
    let list: Vec<BTreeMap<String, String>> =
        serde_json::from_str(&read("docs/seeds.json")).expect("docs/seeds.json is a list of sentences");
    let sentence = |entry: &BTreeMap<String, String>| {
        let word = |name: &str| entry.get(name).cloned();
        let (file, first, last) = place(&word("at")?)?;
        Some(Sentence { file, first, last, kind: word("kind")?, says: word("says")?, why: word("why") })
    };
    let read: Vec<Sentence> = list.iter().filter_map(sentence).collect();
    let wrong = list.iter().find(|it| sentence(it).is_none());
    assert!(wrong.is_none(), "this names no sentence: {wrong:?}");
    read
}

/// Every comment of our sources that names a sentence.
fn named() -> Vec<Named> {
    let out = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs", "*.mjs", "*.js", "*.ts"])
        .current_dir(root())
        .output()
        .expect("the tests run in a clone, with git");
    assert!(out.status.success(), "git ls-files: {}", String::from_utf8_lossy(&out.stderr));
    let listed = String::from_utf8_lossy(&out.stdout);
    let files: BTreeSet<&str> = listed.lines().filter(|file| root().join(file).is_file()).collect();
    files.iter().flat_map(|file| named_in(file, &read(file))).collect()
}

fn named_in(file: &str, text: &str) -> Vec<Named> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let comment = if file.ends_with(".rs") { "/// " } else { "// " };
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(rest) = line.strip_prefix(comment).and_then(|rest| rest.strip_prefix(MARK)) else {
            continue;
        };
        let (vendor, first, last) = place(rest.trim()).unwrap_or_default();
        let test = test_below(&lines[index..], file.ends_with(".rs"));
        found.push(Named {
            file: vendor,
            // One line is named, not several: which sentence is meant is then never in doubt.
            line: if first == last { first } else { 0 },
            test: test.map(|name| (file.to_owned(), name)),
            place: format!("{file}:{}: {line}", index + 1),
        });
    }
    found
}

/// The name of the test that begins below these comments.
fn test_below(lines: &[&str], rust: bool) -> Option<String> {
    let (above, first) = {
        let end = lines.iter().position(|line| !line.starts_with("//") && !line.starts_with("#["))?;
        (&lines[..end], *lines.get(end)?)
    };
    if !rust {
        let quoted = first.strip_prefix("test(").or_else(|| first.strip_prefix("it("))?;
        let quote = quoted.chars().next().filter(|it| "'`\"".contains(*it))?;
        return quoted[1..].split(quote).next().map(str::to_owned);
    }
    let is_test = above.iter().any(|line| line.starts_with("#[") && line.contains("test"));
    let name = first.split_once("fn ")?.1.split(['(', '<']).next()?;
    is_test.then(|| name.to_owned())
}

#[test]
fn each_comment_names_a_sentence_that_exists_and_stands_directly_above_a_test() {
    let (sentences, named) = (sentences(), named());
    let lost: Vec<&str> = named
        .iter()
        .filter(|it| it.test.is_none() || !sentences.iter().any(|sentence| sentence.holds(it)))
        .map(|it| it.place.as_str())
        .collect();
    assert!(!named.is_empty(), "the comments are found");
    assert!(lost.is_empty(), "one line of docs/seeds.json, directly above a test: {lost:#?}");
}

#[test]
fn each_sentence_that_is_a_rule_has_a_test() {
    let named = named();
    let sentences = sentences();
    let open = sentences.iter().filter(|it| it.kind == "open");
    open.for_each(|it| println!("open: {} {}", it.at(), it.why.as_deref().unwrap_or_default()));
    let without: Vec<String> = sentences
        .iter()
        .filter(|it| it.kind == "rule" && !named.iter().any(|named| it.holds(named)))
        .map(|it| format!("{} {}", it.at(), it.says))
        .collect();
    assert!(without.is_empty(), "{} rules without a test: {without:#?}", without.len());
}

#[test]
fn the_list_is_in_order_without_overlap_and_says_why_something_is_open() {
    for sentence in sentences() {
        let at = sentence.at();
        let kinds = ["rule", "context", "dialect", "open"];
        assert!(kinds.contains(&sentence.kind.as_str()), "{at}: kind is one of {kinds:?}");
        assert_eq!(sentence.why.is_some(), sentence.kind == "open", "{at}: `why` stands with `open` alone");
        assert!(!sentence.says.trim().is_empty() && !sentence.says.contains('|'), "{at}: one plain sentence");
    }
    for pair in sentences().windows(2) {
        let (one, next) = (&pair[0], &pair[1]);
        assert!(one.file != next.file || one.last < next.first, "{} before {}", one.at(), next.at());
    }
}

/// Where the vendors' texts are at hand: they belong to the vendors and are no part of this project.
fn texts() -> Option<PathBuf> {
    let set = std::env::var_os("COUNTERSIGN_SEEDS").map(PathBuf::from);
    let beside = root().parent().map(|parent| parent.join("shared/seeds"));
    set.or(beside).filter(|folder| folder.is_dir())
}

#[test]
fn each_sentence_stands_in_its_text() {
    let Some(folder) = texts() else {
        println!("the vendors' texts are not here; COUNTERSIGN_SEEDS names their folder");
        return;
    };
    for sentence in sentences() {
        let text = std::fs::read_to_string(folder.join(&sentence.file)).expect("each text is in the folder");
        let lines: Vec<&str> = text.lines().collect();
        for line in [sentence.first, sentence.last] {
            let written = lines.get(line - 1).is_some_and(|it| !it.trim().is_empty());
            assert!(written, "{}: line {line} is blank or not there", sentence.at());
        }
    }
}

#[test]
fn the_page_about_the_sentences_is_what_they_and_the_tests_make_of_it() {
    let made = page(&sentences(), &named());
    if std::env::var_os("UPDATE_SEEDS").is_some() {
        std::fs::write(root().join("docs/seeds.md"), &made).expect("docs/seeds.md can be written");
    }
    let same = std::fs::read_to_string(root().join("docs/seeds.md")).is_ok_and(|kept| kept == made);
    assert!(
        same,
        "docs/seeds.md is out of date: UPDATE_SEEDS=1 cargo test -p countersign-testkit --test seeds"
    );
}

const HEAD: &str = "\
# What four vendors say, and the tests that show it

People come to Countersign from products whose APIs it answers. Four texts in which the vendors describe their own
product say what those people expect about signers, order, authentication, notification and redirects. Each
sentence about these stands here in words of our own, with the tests that name it.

This page is made of [seeds.json](seeds.json) and of the comments above the tests
(`UPDATE_SEEDS=1 cargo test -p countersign-testkit --test seeds`); a test compares it. A **rule** without a test
fails. **Open** says what cannot be done yet. What is a matter of one vendor's format on the wire is a **dialect**,
and is shown by the tests of that dialect when it is built. **Context** asks for nothing.
";

fn page(sentences: &[Sentence], named: &[Named]) -> String {
    let mut page = HEAD.to_owned();
    let count = |kind: &str| sentences.iter().filter(|it| it.kind == kind).count();
    let counts = ["rule", "open", "dialect", "context"].map(|kind| format!("{} {kind}", count(kind)));
    let _ = writeln!(page, "\n{} sentences: {}.", sentences.len(), counts.join(", "));
    let mut file = "";
    for sentence in sentences {
        if sentence.file != file {
            file = &sentence.file;
            let _ = write!(
                page,
                "\n## {file}\n\n| lines | kind | what it says | tests |\n| --- | --- | --- | --- |\n"
            );
        }
        let lines = sentence.at().split_off(file.len() + 1);
        let tests = shown_by(sentence, named);
        let _ = writeln!(page, "| {lines} | {} | {} | {tests} |", sentence.kind, sentence.says);
    }
    page
}

/// The tests that name a sentence, by file; why there is none where it is open.
fn shown_by(sentence: &Sentence, named: &[Named]) -> String {
    let mut tests: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, name) in named.iter().filter(|it| sentence.holds(it)).filter_map(|it| it.test.as_ref()) {
        let of_file = tests.entry(file).or_default();
        if !of_file.contains(&name.as_str()) {
            of_file.push(name);
        }
    }
    let told = tests.iter().map(|(file, names)| format!("`{file}`: {}", names.join(", ").replace('_', " ")));
    let told: Vec<String> = sentence.why.iter().cloned().chain(told).collect();
    told.join("<br>")
}
