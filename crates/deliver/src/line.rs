//! One line of text from what people typed.

/// The text without line breaks, control characters and marks that turn the direction of writing around, blanks
/// joined, at most `longest` characters.
///
/// A line break in a header would begin a header of the writer's own (CWE-93); a mark such as U+202E would show
/// `gpj.exe` as `exe.jpg`.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let visible: String =
        text.chars().filter(|it| !turns(*it)).map(|it| if breaks(it) { ' ' } else { it }).collect();
    let words =
        visible.split(|it: char| it.is_whitespace() && !holds_together(it)).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    if joined.chars().count() <= longest {
        return joined;
    }
    let kept: String = joined.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The lines of a text of several lines, each as [`one_line`] makes it, without empty ones at either end.
pub(crate) fn lines(text: &str, longest: usize) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.trim().split('\n').map(|line| one_line(line, longest)).collect()
}

/// Blanks that keep a mark with its word, as French has them.
fn holds_together(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{202f}')
}

fn breaks(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_becomes_a_blank() {
        assert_eq!(one_line("Lease\r\nBcc: eve@example.org\u{2028}x\0", 99), "Lease Bcc: eve@example.org x");
    }

    #[test]
    fn marks_that_turn_the_text_around_are_left_out() {
        assert_eq!(one_line("a\u{202e}gpj.exe\u{2066}", 99), "agpj.exe");
    }

    #[test]
    fn ten_characters_of_ten_pass_and_an_eleventh_is_cut() {
        assert_eq!(one_line("0123456789", 10), "0123456789");
        assert_eq!(one_line("01234567890", 10), "012345678…");
    }

    #[test]
    fn a_text_of_several_lines_keeps_them() {
        assert_eq!(lines("\n a\r\n\r\nb\rc \n", 99), ["a", "", "b", "c"]);
        assert_eq!(lines("  ", 99), [""]);
    }
}
