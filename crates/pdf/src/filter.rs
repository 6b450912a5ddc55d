//! Stream filters (7.4).

mod ascii;
mod flate;
mod lzw;
mod predictor;
mod run_length;

use crate::error::{Error, Limit};
use crate::limits::FILTERS_MAX;
use crate::object::{Dictionary, Object};
use crate::work::Work;

/// Looks up what a filter's name or parameter refers to.
pub(crate) type Resolve<'a> = &'a dyn Fn(&Object) -> Result<Object, Error>;

/// Decodes `data` through every filter its dictionary names. No stage gives more than `limit` bytes.
pub(crate) fn decode(
    dictionary: &Dictionary,
    data: Vec<u8>,
    limit: usize,
    work: &Work,
    resolve: Resolve<'_>,
) -> Result<Vec<u8>, Error> {
    let mut data = data;
    for (name, parameters) in stages(dictionary, resolve)? {
        let result = stage(&name, &parameters, &data, limit);
        // A bomb that was stopped has cost as much as one that was not.
        work.copied(result.as_ref().map_or(limit, Vec::len) as u64)?;
        data = result?;
        if data.len() > limit {
            return Err(Error::TooComplex(Limit::DecodedBytes));
        }
    }
    Ok(data)
}

/// Filters in their order, each with its parameters.
fn stages(dictionary: &Dictionary, resolve: Resolve<'_>) -> Result<Vec<(Vec<u8>, Dictionary)>, Error> {
    let listed = |key: &str, short: &str| -> Result<Vec<Object>, Error> {
        let value =
            dictionary.get(key).or_else(|| dictionary.get(short)).map_or(Ok(Object::Null), resolve)?;
        Ok(match value {
            Object::Null => Vec::new(),
            Object::Array(items) if items.len() > FILTERS_MAX => {
                return Err(Error::TooComplex(Limit::Filters));
            }
            Object::Array(items) => items.iter().map(resolve).collect::<Result<_, _>>()?,
            other => vec![other],
        })
    };
    // /F is a file specification in a stream's dictionary, so it stands for /Filter only where it is a name.
    let short =
        if dictionary.get("F").is_some_and(|value| value.as_name().is_some()) { "F" } else { "Filter" };
    let mut parameters = listed("DecodeParms", "DP")?.into_iter();
    let mut stages = Vec::new();
    for filter in listed("Filter", short)? {
        let Object::Name(name) = filter else { return Err(Error::BadStream("a filter that is no name")) };
        let values = match parameters.next() {
            Some(Object::Dictionary(values)) => values,
            _ => Dictionary::new(),
        };
        let mut resolved = Dictionary::new();
        for (key, value) in values.iter() {
            resolved.put(key.clone(), resolve(value)?);
        }
        stages.push((name.0, resolved));
    }
    Ok(stages)
}

fn stage(name: &[u8], parameters: &Dictionary, data: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    match name {
        b"FlateDecode" | b"Fl" => predictor::undo(parameters, flate::decode(data, limit)?),
        b"LZWDecode" | b"LZW" => predictor::undo(parameters, lzw::decode(parameters, data, limit)?),
        b"ASCIIHexDecode" | b"AHx" => Ok(ascii::hexadecimal(data)),
        b"ASCII85Decode" | b"A85" => ascii::base85(data, limit),
        b"RunLengthDecode" | b"RL" => run_length::decode(data, limit),
        // 7.4.10: the security handler has done its part when the stream was read.
        b"Crypt" => Ok(data.to_vec()),
        b"DCTDecode" | b"DCT" | b"JPXDecode" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" => {
            Err(Error::BadStream("an image filter"))
        }
        _ => Err(Error::BadStream("an unknown filter")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(dictionary: &Dictionary, data: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
        decode(dictionary, data.to_vec(), limit, &Work::new(0), &|object| Ok(object.clone()))
    }

    #[test]
    fn filters_are_undone_in_their_order_also_by_their_short_names() {
        let names = vec![Object::name("AHx"), Object::name("ASCII85Decode")];
        let dictionary = Dictionary::new().with("Filter", names);
        // "87cURD]i,\"Ebo80~>" is "Hello World!" in base 85.
        let hexadecimal: String = b"87cURD]i,\"Ebo80~>".iter().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(decoded(&dictionary, hexadecimal.as_bytes(), 100), Ok(b"Hello World!".to_vec()));
    }

    #[test]
    fn a_stream_has_as_many_filters_as_the_limit_and_no_more() {
        let with = |count: usize| Dictionary::new().with("Filter", vec![Object::name("Crypt"); count]);
        assert_eq!(decoded(&with(FILTERS_MAX), b"a", 10), Ok(b"a".to_vec()));
        assert_eq!(decoded(&with(FILTERS_MAX + 1), b"a", 10), Err(Error::TooComplex(Limit::Filters)));
    }

    #[test]
    fn an_unknown_filter_is_said_to_be_one() {
        let dictionary = Dictionary::new().with("Filter", Object::name("Zip"));
        assert_eq!(decoded(&dictionary, b"a", 10), Err(Error::BadStream("an unknown filter")));
    }
}
