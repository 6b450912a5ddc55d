//! The object model, ISO 32000-2 clause 7.3.

mod dictionary;
mod text;

pub use dictionary::Dictionary;

/// Names an indirect object (7.3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ObjectId {
    /// Object number, from 1.
    pub number: u32,
    /// Generation number; 0 for everything that is not a re-used number.
    pub generation: u16,
}

impl ObjectId {
    /// The object of this number with generation 0.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self { number, generation: 0 }
    }
}

/// A name (7.3.5): its bytes after `#xx` decoding, without the slash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub Vec<u8>);

impl Name {
    /// The name's bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

/// Any object.
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    /// `null`, and what a reference to a missing object means.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number. What does not fit is held at the nearest end of the range.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// A string's bytes, unescaped and decrypted.
    String(Vec<u8>),
    /// A name.
    Name(Name),
    /// An array.
    Array(Vec<Object>),
    /// A dictionary.
    Dictionary(Dictionary),
    /// A stream.
    Stream(Stream),
    /// A reference to an indirect object.
    Reference(ObjectId),
}

/// A stream (7.3.8).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stream {
    /// Its dictionary. `/Length` is written from the data, whatever stands here.
    pub dictionary: Dictionary,
    /// The data as stored: still encoded by `/Filter`, but decrypted.
    pub data: Vec<u8>,
}

impl Object {
    /// A name.
    #[must_use]
    pub fn name(text: &str) -> Self {
        Self::Name(Name::from(text))
    }

    /// A string of these bytes as they are (for text see [`Object::text`]).
    #[must_use]
    pub fn string(bytes: impl Into<Vec<u8>>) -> Self {
        Self::String(bytes.into())
    }

    /// A text string (7.9.2.2): ASCII as it is, everything else as UTF-16BE with a byte order mark.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::String(text::encode(text))
    }

    /// An array of numbers.
    #[must_use]
    pub fn numbers(numbers: &[f64]) -> Self {
        Self::Array(numbers.iter().map(|number| Self::Real(*number)).collect())
    }

    /// The integer, also of a real without a fraction.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            #[expect(clippy::cast_possible_truncation, reason = "`as` saturates and the fraction is zero")]
            Self::Real(value) if value.fract() == 0.0 => Some(*value as i64),
            _ => None,
        }
    }

    /// The number, integer or real.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "PDF numbers are of limited precision anyway")]
            Self::Integer(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }

    /// The boolean.
    #[must_use]
    pub fn as_boolean(&self) -> Option<bool> {
        if let Self::Boolean(value) = self { Some(*value) } else { None }
    }

    /// The name.
    #[must_use]
    pub fn as_name(&self) -> Option<&Name> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    /// Whether this is the name `text`.
    #[must_use]
    pub fn is_name(&self, text: &str) -> bool {
        self.as_name().is_some_and(|name| name == text)
    }

    /// The string's bytes.
    #[must_use]
    pub fn as_string(&self) -> Option<&[u8]> {
        if let Self::String(bytes) = self { Some(bytes) } else { None }
    }

    /// A text string as text (7.9.2.2): UTF-16BE or UTF-8 with their marks, else PDFDocEncoding.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        self.as_string().map(text::decode)
    }

    /// The array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Object]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The dictionary, also that of a stream.
    #[must_use]
    pub fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            Self::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }

    /// The stream.
    #[must_use]
    pub fn as_stream(&self) -> Option<&Stream> {
        if let Self::Stream(stream) = self { Some(stream) } else { None }
    }

    /// What the reference names.
    #[must_use]
    pub fn as_reference(&self) -> Option<ObjectId> {
        if let Self::Reference(id) = self { Some(*id) } else { None }
    }

    /// Roughly what this takes in memory, in values of 80 bytes.
    pub(crate) fn weight(&self) -> usize {
        const VALUE: usize = 80;
        match self {
            Self::String(bytes) | Self::Name(Name(bytes)) => bytes.len().checked_div(VALUE).unwrap_or(0),
            Self::Array(items) => items.iter().fold(0, |sum: usize, item| sum.saturating_add(item.weight())),
            Self::Dictionary(dictionary) => dictionary.weight(),
            Self::Stream(stream) => stream.dictionary.weight().saturating_add(stream.data.len() / VALUE),
            _ => 0,
        }
        .saturating_add(1)
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

macro_rules! from {
    ($($source:ty => $variant:ident),* $(,)?) => { $(
        impl From<$source> for Object {
            fn from(value: $source) -> Self { Self::$variant(value.into()) }
        }
    )* };
}
from!(bool => Boolean, i64 => Integer, i32 => Integer, u32 => Integer, u16 => Integer, f64 => Real, Name => Name,
    Vec<Object> => Array, Dictionary => Dictionary, Stream => Stream, ObjectId => Reference);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_written_as_a_real_is_an_integer() {
        assert_eq!(Object::Real(4.0).as_integer(), Some(4));
        assert_eq!(Object::Real(4.5).as_integer(), None);
    }
}
