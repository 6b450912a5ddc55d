//! Rules about our own files that no compiler and no linter holds.
//!
//! What counts as ours is what git tracks, so that build results and downloads never matter.

use std::path::{Path, PathBuf};
use std::process::Command;

const LONGEST_FILE: usize = 600;
/// Names under which things of every kind gather; the thing's own name is better.
const MEETING_PLACES: &[&str] =
    &["utils.rs", "util.rs", "helpers.rs", "types.rs", "handlers.rs", "common.rs", "misc.rs"];
const TEXT: &[&str] = &[
    "rs", "md", "sh", "py", "mjs", "js", "ts", "svelte", "css", "html", "java", "toml", "yml", "yaml", "sql",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("crates/testkit lies two below")
        .to_path_buf()
}

/// Paths of our files, as git lists them: tracked ones, and new ones that are not ignored.
fn files() -> Vec<String> {
    let out = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("the tests run in a clone, with git");
    assert!(out.status.success(), "git ls-files: {}", String::from_utf8_lossy(&out.stderr));
    let mut files: Vec<String> = String::from_utf8_lossy(&out.stdout)
        .lines()
        .filter(|file| root().join(file).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    files
}

fn read(file: &str) -> String {
    String::from_utf8_lossy(&std::fs::read(root().join(file)).expect("a listed file can be read"))
        .into_owned()
}

fn extension(file: &str) -> &str {
    Path::new(file).extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}

/// Rust sources with what a rule says about them; `complaint` sees the path and the text.
fn complaints(wanted: impl Fn(&str) -> bool, complaint: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    files().iter().filter(|file| wanted(file)).flat_map(|file| complaint(file, &read(file))).collect()
}

/// The lines of a source before its unit tests, which stand at the end, with their numbers; comments left out.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

#[test]
fn no_file_is_longer_than_a_person_reads_in_one_sitting() {
    let generated =
        |file: &str| file.ends_with("-lock.json") || file.starts_with("api/") || file.ends_with(".snap");
    let long = complaints(
        |file| TEXT.contains(&extension(file)) && !generated(file),
        |file, text| {
            let lines = text.lines().count();
            if lines > LONGEST_FILE { vec![format!("{file}: {lines} lines")] } else { Vec::new() }
        },
    );
    assert!(long.is_empty(), "over {LONGEST_FILE} lines: {long:#?}");
}

#[test]
fn no_file_is_a_meeting_place() {
    let found: Vec<String> = files()
        .into_iter()
        .filter(|file| MEETING_PLACES.contains(&file.rsplit('/').next().unwrap_or_default()))
        .collect();
    assert!(found.is_empty(), "name the thing instead: {found:?}");
}

#[test]
fn no_test_is_switched_off_and_nothing_is_left_to_do() {
    // Written in two parts, so that this file does not complain about itself.
    let words = [
        concat!("#[ig", "nore"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("should_", "panic"),
    ];
    let found = complaints(
        |file| extension(file) == "rs",
        |file, text| {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            lines
                .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
                .map(|(index, line)| format!("{file}:{}: {}", index + 1, line.trim()))
                .collect()
        },
    );
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn nothing_outside_tests_unwraps() {
    let test_modules = test_modules();
    let in_tests = |file: &str| {
        let path = file.trim_end_matches(".rs");
        test_modules.iter().any(|module| path == module || path.starts_with(&format!("{module}/")))
    };
    let found = complaints(
        |file| {
            file.starts_with("crates/")
                && file.contains("/src/")
                && extension(file) == "rs"
                && !in_tests(file)
        },
        |file, text| {
            code_lines(text)
                .filter(|(_, line)| line.contains(concat!(".unw", "rap()")))
                .map(|(number, line)| format!("{file}:{number}: {}", line.trim()))
                .collect()
        },
    );
    assert!(found.is_empty(), "an expect states the invariant: {found:#?}");
}

/// Modules that their parent declares under `#[cfg(test)]`, as paths without `.rs`.
fn test_modules() -> Vec<String> {
    let mut found = Vec::new();
    for file in files().iter().filter(|file| extension(file) == "rs") {
        let text = read(file);
        let folder = match file.rsplit_once('/') {
            Some((folder, "lib.rs" | "main.rs" | "mod.rs")) => folder.to_owned(),
            _ => file.trim_end_matches(".rs").to_owned(),
        };
        for (attribute, declaration) in text.lines().zip(text.lines().skip(1)) {
            let name = declaration
                .trim()
                .strip_suffix(';')
                .and_then(|line| line.split_once("mod "))
                .map(|(_, name)| name);
            if let (true, Some(name)) = (attribute.trim() == "#[cfg(test)]", name) {
                found.push(format!("{folder}/{name}"));
            }
        }
        if text.contains("\n#![cfg(test)]") || text.starts_with("#![cfg(test)]") {
            found.push(file.trim_end_matches(".rs").to_owned());
        }
    }
    found
}

#[test]
fn an_exception_from_a_lint_has_its_reason() {
    let bare = [concat!("#[al", "low("), concat!("#![al", "low(")];
    let found = complaints(
        |file| extension(file) == "rs",
        |file, text| {
            let lines = text.lines().enumerate();
            lines
                .filter(|(_, line)| bare.iter().any(|word| line.trim_start().starts_with(word)))
                .map(|(index, line)| format!("{file}:{}: {}", index + 1, line.trim()))
                .collect()
        },
    );
    assert!(found.is_empty(), "#[expect(lint, reason = \"...\")]: {found:#?}");
}

#[test]
fn every_rust_file_is_part_of_a_crate() {
    // The compiler says nothing of a file that no `mod` names, and its tests never run.
    let is_root = |file: &str| {
        let parts: Vec<&str> = file.split('/').collect();
        let target = matches!(parts.as_slice(), ["crates", _, "tests" | "examples" | "benches", _]);
        let main = ["main.rs", "lib.rs", "build.rs"].contains(parts.last().unwrap_or(&""));
        target || main || file.contains("/bin/")
    };
    let all = files();
    let found = complaints(
        |file| file.starts_with("crates/") && extension(file) == "rs" && !is_root(file),
        |file, _| {
            let path = Path::new(file);
            let mut folder = path.parent().expect("a file lies in a folder");
            let mut name = path.file_stem().expect("a file has a name").to_string_lossy();
            if name == "mod" {
                name = folder.file_name().expect("a folder has a name").to_string_lossy();
                folder = folder.parent().expect("it lies in another one");
            }
            let beside = all.iter().filter(|it| Path::new(it).parent() == Some(folder)).cloned();
            let named = beside.chain([format!("{}.rs", folder.display())]).any(|it| {
                let text = std::fs::read_to_string(root().join(it)).unwrap_or_default();
                text.lines().any(|line| line.trim_end().ends_with(&format!("mod {name};")))
            });
            if named { Vec::new() } else { vec![file.to_owned()] }
        },
    );
    assert!(found.is_empty(), "no `mod` names these: {found:#?}");
}

#[test]
fn the_architecture_names_every_crate() {
    let page = read("ARCHITECTURE.md");
    let crates: Vec<String> = std::fs::read_dir(root().join("crates"))
        .expect("the crates lie in crates/")
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| {
            [format!("{name}/"), format!("`{name}`"), format!("crates/{name}`")]
                .iter()
                .all(|form| !page.contains(form))
        })
        .collect();
    assert!(crates.is_empty(), "not named in ARCHITECTURE.md: {crates:?}");
}

#[test]
fn links_between_our_pages_lead_to_files() {
    let found = complaints(
        |file| extension(file) == "md",
        |file, text| {
            let folder = root().join(file).parent().expect("a file lies in a folder").to_path_buf();
            links(text)
                .into_iter()
                .filter(|link| {
                    !folder.join(link).exists() && !root().join(link.trim_start_matches('/')).exists()
                })
                .map(|link| format!("{file}: {link}"))
                .collect()
        },
    );
    assert!(found.is_empty(), "these lead nowhere: {found:#?}");
}

/// Targets of Markdown links that are files: no addresses, no anchors within the page, nothing inside code.
fn links(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        for part in prose.split("](").skip(1) {
            let target = part.split([')', ' ']).next().unwrap_or_default();
            let target = target.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                found.push(target.to_owned());
            }
        }
    }
    found
}
