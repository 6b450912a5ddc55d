//! What files are called in a zip: so that every system can lay them side by side.

use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization as _;

/// A name has so many bytes at most, its ending included; file systems take 255, and some add something of their own.
const BYTES_MAX: usize = 200;

/// Names of devices, which Windows does not take for files whatever their ending ("Naming Files, Paths, and
/// Namespaces" of Microsoft).
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// The names that were given in one zip.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A name of its own for a file that wants to be called so.
    pub(super) fn given(&mut self, wanted: &str) -> String {
        let (stem, ending) = match wanted.rsplit_once('.') {
            Some((stem, ending)) if ending.len() <= 8 && ending.chars().all(char::is_alphanumeric) => {
                (stem, format!(".{ending}"))
            }
            _ => (wanted, String::new()),
        };
        let stem = safe(stem);
        let mut name = format!("{}{ending}", shortened(&stem, BYTES_MAX.saturating_sub(ending.len())));
        let mut number = 2;
        while !self.0.insert(as_compared(&name)) {
            let more = format!(" ({number}){ending}");
            name = format!("{}{more}", shortened(&stem, BYTES_MAX.saturating_sub(more.len())));
            number += 1;
        }
        name
    }
}

/// Two names that some system takes for one: Windows and macOS know no case, macOS no two ways to write an accent.
fn as_compared(name: &str) -> String {
    name.to_lowercase().nfc().collect()
}

fn safe(stem: &str) -> String {
    let clean: String = stem.chars().filter(|it| !turns_text(*it)).collect();
    let clean: String = clean
        .chars()
        .map(|it| if it.is_control() || "/\\:*?\"<>|".contains(it) { ' ' } else { it })
        .collect();
    let clean = clean.trim_matches(|it: char| it == '.' || it.is_whitespace());
    match clean {
        "" => "document".to_owned(),
        clean if is_device(clean) => format!("_{clean}"),
        clean => clean.to_owned(),
    }
}

/// Whether it only turns the direction of what is written: with it `exe.pdf` is made to look like `fdp.exe`.
fn turns_text(it: char) -> bool {
    matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_device(stem: &str) -> bool {
    let word = stem.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|it| {
        let number = word.strip_prefix(it).unwrap_or_default();
        let mut digits = number.chars();
        digits.next().is_some_and(|it| it.is_ascii_digit() || "¹²³".contains(it)) && digits.next().is_none()
    });
    numbered || DEVICES.contains(&word.as_str())
}

fn shortened(stem: &str, bytes_max: usize) -> &str {
    let mut end = stem.len().min(bytes_max);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem.get(..end).unwrap_or_default().trim_end_matches(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(wanted: &[&str]) -> Vec<String> {
        let mut names = Names::default();
        wanted.iter().map(|it| names.given(it)).collect()
    }

    #[test]
    fn no_two_files_have_a_name_that_some_system_takes_for_one() {
        let names =
            given(&["Lease.pdf", "lease.PDF", "Lease (2).pdf", "Lease.pdf", "e\u{301}.pdf", "\u{e9}.pdf"]);
        assert_eq!(
            names,
            [
                "Lease.pdf",
                "lease (2).PDF",
                "Lease (2) (2).pdf",
                "Lease (3).pdf",
                "e\u{301}.pdf",
                "\u{e9} (2).pdf"
            ]
        );
    }

    #[test]
    fn no_name_leads_out_of_a_folder_is_a_device_or_looks_like_another() {
        for (wanted, name) in [
            ("../../etc/passwd.pdf", "etc passwd.pdf"),
            ("C:\\Windows\\x.pdf", "C  Windows x.pdf"),
            ("con.pdf", "_con.pdf"),
            ("Com1.pdf", "_Com1.pdf"),
            ("LPT².x.pdf", "_LPT².x.pdf"),
            ("nul .pdf", "_nul.pdf"),
            ("console.pdf", "console.pdf"),
            ("COM10.pdf", "COM10.pdf"),
            ("COM.pdf", "COM.pdf"),
            ("in\u{202e}exe.pdf", "inexe.pdf"),
            ("...pdf", "document.pdf"),
            ("a\r\nb.pdf", "a  b.pdf"),
            ("", "document"),
        ] {
            assert_eq!(given(&[wanted]), [name], "{wanted:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_letters_and_stays_its_own() {
        let long = format!("{}.pdf", "契".repeat(120));
        let names = given(&[&long, &long]);
        assert!(names.iter().all(|it| it.len() <= BYTES_MAX && it.ends_with(".pdf")), "{names:?}");
        assert!(names[1].ends_with(" (2).pdf"));
        assert_ne!(names[0], names[1]);
    }
}
