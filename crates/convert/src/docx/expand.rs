//! From tokens and data to XML.

use super::TemplateError;
use super::scan::Token;
use super::tag::Tag;
use serde_json::{Map, Value};

/// A filled part has so many bytes at most.
const BYTES_MAX: usize = 64 * 1024 * 1024;
/// Conditions and loops stand inside each other so deep at most.
const DEPTH_MAX: usize = 32;

/// What names mean: the innermost loop first, the data last.
struct Scope<'d> {
    data: &'d Map<String, Value>,
    items: Vec<(&'d str, &'d Value)>,
}

impl<'d> Scope<'d> {
    fn value(&self, name: &str) -> Result<&'d Value, TemplateError> {
        let missing = || TemplateError::Missing { name: name.to_owned() };
        let mut keys = name.split('.');
        let first = keys.next().unwrap_or_default();
        let item = self.items.iter().rev().find(|(item, _)| *item == first).map(|(_, value)| *value);
        let begin = item.or_else(|| self.data.get(first)).ok_or_else(missing)?;
        keys.try_fold(begin, |value, key| value.get(key)).ok_or_else(missing)
    }

    /// Whether a name is true. One that the data do not hold is not: that is what conditions are for.
    fn is_true(&self, name: &str) -> bool {
        match self.value(name) {
            Err(_) | Ok(Value::Null | Value::Bool(false)) => false,
            Ok(Value::Bool(true) | Value::Object(_)) => true,
            Ok(Value::String(text)) => !text.is_empty(),
            Ok(Value::Array(list)) => !list.is_empty(),
            Ok(Value::Number(number)) => number.as_f64() != Some(0.0),
        }
    }
}

/// Fills the tokens of a part.
pub(super) fn expand(tokens: &[Token], data: &Map<String, Value>) -> Result<String, TemplateError> {
    let mut out = String::new();
    write(tokens, &mut Scope { data, items: Vec::new() }, 0, &mut out)?;
    Ok(out)
}

fn write<'d>(
    tokens: &'d [Token],
    scope: &mut Scope<'d>,
    depth: usize,
    out: &mut String,
) -> Result<(), TemplateError> {
    if depth > DEPTH_MAX {
        return Err(TemplateError::TooLarge);
    }
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += 1;
        if out.len() > BYTES_MAX {
            return Err(TemplateError::TooLarge);
        }
        let tag = match token {
            Token::Open { raw, .. } | Token::Close { raw, .. } | Token::Raw(raw) => {
                out.push_str(raw);
                continue;
            }
            Token::Tag(tag) => tag,
        };
        match tag {
            Tag::Value(name) => value(scope.value(name)?, name, out)?,
            Tag::If(name) => {
                let (otherwise, end) = block(tokens, index, tag)?;
                let (yes, no) = match otherwise {
                    Some(middle) => (index..middle, middle + 1..end),
                    None => (index..end, end..end),
                };
                let chosen = if scope.is_true(name) { yes } else { no };
                write(tokens.get(chosen).unwrap_or_default(), scope, depth + 1, out)?;
                index = end + 1;
            }
            Tag::For { item, list } => {
                let (_, end) = block(tokens, index, tag)?;
                let needed = "a list";
                let entries = scope.value(list)?.as_array();
                let entries =
                    entries.ok_or_else(|| TemplateError::WrongKind { name: list.clone(), needed })?;
                for entry in entries {
                    scope.items.push((item, entry));
                    write(tokens.get(index..end).unwrap_or_default(), scope, depth + 1, out)?;
                    scope.items.pop();
                }
                index = end + 1;
            }
            Tag::Else | Tag::EndIf | Tag::EndFor => {
                return Err(TemplateError::Unbalanced { tag: tag.written() });
            }
        }
    }
    Ok(())
}

/// Where the block that begins before `from` has its else and its end. What lies between has to end as many elements as
/// it begins, in turn, or the result would be no XML.
fn block(tokens: &[Token], from: usize, begun: &Tag) -> Result<(Option<usize>, usize), TemplateError> {
    let unbalanced = || TemplateError::Unbalanced { tag: begun.written() };
    let is_loop = matches!(begun, Tag::For { .. });
    let (mut depth, mut otherwise) = (0_usize, None);
    for (index, token) in tokens.iter().enumerate().skip(from) {
        match token {
            Token::Tag(Tag::If(_) | Tag::For { .. }) => depth += 1,
            Token::Tag(Tag::EndIf | Tag::EndFor) if depth > 0 => depth -= 1,
            Token::Tag(Tag::Else) if depth == 0 && !is_loop && otherwise.is_none() => otherwise = Some(index),
            Token::Tag(end @ (Tag::EndIf | Tag::EndFor)) => {
                let fits = (*end == Tag::EndFor) == is_loop;
                let halves = [from..otherwise.unwrap_or(index), otherwise.map_or(index, |it| it + 1)..index];
                let even = halves.into_iter().all(|half| is_even(tokens.get(half).unwrap_or_default()));
                return if fits && even { Ok((otherwise, index)) } else { Err(unbalanced()) };
            }
            _ => {}
        }
    }
    Err(unbalanced())
}

/// Whether these tokens can be left out or repeated: what they end of outside, they begin again in turn.
fn is_even(tokens: &[Token]) -> bool {
    let (mut ended, mut begun): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for token in tokens {
        match token {
            Token::Open { name, .. } => begun.push(name),
            Token::Close { name, .. } => ended.extend(begun.pop().is_none().then_some(name.as_str())),
            _ => {}
        }
    }
    ended.iter().rev().eq(begun.iter())
}

fn value(value: &Value, name: &str, out: &mut String) -> Result<(), TemplateError> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            let needed = "a text, a number, true or false";
            return Err(TemplateError::WrongKind { name: name.to_owned(), needed });
        }
    };
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">");
        }
        // XML 1.0 2.2: most control characters can stand in no document.
        let line: String = line.chars().filter(|it| !it.is_control() || *it == '\t').collect();
        out.push_str(&quick_xml::escape::escape(line));
    }
    Ok(())
}
