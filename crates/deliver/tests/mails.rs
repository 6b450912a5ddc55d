//! Every mail, as its readers see it.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use deliver::{Context, Kind, Rendered, Words, languages, render, render_words};

/// A link that looks like ours; whoever reads a golden sees that it leads nowhere.
const LINK: &str = "https://sign.example.org/s/TOKEN";

fn context(kind: Kind, language: &str) -> Context {
    let to_sender = kind.key().ends_with("_sender") || matches!(kind, Kind::SignIn);
    let (until, message) = match language {
        "fr" => ("22 décembre 2026 à 18:00", "Bonjour Ada,\n\nvoici le bail dont nous avons parlé."),
        "en" => ("22 December 2026, 18:00", "Dear Ada,\n\nhere is the lease we spoke about."),
        _ => ("2026-12-22 18:00", "Ada,\n\n123."),
    };
    Context {
        name: if to_sender { "Bob Stone" } else { "Ada Müller" }.into(),
        sender: "Bob Stone".into(),
        sender_email: "bob@example.org".into(),
        organization: "Stone & Sons".into(),
        title: "Lease".into(),
        documents: vec!["Lease".into(), "House rules".into()],
        message: message.into(),
        person: "Eve Moss".into(),
        link: LINK.into(),
        until: until.into(),
        code: if kind == Kind::Code { "123 456 789".into() } else { String::new() },
        ..Context::default()
    }
}

fn written(kind: Kind, language: &str) -> Rendered {
    render(kind, language, &context(kind, language)).unwrap()
}

#[test]
fn every_mail_reads_well_as_text_in_every_language() {
    for language in languages() {
        let golden = |kind: Kind| {
            let mail = written(kind, language);
            format!("Subject: {}\n\n{}", mail.subject, mail.text)
        };
        if ["en", "fr"].contains(&language) {
            for kind in Kind::ALL {
                insta::assert_snapshot!(format!("{language}_{}", kind.key()), golden(kind));
            }
        } else {
            let all: Vec<_> =
                Kind::ALL.iter().map(|kind| format!("# {}\n\n{}", kind.key(), golden(*kind))).collect();
            insta::assert_snapshot!(language, all.join("\n\n"));
        }
    }
}

#[test]
fn no_mail_in_another_language_keeps_words_of_english() {
    for language in languages().filter(|it| *it != "en") {
        for kind in Kind::ALL {
            let (mine, english) = (written(kind, language), written(kind, "en"));
            let told: Vec<_> = english.text.lines().filter(|line| line.trim().contains(' ')).collect();
            let kept: Vec<_> = mine.text.lines().filter(|line| told.contains(line)).collect();
            // The titles of the documents are as people wrote them.
            assert!(kept.iter().all(|line| line.starts_with("- ")), "{language} {kind:?}: {kept:?}");
        }
    }
}

#[test]
fn the_html_of_an_invitation_is_complete() {
    insta::assert_snapshot!("en_invitation_html", written(Kind::Invitation, "en").html);
}

#[test]
fn html_and_text_say_the_same() {
    for language in languages() {
        for kind in Kind::ALL {
            let mail = written(kind, language);
            let html = seen(&mail.html);
            let text: String = mail.text.replace("\n> ", "\n").replace("\n>", "\n").replace("\n- ", "\n");
            for line in text.lines().filter(|line| *line != "-- ") {
                // In text, a colon leads from the button to its address.
                let button = line.strip_suffix([':', '：']).map(str::trim_end).filter(|it| html.contains(it));
                let line = button.unwrap_or(line);
                assert!(html.contains(line), "{language} {kind:?}: {line:?} in {html}");
            }
        }
    }
}

/// What a reader sees of HTML.
fn seen(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1;
    let text: String =
        body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let entities =
        [("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

#[test]
fn a_mail_loads_nothing_from_elsewhere() {
    for kind in Kind::ALL {
        let html = written(kind, "en").html;
        for word in ["<img", "<script", "url(", "src=", "<link", "@import", "<table"] {
            assert!(!html.contains(word), "{word} in {kind:?}");
        }
        // Our own link and no other address.
        let addresses = html.replace("&#x2f;", "/");
        assert_eq!(addresses.matches("http").count(), addresses.matches(LINK).count(), "{kind:?}");
    }
}

#[test]
fn a_mail_reads_well_when_little_is_known() {
    for language in languages() {
        for kind in Kind::ALL {
            let bare = Context { title: "Lease".into(), sender: "Bob".into(), ..Context::default() };
            let mail = render(kind, language, &bare).unwrap();
            assert!(!mail.subject.is_empty());
            assert!(
                !mail.text.contains("\n\n\n") && !mail.text.contains("()"),
                "{language} {kind:?}:\n{}",
                mail.text
            );
            assert!(!mail.html.contains("href") && !mail.html.contains("<p></p>"), "{language} {kind:?}");
        }
    }
}

#[test]
fn hostile_names_and_titles_stay_text_in_html() {
    let hostile = "<script>alert(1)</script> \"><img src=x onerror='y'> & {{ 7 * 7 }} {% raw %}";
    for kind in Kind::ALL {
        let context = Context {
            name: hostile.into(),
            sender: hostile.into(),
            sender_email: hostile.into(),
            organization: hostile.into(),
            title: hostile.into(),
            documents: vec![hostile.into(), hostile.into()],
            message: hostile.into(),
            person: hostile.into(),
            link: format!("{LINK}\"><script>"),
            until: hostile.into(),
            code: String::new(),
            subject: String::new(),
            attached: deliver::Attached::Unwanted,
            test: true,
        };
        let mail = render(kind, "en", &context).unwrap();
        for tag in ["<script", "<img", "onerror='"] {
            assert!(!mail.html.contains(tag), "{tag} in {kind:?}: {}", mail.html);
        }
        assert!(mail.html.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"), "{kind:?}");
        assert!(mail.html.contains("{{ 7 * 7 }}"), "what people type is no template");
        assert!(mail.text.contains("<script>alert(1)</script>"), "text is not escaped: {}", mail.text);
    }
}

#[test]
fn a_line_break_in_a_name_or_title_begins_nothing_new() {
    let hostile = "x\r\nBcc: eve@example.org\r\n\r\nClick here\u{202e}";
    for kind in Kind::ALL {
        let context = Context {
            name: hostile.into(),
            sender: hostile.into(),
            organization: hostile.into(),
            title: hostile.into(),
            person: hostile.into(),
            ..context(kind, "en")
        };
        let mail = render(kind, "en", &context).unwrap();
        assert!(!mail.subject.contains(|it: char| it.is_control() || it == '\u{202e}'), "{:?}", mail.subject);
        assert!(
            !mail.text.lines().any(|line| line.starts_with("Bcc") || line.starts_with("Click")),
            "{}",
            mail.text
        );
    }
}

/// Seed: xodo-sign.txt:51
#[test]
fn what_the_sender_writes_is_quoted_line_by_line() {
    let message = "Hello\r\n-- \nread https://example.org\n\nBob";
    let context = Context { message: message.into(), ..context(Kind::Invitation, "en") };
    let mail = render(Kind::Invitation, "en", &context).unwrap();
    assert!(mail.text.contains("\n> Hello\n> --\n> read https://example.org\n>\n> Bob\n"), "{}", mail.text);
    assert!(
        mail.html.contains("<blockquote>Hello\n--\nread https:&#x2f;&#x2f;example.org\n\nBob</blockquote>")
    );
}

#[test]
fn a_reason_is_told_to_the_sender_and_not_to_the_others() {
    let reason = "too dear";
    let mail = |kind| render(kind, "en", &Context { message: reason.into(), ..context(kind, "en") }).unwrap();
    assert!(mail(Kind::DeclinedSender).text.contains("The reason given:\n\n> too dear\n"));
    assert!(!mail(Kind::Declined).text.contains(reason) && !mail(Kind::Declined).html.contains(reason));
}

#[test]
fn the_mail_of_a_test_says_so_first() {
    for (language, note) in [("en", "*** This is a test."), ("fr", "*** Ceci est un test.")] {
        let context = Context { test: true, ..context(Kind::Invitation, language) };
        let mail = render(Kind::Invitation, language, &context).unwrap();
        assert!(mail.subject.starts_with("[Test] "));
        assert!(mail.text.starts_with(note), "{}", mail.text);
        assert!(mail.html.contains("class=\"note\""));
    }
    assert!(!written(Kind::Invitation, "en").html.contains("class=\"note\""));
}

#[test]
fn the_html_says_its_language_and_follows_a_dark_screen() {
    let html = written(Kind::Invitation, "fr-CA").html;
    assert!(html.contains("<html lang=\"fr\" dir=\"ltr\">"));
    assert!(html.contains("prefers-color-scheme: dark") && html.contains("name=\"viewport\""));
}

#[test]
fn the_built_in_words_as_a_template_make_the_same_mail() {
    for language in languages() {
        for kind in Kind::ALL {
            // In a withdrawal, which has no button, what the sender wrote stands below the whole text of a template.
            if kind == Kind::Cancelled {
                continue;
            }
            let words = Words::built_in(kind, language);
            let again = render_words(kind, language, &context(kind, language), &words).unwrap();
            assert_eq!(again, written(kind, language), "{language} {}", kind.key());
            // Conditions come out as they do in ours.
            let (name, organization, until, message) = Default::default();
            let few = Context { name, organization, until, message, ..context(kind, language) };
            let again = render_words(kind, language, &few, &words).unwrap();
            assert_eq!(again, render(kind, language, &few).unwrap(), "{language} {}", kind.key());
        }
    }
}

#[test]
fn a_tenants_words_take_the_place_of_ours_and_what_a_reader_needs_stays() {
    let words = Words {
        subject: "{{ organization }}: {{ title }}".into(),
        text: "Dear {{ name }},\nplease <b>sign</b>.\n\n{{ link }}\n\nBest wishes,\n{{ sender }}".into(),
        message_intro: "A note from {{ sender }}:".into(),
        button: "To the contract".into(),
        ..Words::default()
    };
    let mut context = context(Kind::Invitation, "en");
    context.name = "<script>alert(1)</script>".into();
    let mail = render_words(Kind::Invitation, "en", &context, &words).unwrap();
    assert_eq!(mail.subject, "Stone & Sons: Lease");
    insta::assert_snapshot!("own_words", mail.text);
    assert!(!mail.html.contains("<script>") && !mail.html.contains("<b>"), "all of it is text");
    let html = mail.html.replace("&#x2f;", "/");
    assert!(html.contains(&format!("<a class=\"button\" href=\"{LINK}\">To the contract</a>")));
    assert!(mail.html.contains("<footer>Sent with Countersign for Stone &amp; Sons.</footer>"));
    assert_eq!(mail.html.matches("<h1>Please sign “Lease”</h1>").count(), 1, "what is left empty is ours");
}

#[test]
fn a_template_that_is_clever_about_the_link_or_the_code_does_not_take_them_away() {
    let clever = |name: &str| Words {
        subject: "x".into(),
        text: format!("Hello.\n\n{{% if sender == \"nobody\" %}}{{{{ {name} }}}}{{% endif %}}"),
        ..Words::default()
    };
    let mail = render_words(Kind::Reminder, "en", &context(Kind::Reminder, "en"), &clever("link")).unwrap();
    assert!(mail.text.contains(LINK) && mail.html.replace("&#x2f;", "/").contains(LINK));
    let mail = render_words(Kind::Code, "en", &context(Kind::Code, "en"), &clever("code")).unwrap();
    assert!(mail.text.contains("123 456 789") && mail.html.contains("123 456 789"));
    let mut test = context(Kind::Reminder, "en");
    test.test = true;
    let mail = render_words(Kind::Reminder, "en", &test, &clever("link")).unwrap();
    assert!(mail.subject.starts_with("[Test] ") && mail.text.contains("This is a test."));
}

#[test]
fn a_sample_fills_everything_that_a_mail_can_say() {
    for language in languages() {
        for kind in Kind::ALL {
            let sample = Context::sample(kind, language, "Example Inc.", "https://sign.example.org");
            let mail = render(kind, language, &sample).unwrap();
            assert!(!mail.text.contains("  ") && !mail.text.contains("()"), "{}", mail.text);
        }
    }
}

#[test]
fn an_organisation_whose_name_ends_with_a_dot_ends_the_sentence() {
    for (language, footer) in [
        ("en", "Sent with Countersign for Example Inc."),
        ("fr", "Envoyé avec Countersign pour Example Inc."),
    ] {
        let mut context = context(Kind::Invitation, language);
        context.organization = "Example Inc.".into();
        let mail = render(Kind::Invitation, language, &context).unwrap();
        assert!(mail.html.contains(&format!("<footer>{footer}</footer>")), "{}", mail.html);
    }
}
