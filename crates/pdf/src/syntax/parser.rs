//! Objects (7.3).

use super::lexer::{Lexer, Token};
use crate::error::{Error, Limit};
use crate::limits::{NESTING_MAX, VALUES_MAX};
use crate::object::{Dictionary, Name, Object, ObjectId};

/// Parses objects out of a window of the file that starts at byte `base`.
pub(crate) struct Parser<'a> {
    pub(crate) lexer: Lexer<'a>,
    base: u64,
    values: usize,
}

/// What stands at the place of an indirect object.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) id: ObjectId,
    /// The object; of a stream its dictionary.
    pub(crate) object: Object,
    /// Where the data of a stream begin, in the window.
    pub(crate) data: Option<usize>,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(bytes: &'a [u8], base: u64) -> Self {
        Self { lexer: Lexer::new(bytes), base, values: 0 }
    }

    fn damaged(&self, expected: &'static str) -> Error {
        Error::Damaged { place: self.base.saturating_add(self.lexer.at() as u64), expected }
    }

    /// `n g obj`.
    pub(crate) fn id(&mut self) -> Result<ObjectId, Error> {
        let (Token::Integer(number), Token::Integer(generation)) = (self.lexer.token(), self.lexer.token())
        else {
            return Err(self.damaged("an object's number and generation"));
        };
        // Some producers write no space before the value: `1 0 obj<<` ends by itself, `1 0 obj5` does not exist.
        if self.lexer.token() != Token::Keyword(b"obj") {
            return Err(self.damaged("the word obj"));
        }
        match (u32::try_from(number), u16::try_from(generation)) {
            (Ok(number), Ok(generation)) => Ok(ObjectId { number, generation }),
            _ => Err(self.damaged("an object's number within its range")),
        }
    }

    /// An indirect object up to `endobj`, or to where the data of its stream begin.
    pub(crate) fn indirect(&mut self) -> Result<Header, Error> {
        let id = self.id()?;
        let after_header = self.lexer.at();
        let object = match self.lexer.token() {
            // `1 0 obj endobj` is null (and qpdf reads it so).
            Token::Keyword(b"endobj") => return Ok(Header { id, object: Object::Null, data: None }),
            _ => {
                self.lexer.seek(after_header);
                self.object()?
            }
        };
        let after = self.lexer.at();
        let is_stream =
            matches!(object, Object::Dictionary(_)) && self.lexer.token() == Token::Keyword(b"stream");
        if !is_stream {
            self.lexer.seek(after);
            return Ok(Header { id, object, data: None });
        }
        // 7.3.8.1: CR LF or LF follow. A lone CR and blanks before the end of line are read as well.
        while matches!(self.lexer.peek(), Some(b' ' | b'\t')) {
            self.lexer.bump();
        }
        if self.lexer.peek() == Some(b'\r') {
            self.lexer.bump();
        }
        if self.lexer.peek() == Some(b'\n') {
            self.lexer.bump();
        }
        Ok(Header { id, object, data: Some(self.lexer.at()) })
    }

    /// One object.
    pub(crate) fn object(&mut self) -> Result<Object, Error> {
        let token = self.lexer.token();
        self.value(token, 0)
    }

    fn value(&mut self, token: Token<'a>, depth: usize) -> Result<Object, Error> {
        self.values = self.values.saturating_add(1);
        if self.values > VALUES_MAX {
            return Err(Error::TooComplex(Limit::Values));
        }
        if depth > NESTING_MAX {
            return Err(Error::TooComplex(Limit::Nesting));
        }
        Ok(match token {
            Token::Integer(value) => self.reference(value).map_or(Object::Integer(value), Object::Reference),
            Token::Real(value) => Object::Real(value),
            Token::String(bytes) => Object::String(bytes),
            Token::Name(bytes) => Object::Name(Name(bytes)),
            Token::ArrayOpen => self.array(depth)?,
            Token::DictionaryOpen => self.dictionary(depth)?,
            Token::Keyword(b"true") => Object::Boolean(true),
            Token::Keyword(b"false") => Object::Boolean(false),
            Token::Keyword(b"null") => Object::Null,
            Token::Keyword(_) | Token::ArrayClose | Token::DictionaryClose | Token::End => {
                return Err(self.damaged("an object"));
            }
        })
    }

    /// `n g R`, the first number being read already. Leaves the place alone where it is none.
    fn reference(&mut self, number: i64) -> Option<ObjectId> {
        let number = u32::try_from(number).ok()?;
        let back = self.lexer.at();
        if let Token::Integer(generation) = self.lexer.token()
            && self.lexer.token() == Token::Keyword(b"R")
            && let Ok(generation) = u16::try_from(generation)
        {
            return Some(ObjectId { number, generation });
        }
        self.lexer.seek(back);
        None
    }

    fn array(&mut self, depth: usize) -> Result<Object, Error> {
        let mut items = Vec::new();
        loop {
            match self.lexer.token() {
                Token::ArrayClose => return Ok(Object::Array(items)),
                Token::End => return Err(self.damaged("the end of an array")),
                Token::Keyword(word) if ends_an_object(word) => {
                    return Err(self.damaged("the end of an array"));
                }
                // What no reader understands stands for nothing, as in qpdf.
                token if is_stray(&token) => items.push(Object::Null),
                token => items.push(self.value(token, depth.saturating_add(1))?),
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Object, Error> {
        let mut pairs = Vec::new();
        loop {
            let key = match self.lexer.token() {
                Token::Name(bytes) => Name(bytes),
                Token::DictionaryClose => return Ok(Object::Dictionary(Dictionary::from_pairs(pairs))),
                Token::End => return Err(self.damaged("the end of a dictionary")),
                Token::Keyword(word) if ends_an_object(word) => {
                    return Err(self.damaged("the end of a dictionary"));
                }
                // A value without a key has no meaning; the next name begins the next pair.
                token => {
                    if !is_stray(&token) {
                        self.value(token, depth.saturating_add(1))?;
                    }
                    continue;
                }
            };
            let back = self.lexer.at();
            match self.lexer.token() {
                Token::DictionaryClose => {
                    self.lexer.seek(back);
                    pairs.push((key, Object::Null));
                }
                Token::Keyword(word) if ends_an_object(word) => self.lexer.seek(back),
                Token::End => return Err(self.damaged("the value of a key")),
                token if is_stray(&token) => pairs.push((key, Object::Null)),
                token => {
                    let value = self.value(token, depth.saturating_add(1))?;
                    pairs.push((key, value));
                }
            }
        }
    }
}

/// A token that begins no value and ends none.
fn is_stray(token: &Token<'_>) -> bool {
    match token {
        Token::Keyword(word) => !matches!(*word, b"true" | b"false" | b"null"),
        Token::ArrayClose | Token::DictionaryClose => true,
        _ => false,
    }
}

fn ends_an_object(word: &[u8]) -> bool {
    matches!(word, b"endobj" | b"obj" | b"stream" | b"endstream" | b"xref" | b"trailer" | b"startxref")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Object, Error> {
        Parser::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn a_reference_is_told_from_two_numbers() {
        assert_eq!(
            parse("[1 0 R 1 0 2]"),
            Ok(Object::Array(vec![Object::Reference(ObjectId::new(1)), 1.into(), 0.into(), 2.into()]))
        );
    }

    #[test]
    fn arrays_nest_as_deep_as_the_limit_and_no_deeper() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(NESTING_MAX + 1)).is_ok());
        assert_eq!(parse(&nested(NESTING_MAX + 2)), Err(Error::TooComplex(Limit::Nesting)));
    }

    #[test]
    fn an_object_has_as_many_values_as_the_limit_and_no_more() {
        let many = |count: usize| format!("[{}]", "0 ".repeat(count));
        assert!(parse(&many(VALUES_MAX - 1)).is_ok());
        assert_eq!(parse(&many(VALUES_MAX)), Err(Error::TooComplex(Limit::Values)));
    }

    #[test]
    fn a_dictionary_survives_a_stray_word_and_a_missing_value() {
        let object = parse("<</A 1 foo /B bar /C>>").expect("is read");
        let dictionary = object.as_dictionary().expect("a dictionary");
        assert_eq!(dictionary.get("A"), Some(&Object::Integer(1)));
        assert_eq!(dictionary.get("B"), Some(&Object::Null));
        assert_eq!(dictionary.get("C"), Some(&Object::Null));
    }

    #[test]
    fn an_open_container_at_the_end_of_its_object_is_damage() {
        assert!(matches!(parse("<</A [1 2 endobj"), Err(Error::Damaged { .. })));
    }

    #[test]
    fn an_indirect_stream_tells_where_its_data_begin() {
        let mut parser = Parser::new(b"7 0 obj<</Length 3>>stream\r\nabc\nendstream", 0);
        let header = parser.indirect().expect("is read");
        assert_eq!((header.id, header.data), (ObjectId::new(7), Some(28)));
    }
}
