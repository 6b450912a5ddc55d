//! Operators of a content stream with their operands (7.8.2).

use std::ops::Range;

use crate::object::Name;
use crate::syntax::{Lexer, Token, is_whitespace};

/// Operands before an operator; honest ones have six, `SCN` and `TJ` arrays count as one.
const OPERANDS_MAX: usize = 64;
/// Values in one array; a line of text has a few hundred.
const ARRAY_MAX: usize = 50_000;
/// Arrays and dictionaries within each other.
const NESTING_MAX: usize = 8;

/// What stands before an operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    String(Vec<u8>),
    Name(Name),
    Array(Vec<Operand>),
    Dictionary(Vec<(Name, Operand)>),
    /// Whatever no operator of text asks for.
    Other,
}

impl Operand {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
}

/// Walks over a content stream.
pub(super) struct Content<'a> {
    bytes: &'a [u8],
    lexer: Lexer<'a>,
    pub(super) operands: Vec<Operand>,
    start: usize,
}

impl<'a> Content<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, lexer: Lexer::new(bytes), operands: Vec::new(), start: 0 }
    }

    /// The next operator; its operands are in `operands`. `None` at the end.
    pub(super) fn operator(&mut self) -> Option<&'a [u8]> {
        self.operands.clear();
        self.start = self.lexer.at();
        loop {
            let token = self.lexer.token();
            match token {
                Token::End => return None,
                Token::Keyword(b"ID") => {
                    self.skip_image();
                    self.operands.clear();
                    self.start = self.lexer.at();
                }
                Token::Keyword(word) if !matches!(word, b"true" | b"false" | b"null") => return Some(word),
                token => {
                    let operand = self.value(token, 0);
                    // Too many are no operands of anything; the last ones are those an operator takes.
                    if self.operands.len() >= OPERANDS_MAX {
                        self.operands.clear();
                    }
                    self.operands.push(operand);
                }
            }
        }
    }

    /// Where the operator that was given last stands, with its operands.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.lexer.at()
    }

    fn value(&mut self, token: Token<'a>, depth: usize) -> Operand {
        match token {
            #[expect(clippy::cast_precision_loss, reason = "a coordinate is far below 2^52")]
            Token::Integer(value) => Operand::Number(value as f64),
            Token::Real(value) => Operand::Number(value),
            Token::String(bytes) => Operand::String(bytes),
            Token::Name(bytes) => Operand::Name(Name(bytes)),
            Token::ArrayOpen if depth < NESTING_MAX => self.array(depth),
            Token::DictionaryOpen if depth < NESTING_MAX => self.dictionary(depth),
            _ => Operand::Other,
        }
    }

    fn array(&mut self, depth: usize) -> Operand {
        let mut items = Vec::new();
        loop {
            let before = self.lexer.at();
            match self.lexer.token() {
                Token::ArrayClose | Token::End => return Operand::Array(items),
                // A forgotten bracket: the operator is worth more than the order of brackets.
                Token::Keyword(b"TJ") => {
                    self.lexer.seek(before);
                    return Operand::Array(items);
                }
                token => {
                    let item = self.value(token, depth.saturating_add(1));
                    if items.len() < ARRAY_MAX {
                        items.push(item);
                    }
                }
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Operand {
        let mut pairs = Vec::new();
        loop {
            match self.lexer.token() {
                Token::DictionaryClose | Token::End => return Operand::Dictionary(pairs),
                Token::Name(key) => {
                    let token = self.lexer.token();
                    if matches!(token, Token::DictionaryClose | Token::End) {
                        return Operand::Dictionary(pairs);
                    }
                    let value = self.value(token, depth.saturating_add(1));
                    if pairs.len() < OPERANDS_MAX {
                        pairs.push((Name(key), value));
                    }
                }
                _ => {}
            }
        }
    }

    /// The data of an inline image (8.9.7), up to an `EI` between white space after which text goes on.
    fn skip_image(&mut self) {
        let start = self.lexer.at();
        let rest = self.bytes.get(start..).unwrap_or_default();
        let end = rest.windows(4).position(|window| {
            matches!(window, [before, b'E', b'I', after] if is_whitespace(*before) && is_whitespace(*after))
        });
        // At the very end of the stream no white space follows.
        let skipped = end.map_or(rest.len(), |place| place.saturating_add(3));
        let mut at = start.saturating_add(skipped);
        // Binary data may hold the letters by chance: what follows a real end is plain text.
        let mut tries = 0;
        while tries < 16 && !self.looks_like_operators(at) {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(next) = rest.windows(4).position(|window| {
                matches!(window, [before, b'E', b'I', after] if is_whitespace(*before) && is_whitespace(*after))
            }) else {
                break;
            };
            at = at.saturating_add(next).saturating_add(3);
            tries += 1;
        }
        self.lexer.seek(at);
    }

    fn looks_like_operators(&self, at: usize) -> bool {
        let next = self.bytes.get(at..).unwrap_or_default();
        next.iter().take(12).all(|byte| is_whitespace(*byte) && *byte != 0 || (0x20..0x7f).contains(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(text: &[u8]) -> Vec<(String, usize)> {
        let mut content = Content::new(text);
        let mut all = Vec::new();
        while let Some(word) = content.operator() {
            all.push((String::from_utf8_lossy(word).into_owned(), content.operands.len()));
        }
        all
    }

    #[test]
    fn operators_come_with_their_operands() {
        assert_eq!(
            operators(b"BT /F1 12 Tf [(a) -20 <62>] TJ (it\\)s) ' ET"),
            [("BT", 0), ("Tf", 2), ("TJ", 1), ("'", 1), ("ET", 0)].map(|(word, n)| (word.to_owned(), n))
        );
    }

    #[test]
    fn the_data_of_an_inline_image_are_no_operators() {
        let mut text = b"BI /W 2 /H 2 ID ".to_vec();
        text.extend([0xff, b'(', b' ', b'E', b'I', b' ', 0x80, 0x81, 0x00]);
        text.extend(b" EI\nBT ET");
        assert_eq!(operators(&text).last(), Some(&("ET".to_owned(), 0)));
        assert_eq!(operators(&text).iter().filter(|(word, _)| word == "BT").count(), 1);
    }

    #[test]
    fn an_array_that_never_ends_ends_with_the_stream() {
        assert_eq!(operators(b"[(a) [[[[[[[[[[[[[["), []);
    }
}
