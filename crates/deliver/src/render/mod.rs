//! A mail's words, put together.

pub(crate) mod catalog;
pub(crate) mod context;
pub(crate) mod kind;
pub(crate) mod said;

use crate::line::{lines, one_line};
use catalog::Phrases;
pub use catalog::languages;
use context::Context;
use kind::Kind;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use std::fmt;
use std::sync::OnceLock;

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

/// Writes a mail. `language` is a tag such as `fr` or `fr-CA`; where there are no words in it, they are English.
///
/// # Errors
/// [`RenderError`], which a test rules out for every mail in every language.
pub fn render(kind: Kind, language: &str, context: &Context) -> Result<Rendered, RenderError> {
    let (language, catalog) = catalog::catalog(language);
    let fault = |error: minijinja::Error| RenderError { kind, language, place: place(&error) };
    let phrases = catalog.mails.get(kind.key()).ok_or_else(|| RenderError {
        kind,
        language,
        place: "no words".to_owned(),
    })?;
    let values = values(context);
    // Phrases become plain text first; the layout for HTML then escapes all of it, ours and theirs alike.
    let say = |phrase: &str| environment().render_str(phrase, values.clone()).map_err(fault);
    let say_all = |phrases: &[String]| -> Result<Vec<String>, RenderError> {
        let said = phrases.iter().map(|it| say(it)).collect::<Result<Vec<_>, _>>()?;
        Ok(said.into_iter().filter(|it| !it.trim().is_empty()).collect())
    };
    let own = context.subject.trim();
    let mut subject = if own.is_empty() { say(&phrases.subject)? } else { own.to_owned() };
    if context.test {
        let plain = context! { subject };
        subject = environment().render_str(&catalog.frame.test_subject, plain).map_err(fault)?;
    }
    let subject = one_line(&subject, VALUE);
    let note = if context.test { catalog.frame.test_note.as_str() } else { "" };
    let listed = kind.lists_documents() && context.documents.len() > 1;
    let documents = if listed { single_lines(&context.documents) } else { Vec::new() };
    let button = say(&phrases.button)?;
    let on_button = context! { button => button.as_str() };
    let parts = context! {
        language,
        direction => catalog.direction.as_str(),
        subject => subject.as_str(),
        note,
        heading => say(&phrases.heading)?,
        before => say_all(&phrases.before)?,
        documents,
        quote => say(&phrases.quote)?,
        quoted => quoted(phrases, context),
        button_in_text => environment().render_str(&catalog.frame.button_in_text, on_button).map_err(fault)?,
        button,
        link => if phrases.button.is_empty() { "" } else { context.link.as_str() },
        link_hint => catalog.frame.link_hint.as_str(),
        after => say_all(&phrases.after)?,
        footer => say(&catalog.frame.footer)?,
    };
    let lay_out =
        |name| environment().get_template(name).and_then(|it| it.render(parts.clone())).map_err(fault);
    Ok(Rendered { subject, text: lay_out("layout.txt")?, html: lay_out("layout.html")? })
}

fn values(context: &Context) -> Value {
    let line = |text: &str| one_line(text, VALUE);
    context! {
        name => line(&context.name),
        sender => line(&context.sender),
        sender_email => line(&context.sender_email),
        organization => line(&context.organization),
        title => line(&context.title),
        person => line(&context.person),
        until => line(&context.until),
        code => line(&context.code),
    }
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

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let lines = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(lines.expect("the usual delimiters are kept"));
        // By their names: what ends in .html escapes.
        for (name, source) in [
            ("layout.html", include_str!("../../mail/layout.html")),
            ("layout.txt", include_str!("../../mail/layout.txt")),
        ] {
            environment.add_template(name, source).expect("a test renders both layouts");
        }
        environment
    })
}
