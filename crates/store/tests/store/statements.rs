//! Every statement names the tenant: read from the sources, so that no new one is forgotten.

use std::path::{Path, PathBuf};

/// Statements that speak of all tenants, each with its reason.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("tenants.rs", "LIST", "the operator's commands go through all accounts"),
    (
        "users.rs",
        "BY_EMAIL",
        "the directory: who asks for a sign-in link has not said which account they mean",
    ),
    ("dispatches.rs", "FIND", "a report from the world names what was sent, and knows nothing of accounts"),
    ("jobs/claim.rs", "CLAIM", "the queue is the server's: a worker takes what is due, whoever's it is"),
    ("jobs/claim.rs", "NEXT_DUE", "the queue is the server's: how long a worker may rest"),
    ("jobs/claim.rs", "RELEASE_ALL", "the queue is the server's: what the last run left"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// (file, constant, text) of every `const NAME: &str = "…";` below `src/tables`.
fn statements() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tables");
    let mut found = Vec::new();
    for path in sources(&root) {
        let source = std::fs::read_to_string(&path).expect("sources are UTF-8");
        let file = path.strip_prefix(&root).expect("it is below").to_string_lossy().into_owned();
        for piece in source.split("\nconst ").skip(1) {
            let Some((name, rest)) = piece.split_once(": &str =") else { continue };
            let text = rest.split_once("\";").map(|(text, _)| text.trim_start().trim_start_matches('"'));
            let text = text.expect("a constant ends").replace("\\\n", " ");
            found.push((
                file.clone(),
                name.to_owned(),
                text.split_whitespace().collect::<Vec<_>>().join(" "),
            ));
        }
        let literals = source.matches("\"SELECT ").count()
            + ["\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "]
                .iter()
                .map(|verb| source.matches(verb).count())
                .sum::<usize>();
        let constants = found.iter().filter(|(of, _, _)| *of == file).count();
        assert_eq!(literals, constants, "{file} has a statement outside a constant");
    }
    found
}

/// Whether a statement is confined to one tenant.
fn names_its_tenant(text: &str) -> bool {
    if text.starts_with("INSERT") {
        return text.contains("(tenant, ") && text.contains("VALUES ($1, ");
    }
    text.contains("WHERE tenant = $1")
}

#[test]
fn every_statement_names_the_tenant_or_says_why_not() {
    let all = statements();
    assert!(all.len() > 50, "the statements are found");
    let mut without = Vec::new();
    for (file, name, text) in &all {
        let allowed = ALLOWED.iter().any(|(of, constant, _)| of == file && constant == name);
        if names_its_tenant(text) == allowed {
            without.push(format!("{file} {name}: {text}"));
        }
    }
    assert!(
        without.is_empty(),
        "neither confined to a tenant nor allowed, or allowed without need:\n{}",
        without.join("\n")
    );
}

#[test]
fn every_exception_still_exists() {
    let all = statements();
    for (file, name, reason) in ALLOWED {
        assert!(
            all.iter().any(|(of, constant, _)| of == file && constant == name),
            "{file} {name} ({reason}) is gone"
        );
    }
}

#[test]
fn no_statement_asks_the_database_for_the_time_or_for_chance() {
    for (file, name, text) in statements() {
        let text = text.to_lowercase();
        for word in ["now()", "current_", "random(", "nextval", "datetime("] {
            assert!(!text.contains(word), "{file} {name} uses {word}");
        }
    }
}
