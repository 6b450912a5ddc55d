//! From objects to bytes (7.3).

use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId, Stream};
use crate::syntax::{is_delimiter, is_whitespace};

/// `n g obj ... endobj` and an end of line.
pub(crate) fn indirect(id: ObjectId, object: &Object, out: &mut Vec<u8>) -> Result<(), Error> {
    out.extend_from_slice(format!("{} {} obj\n", id.number, id.generation).as_bytes());
    self::object(object, out)?;
    out.extend_from_slice(b"\nendobj\n");
    Ok(())
}

/// One object.
pub(crate) fn object(object: &Object, out: &mut Vec<u8>) -> Result<(), Error> {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => real(*value, out)?,
        Object::String(bytes) => string(bytes, out),
        Object::Name(name) => self::name(name.as_bytes(), out),
        Object::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b' ');
                }
                self::object(item, out)?;
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => self::dictionary(dictionary, out)?,
        Object::Stream(stream) => self::stream(stream, out)?,
        Object::Reference(id) => {
            out.extend_from_slice(format!("{} {} R", id.number, id.generation).as_bytes());
        }
    }
    Ok(())
}

pub(crate) fn dictionary(dictionary: &Dictionary, out: &mut Vec<u8>) -> Result<(), Error> {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary.iter() {
        name(key.as_bytes(), out);
        // A delimiter begins the next token by itself.
        if !matches!(value, Object::String(_) | Object::Name(_) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        object(value, out)?;
    }
    out.extend_from_slice(b">>");
    Ok(())
}

fn stream(stream: &Stream, out: &mut Vec<u8>) -> Result<(), Error> {
    let mut with_length = stream.dictionary.clone();
    with_length.set(
        "Length",
        i64::try_from(stream.data.len()).map_err(|_| Error::Unwritable("a stream of this length"))?,
    );
    dictionary(&with_length, out)?;
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(&stream.data);
    out.extend_from_slice(b"\nendstream");
    Ok(())
}

/// 7.3.3 knows no exponents and no infinity.
fn real(value: f64, out: &mut Vec<u8>) -> Result<(), Error> {
    // Annex C.2: the largest real is about 3.403e38.
    if !value.is_finite() || value.abs() > 3.403e38 {
        return Err(Error::Unwritable("a number out of range"));
    }
    // Five digits after the point are all that readers keep; more would only make noise of rounding errors.
    let rounded = if value.abs() < 1e9 { (value * 1e5).round() / 1e5 } else { value };
    let rounded = if rounded == 0.0 && value != 0.0 { value } else { rounded };
    let text = if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") };
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// 7.3.4: in parentheses where it is mostly ASCII, in hexadecimal otherwise.
fn string(bytes: &[u8], out: &mut Vec<u8>) {
    let odd = bytes.iter().filter(|byte| !matches!(byte, 0x20..=0x7E)).count();
    if odd.saturating_mul(4) > bytes.len() {
        hexadecimal(bytes, out);
        return;
    }
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            // As octal, so that no reader's handling of ends of lines can change it; and a slash, so that nothing that
            // a person typed looks like a name to whoever searches the bytes for one.
            0..=0x1F | b'/' | 0x7F..=0xFF => out.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

fn hexadecimal(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'<');
    for byte in bytes {
        out.extend_from_slice(format!("{byte:02X}").as_bytes());
    }
    out.push(b'>');
}

/// 7.3.5.
fn name(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in bytes {
        if *byte == b'#' || !byte.is_ascii_graphic() || is_delimiter(*byte) || is_whitespace(*byte) {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        } else {
            out.push(*byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Parser;

    fn written(value: &Object) -> String {
        let mut out = Vec::new();
        object(value, &mut out).expect("can be written");
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let all: Vec<u8> = (0..=255).collect();
        let value = Object::Dictionary(
            Dictionary::new()
                .with("Null", Object::Null)
                .with("Numbers", vec![Object::Integer(-5), Object::Real(0.25), Object::Real(-1234.5)])
                .with("Odd", Object::string(all.clone()))
                .with("Plain", Object::string("a (b) \\ c"))
                .with("A name/with #", Object::Name(crate::object::Name(all[1..].to_vec())))
                .with("Reference", ObjectId { number: 7, generation: 2 })
                .with("Yes", true),
        );
        let text = written(&value);
        let mut out = Vec::new();
        object(&value, &mut out).expect("can be written");
        assert_eq!(Parser::new(&out, 0).object(), Ok(value), "{text}");
    }

    #[test]
    fn reals_have_no_exponent_and_no_noise() {
        assert_eq!(written(&Object::Real(0.1 + 0.2)), "0.3");
        assert_eq!(written(&Object::Real(1e-7)), "0.0000001");
        assert_eq!(written(&Object::Real(-0.0)), "0");
        assert_eq!(written(&Object::Real(3.0)), "3");
        assert!(!written(&Object::Real(1e30)).contains('e'));
    }

    #[test]
    fn what_is_no_number_is_not_written() {
        for value in [f64::NAN, f64::INFINITY, 1e39] {
            assert!(object(&Object::Real(value), &mut Vec::new()).is_err());
        }
    }
}
