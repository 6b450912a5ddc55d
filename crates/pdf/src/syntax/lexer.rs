//! Tokens (7.2).

/// A token. Strings and names are already decoded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token<'a> {
    Integer(i64),
    Real(f64),
    String(Vec<u8>),
    Name(Vec<u8>),
    ArrayOpen,
    ArrayClose,
    DictionaryOpen,
    DictionaryClose,
    /// Any other run of regular characters, and single stray delimiters.
    Keyword(&'a [u8]),
    /// Nothing but white space is left in the window.
    End,
}

/// Walks over a window of the file.
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The farthest place that was looked at before a step back.
    farthest: usize,
    /// Whether a byte past the window was asked for: where more bytes exist, the answer is not to be trusted.
    hit_end: bool,
}

pub(crate) const fn is_whitespace(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

pub(crate) const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

const fn is_regular(byte: u8) -> bool {
    !is_whitespace(byte) && !is_delimiter(byte)
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(byte.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(byte.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, farthest: 0, hit_end: false }
    }

    /// Position in the window.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn seek(&mut self, at: usize) {
        self.farthest = self.scanned();
        self.at = at.min(self.bytes.len());
    }

    /// How many bytes were looked at: what the reading has cost, wherever it stands now.
    pub(crate) fn scanned(&self) -> usize {
        self.farthest.max(self.at)
    }

    pub(crate) fn hit_end(&self) -> bool {
        self.hit_end
    }

    pub(crate) fn peek(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.hit_end |= byte.is_none();
        byte
    }

    pub(crate) fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at = self.at.saturating_add(1);
        Some(byte)
    }

    /// White space and comments.
    pub(crate) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at = self.at.saturating_add(1);
                }
            } else if is_whitespace(byte) {
                self.at = self.at.saturating_add(1);
            } else {
                return;
            }
        }
    }

    pub(crate) fn token(&mut self) -> Token<'a> {
        self.skip_space();
        let start = self.at;
        let Some(byte) = self.bump() else { return Token::End };
        match byte {
            b'[' => Token::ArrayOpen,
            b']' => Token::ArrayClose,
            b'(' => Token::String(self.literal()),
            b'/' => Token::Name(self.name()),
            b'<' if self.peek() == Some(b'<') => {
                self.bump();
                Token::DictionaryOpen
            }
            b'<' => Token::String(self.hexadecimal()),
            b'>' if self.peek() == Some(b'>') => {
                self.bump();
                Token::DictionaryClose
            }
            b'>' | b')' | b'{' | b'}' => Token::Keyword(self.slice(start)),
            _ => {
                while self.peek().is_some_and(is_regular) {
                    self.at = self.at.saturating_add(1);
                }
                let word = self.slice(start);
                number(word).unwrap_or(Token::Keyword(word))
            }
        }
    }

    fn slice(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// 7.3.4.2, after the opening parenthesis.
    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut open = 1_usize;
        while let Some(byte) = self.bump() {
            match byte {
                b'(' => open = open.saturating_add(1),
                b')' => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        return out;
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                // An end of line within a string is read as one line feed, however it is written.
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.bump();
                    }
                    out.push(b'\n');
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.bump() else { return };
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.bump();
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte.wrapping_sub(b'0'));
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value.wrapping_mul(8).wrapping_add(u32::from(digit.wrapping_sub(b'0')));
                            self.bump();
                        }
                        _ => break,
                    }
                }
                // 7.3.4.2: high-order overflow is ignored.
                out.push(value.to_le_bytes()[0]);
            }
            other => out.push(other),
        }
    }

    /// 7.3.4.3, after the opening angle bracket. Whatever is no digit is passed over.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut high = None;
        while let Some(byte) = self.bump() {
            if byte == b'>' {
                break;
            }
            if let Some(digit) = hex(byte) {
                match high.take() {
                    None => high = Some(digit),
                    Some(first) => out.push((first << 4) | digit),
                }
            }
        }
        out.extend(high.map(|first| first << 4));
        out
    }

    /// 7.3.5, after the slash.
    fn name(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        while let Some(byte) = self.peek() {
            if !is_regular(byte) {
                break;
            }
            self.at = self.at.saturating_add(1);
            if byte == b'#' {
                let pair = (self.bytes.get(self.at), self.bytes.get(self.at.saturating_add(1)));
                if let (Some(high), Some(low)) =
                    (pair.0.copied().and_then(hex), pair.1.copied().and_then(hex))
                {
                    out.push((high << 4) | low);
                    self.at = self.at.saturating_add(2);
                    continue;
                }
                self.hit_end |= pair.1.is_none();
            }
            out.push(byte);
        }
        out
    }
}

/// 7.3.3, and what producers write instead: `--5`, `5-3`, `.`, `4.`, `+.1`.
fn number<'a>(word: &[u8]) -> Option<Token<'a>> {
    let (negative, digits) = match word {
        [b'-', b'-', rest @ ..] | [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    if !digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.' || *byte == b'-') {
        return None;
    }
    // A minus in the middle ends the number: some producers print `12.-3`.
    let digits = digits.split(|byte| *byte == b'-').next().unwrap_or_default();
    let (whole, fraction) = match digits.iter().position(|byte| *byte == b'.') {
        None => (digits, None),
        Some(point) => {
            let (whole, rest) = digits.split_at_checked(point)?;
            (whole, Some(rest.get(1..).unwrap_or_default()))
        }
    };
    if whole.is_empty() && fraction.is_none() {
        return None;
    }
    let mut integer = 0_i64;
    for digit in whole {
        integer = integer.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')));
    }
    let Some(fraction) = fraction else {
        return Some(Token::Integer(if negative { integer.saturating_neg() } else { integer }));
    };
    let fraction: &[u8] = fraction.split(|byte| *byte == b'.').next().unwrap_or_default();
    // Through the text, because adding up digit by digit would not give the nearest value.
    let mut text = String::with_capacity(digits.len().saturating_add(2));
    text.push_str(if negative { "-0" } else { "0" });
    text.extend(whole.iter().take(400).map(|byte| char::from(*byte)));
    text.push('.');
    text.extend(fraction.iter().take(40).map(|byte| char::from(*byte)));
    text.push('0');
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(Token::Real)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(text.as_bytes());
        std::iter::from_fn(|| Some(lexer.token()).filter(|token| *token != Token::End)).collect()
    }

    #[test]
    fn numbers_are_read_as_producers_write_them() {
        use Token::{Integer, Real};
        assert_eq!(
            tokens("1 -2 +3 4. .5 -.25 --6 12.-3 99999999999999999999"),
            [
                Integer(1),
                Integer(-2),
                Integer(3),
                Real(4.0),
                Real(0.5),
                Real(-0.25),
                Integer(-6),
                Real(12.0),
                Integer(i64::MAX)
            ]
        );
    }

    #[test]
    fn words_that_only_look_like_numbers_are_keywords() {
        assert_eq!(tokens("1e5 - obj"), [b"1e5".as_slice(), b"-", b"obj"].map(Token::Keyword));
    }

    #[test]
    fn strings_are_unescaped() {
        assert_eq!(
            tokens("(a(b)\\)\\101\\\r\nx\\7) <4 1 4> (\r\n)"),
            [b"a(b))Ax\x07".to_vec(), b"A@".to_vec(), b"\n".to_vec()].map(Token::String)
        );
    }

    #[test]
    fn names_are_decoded_and_a_lone_number_sign_stays() {
        assert_eq!(tokens("/A#20B/C#G/"), [b"A B".to_vec(), b"C#G".to_vec(), Vec::new()].map(Token::Name));
    }

    #[test]
    fn a_token_that_touches_the_end_of_the_window_is_reported() {
        let mut whole = Lexer::new(b"12 ");
        whole.token();
        assert!(!whole.hit_end());
        let mut cut = Lexer::new(b"12");
        cut.token();
        assert!(cut.hit_end());
    }
}
