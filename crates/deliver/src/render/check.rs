//! Whether words that somebody wrote can be a mail.
//!
//! A template may hold names of values, quoted words, `and`, `or`, `not`, `==`, `!=`, and `if` with its branches:
//! nothing that repeats, keeps or computes. What is not known here is refused before the template engine sees it, with
//! the line it stands in.

use super::catalog;
use super::kind::Kind;
use super::say;
use super::words::Words;
use minijinja::Environment;

/// Longest text, in characters.
const TEXT: usize = 10_000;
/// Longest other part.
const LINE: usize = 300;

/// One thing that is wrong with a mail's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Name of the part: `subject`, `heading`, `text`, `message_intro`, `button`.
    pub part: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// The line of the part, from 1.
    pub line: usize,
    /// What is wrong and what to do next, in a sentence that names the line where there can be several.
    pub sentence: String,
}

/// What a kind of mail can say, and what it has to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variables {
    /// Names that its templates may use.
    pub known: Vec<&'static str>,
    /// Names that its text has to hold, outside any condition.
    pub required: Vec<&'static str>,
}

/// All that mails speak of, in the order in which it is listed.
const ALL: [&str; 9] =
    ["name", "sender", "sender_email", "organization", "title", "person", "until", "code", "link"];

impl Variables {
    /// Those of a kind: what its built-in words speak of, and what is known of every envelope.
    pub fn of(kind: Kind) -> Self {
        let phrases = catalog::catalog("en").1.mails.get(kind.key());
        let words = Words::built_in(kind, "en");
        let environment = Environment::empty();
        let speaks_of = |name: &str| {
            words.parts().iter().any(|(_, template)| {
                let template = environment.template_from_str(template);
                template.is_ok_and(|it| it.undeclared_variables(false).contains(name))
            })
        };
        let of_every_envelope = |name: &str| {
            kind != Kind::SignIn && ["sender", "sender_email", "title"].contains(&name)
                || ["name", "organization"].contains(&name)
        };
        let known: Vec<_> =
            ALL.into_iter().filter(|name| of_every_envelope(name) || speaks_of(name)).collect();
        let has_button = phrases.is_some_and(|it| !it.button.is_empty());
        let required = [("link", has_button), ("code", kind == Kind::Code)];
        let required = required.into_iter().filter(|(_, needed)| *needed).map(|(name, _)| name).collect();
        Self { known, required }
    }
}

/// Everything that is wrong with the words of a mail.
pub fn check(kind: Kind, words: &Words) -> Vec<Complaint> {
    let variables = Variables::of(kind);
    let mut found = Vec::new();
    for (part, template) in words.parts() {
        let whole = part == "text";
        let most = if whole { TEXT } else { LINE };
        let mut complain = |code, line: usize, why: String| {
            let sentence = if whole { format!("Line {line}: {why}") } else { upper(&why) };
            found.push(Complaint { part, code, line, sentence });
        };
        if template.trim().is_empty() && (whole || part == "subject") {
            complain(
                "template_empty",
                1,
                format!("the {part} says nothing; write it, or go back to the built-in words."),
            );
            continue;
        }
        if template.chars().count() > most {
            complain(
                "template_too_long",
                1,
                format!("more than {most} characters are not taken; shorten it."),
            );
            continue;
        }
        if let Some(line) = stray_control(template, whole) {
            complain(
                "template_malformed",
                line,
                "there is a character that nobody sees; remove it.".to_owned(),
            );
            continue;
        }
        let used = match scan(template) {
            Ok(used) => used,
            Err((line, why)) => {
                complain("template_malformed", line, why);
                continue;
            }
        };
        let allowed = |name: &str| {
            // Who reads a subject in the log of a mail server is not who may follow the link.
            variables.known.contains(&name) && (whole || name != "link")
        };
        for (name, line, _) in used.iter().filter(|(name, ..)| !allowed(name)) {
            let names: Vec<_> = variables.known.iter().copied().filter(|it| allowed(it)).collect();
            let why = format!("nothing here is called {name}; use one of {}.", names.join(", "));
            complain("template_variable_unknown", *line, why);
        }
        if let Err(error) = say::compile(template) {
            let why = "a condition does not begin or end as it should; write {% if name %}…{% endif %}.";
            complain("template_malformed", error.line().unwrap_or(1), why.to_owned());
        }
        for name in variables.required.iter().filter(|_| whole) {
            if !used.iter().any(|(it, _, depth)| it == name && *depth == 0) {
                let line = template.lines().count();
                let why = format!(
                    "{{{{ {name} }}}} is missing; without it nobody can go on. Add it outside any condition."
                );
                complain("template_variable_missing", line, why);
            }
        }
    }
    found
}

fn stray_control(template: &str, whole: bool) -> Option<usize> {
    let stray = |it: char| it.is_control() && !(whole && (it == '\n' || it == '\r'));
    let at = template.find(stray)?;
    Some(line_at(template, at))
}

/// A name that a template uses, its line, and how many conditions it stands in.
type Used = (String, usize, usize);

/// The names that a template uses; or the first line in which something else stands, and what is wrong with it.
fn scan(template: &str) -> Result<Vec<Used>, (usize, String)> {
    let (mut used, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    while let Some(start) = template.get(at..).and_then(|rest| rest.find('{')).map(|it| it + at) {
        let rest = template.get(start..).unwrap_or_default();
        let line = line_at(template, start);
        let (open, close) = match rest.get(..2) {
            Some("{{") => ("{{", "}}"),
            Some("{%") => ("{%", "%}"),
            Some("{#") => ("{#", "#}"),
            _ => {
                at = start + 1;
                continue;
            }
        };
        let inside = rest.get(2..).unwrap_or_default();
        let Some(length) = inside.find(close) else {
            return Err((line, format!("{open} is not closed; write {close} behind it.")));
        };
        let inside = inside.get(..length).unwrap_or_default();
        at = start + 2 + length + 2;
        if open == "{#" {
            continue;
        }
        let inside = inside.strip_prefix('-').unwrap_or(inside);
        let inside = inside.strip_suffix('-').unwrap_or(inside);
        let expression = if open == "{%" {
            let inside = inside.trim_start();
            let end = inside.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(inside.len());
            let (word, rest) = inside.split_at(end);
            match word {
                "if" => depth += 1,
                "endif" => depth = depth.saturating_sub(1),
                "elif" | "else" => {}
                _ => {
                    let why =
                        format!("{{% {word} %}} is not known in a mail; there are if, elif, else and endif.");
                    return Err((line, why));
                }
            }
            rest
        } else {
            inside
        };
        for name in names(expression).map_err(|why| (line, why))? {
            used.push((name, line, depth));
        }
    }
    Ok(used)
}

/// The names in an expression that holds nothing but what is allowed.
fn names(expression: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_alphabetic() || first == '_' {
            let word = |it: char| !(it.is_ascii_alphanumeric() || it == '_');
            let length = rest.find(word).unwrap_or(rest.len());
            let name = rest.get(..length).unwrap_or_default();
            if !["and", "or", "not"].contains(&name) {
                names.push(name.to_owned());
            }
            length
        } else if first == '"' || first == '\'' {
            let quoted = rest.get(1..).unwrap_or_default();
            let end = quoted.find(first).filter(|end| !quoted.get(..*end).unwrap_or_default().contains('\\'));
            end.ok_or_else(|| {
                "quoted words end with the quote they began with, and hold no \\ and no }}.".to_owned()
            })? + 2
        } else if rest.starts_with("==") || rest.starts_with("!=") {
            2
        } else {
            return Err(format!(
                "{first} is not known in a mail; there are names, quoted words, and, or, not, == and !=."
            ));
        };
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(names)
}

fn line_at(template: &str, at: usize) -> usize {
    template.get(..at).unwrap_or_default().matches('\n').count() + 1
}

fn upper(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
