//! What came of one attempt.

use super::fault::WebhookFault;

/// Bytes of an answer that are kept.
const KEPT: usize = 1024;

/// What came of one attempt to deliver a webhook; all of it can be shown to the one who subscribed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempted {
    /// The status of the answer, where there was one.
    pub status: Option<u16>,
    /// The beginning of the answer as text, at most 1 KiB, without control characters other than line ends and tabs.
    pub answer: String,
    /// Milliseconds that the attempt took.
    pub took_ms: u64,
    /// What the receiver said about when to come again (`Retry-After`, RFC 9110 10.2.3), as it was written.
    pub retry_after: Option<String>,
    /// What went wrong, if anything.
    pub fault: Option<WebhookFault>,
}

impl Attempted {
    /// Whether the receiver took the webhook over. A 2xx status says so; what its answer holds, and whether it ever
    /// ends, is of no matter then.
    pub fn is_delivered(&self) -> bool {
        self.status.is_some_and(|it| (200..300).contains(&it))
    }
}

/// The beginning of an answer that arrives in pieces.
#[derive(Default)]
pub(super) struct Beginning(Vec<u8>);

impl Beginning {
    pub(super) fn add(&mut self, piece: &[u8]) {
        let room = KEPT.saturating_sub(self.0.len());
        self.0.extend(piece.iter().take(room));
    }

    pub(super) fn text(&self) -> String {
        // A character that was cut in two at the end is left out; others that are none show as what they are.
        let whole = match std::str::from_utf8(&self.0) {
            Err(error) if error.error_len().is_none() => {
                self.0.get(..error.valid_up_to()).unwrap_or_default()
            }
            _ => &self.0,
        };
        let readable = |it: &char| !it.is_control() || matches!(it, '\n' | '\t');
        let mut text: String = String::from_utf8_lossy(whole).chars().filter(readable).collect();
        text.truncate(text.floor_char_boundary(KEPT));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pieces: &[&[u8]]) -> String {
        let mut beginning = Beginning::default();
        for piece in pieces {
            beginning.add(piece);
        }
        beginning.text()
    }

    #[test]
    fn an_answer_of_1024_bytes_is_kept_whole_and_one_byte_more_is_not() {
        assert_eq!(text(&[&[b'a'; 1000], &[b'b'; 24]]).len(), 1024);
        assert_eq!(text(&[&[b'a'; 1024], b"b"]), "a".repeat(1024));
    }

    #[test]
    fn a_character_is_not_cut_in_two() {
        assert_eq!(text(&[&[b'a'; 1023], "é".as_bytes()]), "a".repeat(1023));
    }

    #[test]
    fn what_no_database_takes_and_no_terminal_should_see_is_left_out() {
        assert_eq!(text(&[b"a\0b\x1b[31m\r\n\tc"]), "ab[31m\n\tc");
        assert_eq!(text(&[b"a\xffb"]), "a\u{fffd}b");
        assert!(text(&[&[0xff; 1024]]).len() <= 1024);
    }
}
