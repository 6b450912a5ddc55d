//! Holds the crates' arrows against `cargo metadata`: which of our crates may name which of our crates.
//!
//! The map is ARCHITECTURE.md's. An arrow that is missing here is a decision, not an oversight: write its reason
//! into `docs/decisions/` before adding it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Crate, and the crates it may name outside its tests.
const ALLOWED: &[(&str, &[&str])] = &[
    ("envelope", &[]),
    ("evidence", &[]),
    ("identity", &[]),
    ("pdf", &[]),
    ("pki", &[]),
    ("convert", &[]),
    ("deliver", &[]),
    ("store", &[]),
    ("pades", &["pdf", "pki"]),
    ("service", &["convert", "deliver", "envelope", "evidence", "identity", "pades", "pdf", "pki", "store"]),
    ("http", &["service"]),
    ("countersign", &["convert", "deliver", "evidence", "http", "pades", "pdf", "pki", "service", "store"]),
    ("testkit", &[]),
];

/// Crates that know no clock, no randomness, no socket and no database, and what would bring one in.
const PURE: &[&str] = &["envelope", "evidence", "identity", "pdf", "pades"];
const IMPURE: &[&str] = &[
    "axum",
    "chrono",
    "fastrand",
    "getrandom",
    "hyper",
    "object_store",
    "rand",
    "reqwest",
    "sqlx",
    "tokio",
    "tracing",
    "uuid",
];

/// (crate, what it names, whether only its tests do).
struct Arrow {
    from: String,
    to: String,
    in_tests: bool,
}

fn arrows() -> (BTreeSet<String>, Vec<Arrow>) {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo ran this test, so it is there");
    assert!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("cargo metadata prints JSON");
    let (mut crates, mut arrows) = (BTreeSet::new(), Vec::new());
    for package in metadata["packages"].as_array().expect("metadata lists packages") {
        let from = short(&package["name"]);
        crates.insert(from.clone());
        for dependency in package["dependencies"].as_array().expect("a package lists its dependencies") {
            let in_tests = dependency["kind"] == "dev";
            arrows.push(Arrow { from: from.clone(), to: short(&dependency["name"]), in_tests });
        }
    }
    (crates, arrows)
}

fn short(name: &Value) -> String {
    let name = name.as_str().expect("a package has a name");
    name.strip_prefix("countersign-").unwrap_or(name).to_owned()
}

fn allowed() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    ALLOWED.iter().map(|(from, to)| (*from, to.iter().copied().collect())).collect()
}

/// Everything that `from` reaches along the allowed arrows.
fn reachable(from: &str) -> BTreeSet<&'static str> {
    let allowed = allowed();
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(name) = open.pop() {
        for next in allowed.get(name).into_iter().flatten() {
            if seen.insert(*next) {
                open.push(next);
            }
        }
    }
    seen
}

#[test]
fn every_crate_of_the_workspace_has_its_place_on_the_map() {
    let (crates, _) = arrows();
    let map: BTreeSet<String> = allowed().keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(crates, map);
}

#[test]
fn no_crate_names_one_that_it_may_not_know() {
    let (crates, arrows) = arrows();
    let allowed = allowed();
    let wrong: Vec<String> = arrows
        .iter()
        .filter(|arrow| !arrow.in_tests && crates.contains(&arrow.to))
        .filter(|arrow| !allowed.get(arrow.from.as_str()).is_some_and(|to| to.contains(arrow.to.as_str())))
        .map(|arrow| format!("{} -> {}", arrow.from, arrow.to))
        .collect();
    assert!(wrong.is_empty(), "not on the map: {wrong:?}");
}

#[test]
fn tests_point_along_the_arrows_too_or_to_the_test_kit() {
    let (crates, arrows) = arrows();
    let wrong: Vec<String> = arrows
        .iter()
        .filter(|arrow| arrow.in_tests && crates.contains(&arrow.to) && arrow.to != "testkit")
        .filter(|arrow| !reachable(&arrow.from).contains(arrow.to.as_str()))
        .map(|arrow| format!("{} -> {}", arrow.from, arrow.to))
        .collect();
    assert!(wrong.is_empty(), "against the arrows, in tests: {wrong:?}");
}

#[test]
fn the_map_has_no_circle() {
    for (from, _) in ALLOWED {
        assert!(!reachable(from).contains(from), "{from} reaches itself");
    }
}

#[test]
fn pure_crates_name_nothing_that_knows_a_clock_a_socket_or_chance() {
    let (_, arrows) = arrows();
    let wrong: Vec<String> = arrows
        .iter()
        .filter(|arrow| {
            !arrow.in_tests && PURE.contains(&arrow.from.as_str()) && IMPURE.contains(&arrow.to.as_str())
        })
        .map(|arrow| format!("{} -> {}", arrow.from, arrow.to))
        .collect();
    assert!(wrong.is_empty(), "a pure crate takes values instead: {wrong:?}");
}
