//! Addresses as far as they may be shown.

/// An e-mail address of which its owner recognises enough and a stranger learns little: `ada@example.org` becomes
/// `a••@example.org`. The dots are always two, so they do not tell the length; of a name of one letter none is shown.
/// What is no address becomes dots alone.
pub fn mask_email(address: &str) -> String {
    let Some((name, domain)) = address.trim().rsplit_once('@') else { return "•••".to_owned() };
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(_)) => format!("{first}••@{domain}"),
        _ => format!("•••@{domain}"),
    }
}
