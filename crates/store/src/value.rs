//! Values that go into statements and come out of rows: the portable four.
//!
//! Both engines know text, 64-bit integers and bytes in the same way; everything else (times, booleans,
//! JSON, ids) is written as one of these, so that one statement text serves both.

use crate::Fault;

/// A parameter of a statement, or a column of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// TEXT: ids, names, digests in hex, JSON.
    Text(String),
    /// BIGINT: numbers, microseconds since 1970 UTC, booleans as 0 and 1.
    Int(i64),
    /// BYTEA or BLOB: sealed secrets.
    Bytes(Vec<u8>),
    /// Nothing.
    Null,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Int(i64::from(yes))
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value::Bytes(bytes.to_vec())
    }
}

impl<T> From<Option<T>> for Value
where
    T: Into<Value>,
{
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// A row, read from left to right: each call takes the next column.
///
/// A record is filled in the order in which its statement names the columns, so a moved column shows up
/// as [`FaultKind::Corrupt`](crate::FaultKind::Corrupt) in the first test.
#[derive(Debug)]
pub struct Row {
    columns: std::vec::IntoIter<Value>,
}

impl Row {
    pub(crate) fn new(columns: Vec<Value>) -> Row {
        Row { columns: columns.into_iter() }
    }

    /// The next column as it is.
    pub fn value(&mut self) -> Result<Value, Fault> {
        self.columns.next().ok_or_else(|| Fault::corrupt("the row has fewer columns than its record"))
    }

    /// The next column as text.
    pub fn text(&mut self) -> Result<String, Fault> {
        match self.value()? {
            Value::Text(text) => Ok(text),
            other => Err(unexpected("text", &other)),
        }
    }

    /// The next column as text or nothing.
    pub fn text_or_null(&mut self) -> Result<Option<String>, Fault> {
        match self.value()? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            other => Err(unexpected("text or null", &other)),
        }
    }

    /// The next column as a number.
    pub fn int(&mut self) -> Result<i64, Fault> {
        match self.value()? {
            Value::Int(number) => Ok(number),
            other => Err(unexpected("a number", &other)),
        }
    }

    /// The next column as a number or nothing.
    pub fn int_or_null(&mut self) -> Result<Option<i64>, Fault> {
        match self.value()? {
            Value::Int(number) => Ok(Some(number)),
            Value::Null => Ok(None),
            other => Err(unexpected("a number or null", &other)),
        }
    }

    /// The next column, a number, as yes (not 0) or no.
    pub fn flag(&mut self) -> Result<bool, Fault> {
        Ok(self.int()? != 0)
    }

    /// The next column as bytes.
    pub fn bytes(&mut self) -> Result<Vec<u8>, Fault> {
        match self.value()? {
            Value::Bytes(bytes) => Ok(bytes),
            other => Err(unexpected("bytes", &other)),
        }
    }

    /// The next column as bytes or nothing.
    pub fn bytes_or_null(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        match self.value()? {
            Value::Bytes(bytes) => Ok(Some(bytes)),
            Value::Null => Ok(None),
            other => Err(unexpected("bytes or null", &other)),
        }
    }
}

/// Says the kind only: the value may be a person's.
fn unexpected(wanted: &str, found: &Value) -> Fault {
    let found = match found {
        Value::Text(_) => "text",
        Value::Int(_) => "a number",
        Value::Bytes(_) => "bytes",
        Value::Null => "null",
    };
    Fault::corrupt(format!("a column should be {wanted} and is {found}"))
}
