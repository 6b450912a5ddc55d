//! What our mails are called.

/// Bytes that a name may have.
const LONGEST: usize = 64;

/// What stands before the `@` of a Message-ID, with or without its angle brackets; `None` where it is none of ours.
pub(super) fn of_message_id(id: &str) -> Option<String> {
    let id = id.trim();
    let id = id.strip_prefix('<').unwrap_or(id);
    let id = id.strip_suffix('>').unwrap_or(id);
    let (name, host) = id.split_once('@')?;
    (is_name(name) && !host.is_empty()).then(|| name.to_owned())
}

/// Whether it can be the name of a mail of ours.
pub(super) fn is_name(name: &str) -> bool {
    (1..=LONGEST).contains(&name.len())
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
}

/// A status of RFC 3463, when it stands at the beginning of these words.
pub(super) fn status(words: &str) -> Option<String> {
    let word = words.split_whitespace().next()?;
    let mut parts = word.split('.');
    let class = parts.next().filter(|it| matches!(*it, "2" | "4" | "5"))?;
    let mut next = || parts.next().filter(|it| it.len() <= 3)?.parse::<u16>().ok();
    let (subject, detail) = (next()?, next()?);
    parts.next().is_none().then(|| format!("{class}.{subject}.{detail}"))
}

/// What is said of a mail that will never arrive, where nothing more exact is.
pub(super) const FAILED: &str = "5.0.0";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_before_the_at_of_a_message_id_and_nothing_else_does() {
        for id in ["<job_1-a@sign.example.org>", "job_1-a@sign.example.org", " <job_1-a@x> "] {
            assert_eq!(of_message_id(id).as_deref(), Some("job_1-a"), "{id}");
        }
        for id in
            ["", "<>", "job_1", "@x", "a b@x", "a.b@x", "é@x", "job_1@", &format!("{}@x", "a".repeat(65))]
        {
            assert_eq!(of_message_id(id), None, "{id}");
        }
        assert!(of_message_id(&format!("{}@x", "a".repeat(64))).is_some());
    }

    #[test]
    fn a_status_has_three_numbers() {
        for (words, expected) in [
            ("5.1.1", Some("5.1.1")),
            ("4.4.7 (delivery time expired)", Some("4.4.7")),
            ("2.0.0", Some("2.0.0")),
            ("5.123.007", Some("5.123.7")),
            ("5.1", None),
            ("5.1.1.1", None),
            ("3.1.1", None),
            ("5.1000.1", None),
            ("ada@example.org", None),
            ("", None),
        ] {
            assert_eq!(status(words).as_deref(), expected, "{words}");
        }
    }
}
