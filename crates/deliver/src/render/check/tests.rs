use super::*;
use crate::languages;

fn invitation(text: &str) -> Words {
    Words { subject: "Please sign".into(), text: text.into(), ..Words::default() }
}

/// Code, line and sentence of each complaint about the text of an invitation.
fn found(text: &str) -> Vec<(&'static str, usize)> {
    check(Kind::Invitation, &invitation(text)).into_iter().map(|it| (it.code, it.line)).collect()
}

#[test]
fn the_built_in_words_are_a_template_that_is_taken() {
    for language in languages() {
        for kind in Kind::ALL {
            assert_eq!(check(kind, &Words::built_in(kind, language)), [], "{} {language}", kind.key());
        }
    }
}

#[test]
fn names_and_conditions_are_taken() {
    for text in [
        "{{ link }}",
        "Dear {{name}},\n\n{%- if organization and not until -%}{{ sender or \"we\" }}{% elif title == 'x' %}y{% else %}z{% endif %}\n\n{{ link }}",
        "{# a note of ours: {{ nothing }} #}{{ link }} costs 5 { or 6 } %",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn an_unknown_name_is_refused_with_its_line_and_with_the_names_there_are() {
    let complaints = check(Kind::Invitation, &invitation("{{ link }}\n\nDear {{ nmae }},\n{{ code }}"));
    let said: Vec<_> = complaints.iter().map(|it| it.sentence.as_str()).collect();
    assert_eq!(
        said,
        [
            "Line 3: nothing here is called nmae; use one of name, sender, sender_email, organization, title, until, link.",
            "Line 4: nothing here is called code; use one of name, sender, sender_email, organization, title, until, link.",
        ]
    );
}

#[test]
fn whatever_repeats_keeps_or_computes_is_refused_with_its_line() {
    for hostile in [
        "{% for a in name %}x{% endfor %}",
        "{% set a = name ~ name %}",
        "{% macro a() %}{% endmacro %}",
        "{% include 'layout.html' %}",
        "{% raw %}{{ name }}{% endraw %}",
        "{{ name * 999999999 }}",
        "{{ name|upper }}",
        "{{ name.upper() }}",
        "{{ range(9) }}",
        "{{ \"}}\" }}",
        "{{ 'a\\'b' }}",
        "{{ name",
        "{% if name",
    ] {
        let complaints = found(&format!("{{{{ link }}}}\n\n{hostile}"));
        assert_eq!(complaints.first(), Some(&("template_malformed", 3)), "{hostile}");
    }
}

#[test]
fn a_condition_has_its_end() {
    for text in [
        "{{ link }}{% if name %}",
        "{{ link }}{% endif %}",
        "{{ link }}{% else %}",
        "{{ link }}{{ name name }}",
    ] {
        assert_eq!(found(text), [("template_malformed", 1)], "{text}");
    }
}

#[test]
fn the_link_stays_where_a_mail_is_about_it_and_the_code_where_it_brings_one() {
    assert_eq!(found("Please sign."), [("template_variable_missing", 1)]);
    assert_eq!(found("{% if name %}{{ link }}{% endif %}"), [("template_variable_missing", 1)]);
    let code = |text: &str| check(Kind::Code, &invitation(text)).len();
    assert_eq!((code("{{ code }}"), code("Look here.")), (0, 1));
    assert_eq!(check(Kind::Declined, &invitation("It is over.")), [], "that mail has no button");
}

#[test]
fn a_link_stands_in_no_subject() {
    let words = Words { subject: "See {{ link }}".into(), ..invitation("{{ link }}") };
    let complaints = check(Kind::Invitation, &words);
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert_eq!(
        complaints[0].sentence,
        "Nothing here is called link; use one of name, sender, sender_email, organization, title, until."
    );
    assert_eq!((complaints[0].part, complaints[0].code), ("subject", "template_variable_unknown"));
}

#[test]
fn words_have_a_beginning_and_an_end() {
    let nothing = check(Kind::Invitation, &Words::default());
    assert_eq!(
        nothing.iter().map(|it| (it.part, it.code)).collect::<Vec<_>>(),
        [("subject", "template_empty"), ("text", "template_empty")]
    );
    let link = "{{ link }}";
    let fits = format!("{link}{}", "x".repeat(TEXT - link.len()));
    assert_eq!(found(&fits), []);
    assert_eq!(found(&format!("{fits}x")), [("template_too_long", 1)]);
    let subject = |subject: String| check(Kind::Invitation, &Words { subject, ..invitation(link) }).len();
    assert_eq!((subject("x".repeat(LINE)), subject("x".repeat(LINE + 1))), (0, 1));
    assert_eq!(subject("a\r\nBcc: eve@example.org".into()), 1);
    assert_eq!(found("{{ link }}\nb\u{7}"), [("template_malformed", 2)]);
}
