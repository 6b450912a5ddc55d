//! Values put into templates: into ours, and into those of strangers.

use super::VALUE;
use super::context::Context;
use crate::line::one_line;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use std::sync::OnceLock;

/// Steps that a stranger's template may take. One without loops, as they all are, takes a few for each thing it names.
const STEPS: u64 = 20_000;

/// What templates can name, with its values.
pub(super) struct Saying {
    values: Value,
}

impl Saying {
    pub(super) fn of(context: &Context) -> Self {
        let line = |text: &str| one_line(text, VALUE);
        let values = context! {
            name => line(&context.name),
            sender => line(&context.sender),
            sender_email => line(&context.sender_email),
            organization => line(&context.organization),
            title => line(&context.title),
            person => line(&context.person),
            until => line(&context.until),
            code => line(&context.code),
            link => context.link.as_str(),
        };
        Self { values }
    }

    /// A template of ours. What comes out is plain text.
    pub(super) fn ours(&self, template: &str) -> Result<String, minijinja::Error> {
        environment().render_str(template, self.values.clone())
    }

    /// A template of somebody else.
    pub(super) fn theirs(&self, template: &str) -> Result<String, minijinja::Error> {
        confined().render_str(template, self.values.clone())
    }
}

/// Whether a stranger's template can be read at all.
pub(super) fn compile(template: &str) -> Result<(), minijinja::Error> {
    confined().template_from_str(template).map(drop)
}

/// For what strangers write: no filter, no function, no other template, and an end to its steps.
fn confined() -> &'static Environment<'static> {
    static CONFINED: OnceLock<Environment<'static>> = OnceLock::new();
    CONFINED.get_or_init(|| {
        let mut confined = Environment::empty();
        confined.set_undefined_behavior(UndefinedBehavior::Strict);
        confined.set_fuel(Some(STEPS));
        confined
    })
}

pub(super) fn environment() -> &'static Environment<'static> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_writes_comes_to_an_end_and_reaches_nothing() {
        let saying = Saying::of(&Context { name: "Ada".into(), ..Context::default() });
        assert_eq!(saying.theirs("Dear {{ name }}").unwrap(), "Dear Ada");
        for hostile in [
            "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
            "{{ lipsum() }}",
            "{% include 'layout.html' %}",
            "{{ name|upper }}",
            "{{ nmae }}",
        ] {
            assert!(saying.theirs(hostile).is_err(), "{hostile}");
        }
        let many = "{% if name %}".repeat(3) + &"{{ name }}".repeat(20_000) + &"{% endif %}".repeat(3);
        assert!(saying.theirs(&many).is_err(), "it has an end");
    }
}
