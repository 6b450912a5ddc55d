//! A mail's words, put together.

pub(crate) mod catalog;
pub(crate) mod check;
pub(crate) mod context;
pub(crate) mod kind;
pub(crate) mod said;
pub(crate) mod sample;
mod say;
pub(crate) mod words;

use crate::line::{lines, one_line};
use catalog::Phrases;
pub use catalog::{language_of, languages};
use context::{Attached, Context};
use kind::Kind;
use minijinja::context;
use say::{Saying, environment};
use std::fmt;
use words::{Spoken, Words};

/// Longest title, name or other value in a mail, in characters.
const VALUE: usize = 200;
/// Longest line of what people write to each other, in characters.
const LINE: usize = 2000;

/// The words of one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject: one line.
    pub subject: String,
    /// The mail as text.
    pub text: String,
    /// The mail as HTML: complete, without images or anything else from elsewhere.
    pub html: String,
}

/// A template of ours does not work: a mistake in a catalog or a layout, never in what people typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    /// Which mail.
    pub kind: Kind,
    /// In which language.
    pub language: &'static str,
    /// What the template engine says about the place; holds nothing of the context.
    pub place: String,
}

impl fmt::Display for RenderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the mail {} in {} cannot be written: {}", self.kind.key(), self.language, self.place)
    }
}

impl std::error::Error for RenderError {}

/// Writes a mail in our own words. `language` is a tag such as `fr` or `fr-CA`; where there are no words in it, they are
/// English.
///
/// # Errors
/// [`RenderError`], which a test rules out for every mail in every language.
pub fn render(kind: Kind, language: &str, context: &Context) -> Result<Rendered, RenderError> {
    put_together(kind, language, context, None)
}

/// Writes a mail in somebody's own words. Whatever they are, the link, the code, the note of a test and the footer are
/// there.
///
/// # Errors
/// [`RenderError`], which [`check`](check::check) rules out.
pub fn render_words(
    kind: Kind,
    language: &str,
    context: &Context,
    words: &Words,
) -> Result<Rendered, RenderError> {
    put_together(kind, language, context, Some(words))
}

fn put_together(
    kind: Kind,
    language: &str,
    context: &Context,
    words: Option<&Words>,
) -> Result<Rendered, RenderError> {
    let (language, catalog) = catalog::catalog(language);
    let fault = |error: minijinja::Error| RenderError { kind, language, place: place(&error) };
    let phrases = catalog.mails.get(kind.key()).ok_or_else(|| RenderError {
        kind,
        language,
        place: "no words".to_owned(),
    })?;
    let saying = Saying::of(context);
    // Phrases become plain text first; the layout for HTML then escapes all of it, ours and theirs alike.
    let said = match words {
        None => Spoken::built_in(phrases, &saying),
        Some(words) => {
            let link = if phrases.button.is_empty() { "" } else { context.link.as_str() };
            let code = if kind == Kind::Code { one_line(&context.code, VALUE) } else { String::new() };
            Spoken::of(words, phrases, &saying, link, &code)
        }
    }
    .map_err(fault)?;
    let own = context.subject.trim();
    let mut subject = if own.is_empty() { said.subject } else { own.to_owned() };
    if context.test {
        let plain = context! { subject };
        subject = environment().render_str(&catalog.frame.test_subject, plain).map_err(fault)?;
    }
    let subject = one_line(&subject, VALUE);
    let note = if context.test { catalog.frame.test_note.as_str() } else { "" };
    let listed = kind.lists_documents() && context.documents.len() > 1;
    let documents = if listed { single_lines(&context.documents) } else { Vec::new() };
    let attached = match context.attached {
        Attached::Unwanted => "",
        Attached::Here => catalog.frame.attached.as_str(),
        Attached::TooLarge => catalog.frame.attached_too_large.as_str(),
        Attached::BehindProof => catalog.frame.attached_behind_proof.as_str(),
    };
    let on_button = context! { button => said.button.as_str() };
    let parts = context! {
        language,
        direction => catalog.direction.as_str(),
        subject => subject.as_str(),
        note,
        heading => said.heading,
        before => said.before,
        documents,
        quote => said.quote,
        quoted => quoted(phrases, context),
        button_in_text => environment().render_str(&catalog.frame.button_in_text, on_button).map_err(fault)?,
        button => said.button,
        link => if phrases.button.is_empty() { "" } else { context.link.as_str() },
        link_hint => catalog.frame.link_hint.as_str(),
        attached,
        after => said.after,
        footer => saying.ours(&catalog.frame.footer).map_err(fault)?,
    };
    let lay_out =
        |name| environment().get_template(name).and_then(|it| it.render(parts.clone())).map_err(fault);
    Ok(Rendered { subject, text: lay_out("layout.txt")?, html: lay_out("layout.html")? })
}

fn single_lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|it| one_line(it, VALUE)).collect()
}

fn quoted(phrases: &Phrases, context: &Context) -> Vec<String> {
    if phrases.quote.is_empty() || context.message.trim().is_empty() {
        return Vec::new();
    }
    lines(&context.message, LINE)
}

/// The name and line of a template, and nothing of what was put into it.
fn place(error: &minijinja::Error) -> String {
    format!("{:?} in {}:{}", error.kind(), error.name().unwrap_or("?"), error.line().unwrap_or_default())
}
