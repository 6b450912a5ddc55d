//! From the XML of a part to a flat row of tokens.

use super::TemplateError;
use super::tag::Tag;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A token of a part, in its order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// An element begins.
    Open {
        /// Its name.
        name: String,
        /// As it is written.
        raw: String,
    },
    /// An element ends.
    Close {
        /// Its name.
        name: String,
        /// As it is written.
        raw: String,
    },
    /// Anything else as it is written: text, empty elements, comments.
    Raw(String),
    /// A tag of the template, in a text.
    Tag(Tag),
}

/// A part has so many tokens at most.
const TOKENS_MAX: usize = 4_000_000;

/// The tokens of a part, each tag in one piece.
pub(super) fn tokens(xml: &str) -> Result<Vec<Token>, TemplateError> {
    let mut tokens = read(xml)?;
    let mut at = 0;
    while let Some(open) = position(&tokens, at, |it| is_open(it, "w:p")) {
        let Some(close) = end_of(&tokens, open) else { break };
        // A text box holds paragraphs inside of a paragraph: the innermost come first.
        let innermost = last_open(&tokens, open, close, "w:p").unwrap_or(open);
        let close = end_of(&tokens, innermost).unwrap_or(close);
        let filled = paragraph(&tokens[innermost..=close])?;
        let next = innermost + filled.len();
        tokens.splice(innermost..=close, filled);
        at = next.max(open + 1);
    }
    rows(&mut tokens);
    Ok(tokens)
}

fn read(xml: &str) -> Result<Vec<Token>, TemplateError> {
    let mut reader = Reader::from_str(xml);
    let mut tokens = Vec::new();
    let mut start = 0;
    loop {
        let event = reader.read_event().map_err(|_| TemplateError::Unreadable)?;
        let end = usize::try_from(reader.buffer_position()).map_err(|_| TemplateError::TooLarge)?;
        let raw = xml.get(start..end).ok_or(TemplateError::Unreadable)?.to_owned();
        start = end;
        let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            Event::Eof => return Ok(tokens),
            // Word writes none, and one could swell without end.
            Event::DocType(_) => return Err(TemplateError::Unreadable),
            Event::Start(it) => tokens.push(Token::Open { name: name(it.name().as_ref()), raw }),
            Event::End(it) => tokens.push(Token::Close { name: name(it.name().as_ref()), raw }),
            _ => tokens.push(Token::Raw(raw)),
        }
        if tokens.len() > TOKENS_MAX {
            return Err(TemplateError::TooLarge);
        }
    }
}

fn is_open(token: &Token, wanted: &str) -> bool {
    matches!(token, Token::Open { name, .. } if name == wanted)
}

fn is_close(token: &Token, wanted: &str) -> bool {
    matches!(token, Token::Close { name, .. } if name == wanted)
}

fn position(tokens: &[Token], from: usize, wanted: impl Fn(&Token) -> bool) -> Option<usize> {
    tokens.iter().skip(from).position(wanted).map(|it| it + from)
}

/// The end of the element that begins at `open`.
fn end_of(tokens: &[Token], open: usize) -> Option<usize> {
    let Token::Open { name, .. } = tokens.get(open)? else { return None };
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        if is_open(token, name) {
            depth += 1;
        } else if is_close(token, name) {
            depth -= 1;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

fn last_open(tokens: &[Token], from: usize, to: usize, name: &str) -> Option<usize> {
    (from..to).rev().find(|index| tokens.get(*index).is_some_and(|it| is_open(it, name)))
}

/// A paragraph with its tags as tokens: the text of a tag that is split over runs moves to where it begins.
fn paragraph(tokens: &[Token]) -> Result<Vec<Token>, TemplateError> {
    let mut texts: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            it if is_open(it, "w:t") => inside = true,
            it if is_close(it, "w:t") => inside = false,
            Token::Raw(raw) if inside => texts.push((index, raw.clone())),
            _ => {}
        }
    }
    let whole: String = texts.iter().map(|(_, text)| text.as_str()).collect();
    let found = tags(&whole)?;
    if found.is_empty() {
        return Ok(tokens.to_vec());
    }
    if let [(_, _, tag)] = found.as_slice()
        && tag.is_control()
        && whole.trim() == whole.get(found[0].0..found[0].1).unwrap_or_default()
        && !tokens.iter().any(|it| is_open(it, "w:sectPr") || is_open(it, "w:drawing"))
    {
        return Ok(vec![Token::Tag(tag.clone())]);
    }
    let mut made = Vec::with_capacity(tokens.len() + found.len());
    let mut offset = 0;
    for (index, token) in tokens.iter().enumerate() {
        let Some((_, text)) = texts.iter().find(|it| it.0 == index) else {
            made.push(preserving(token));
            continue;
        };
        let (from, to) = (offset, offset + text.len());
        offset = to;
        let mut at = from;
        for (start, end, tag) in found.iter().filter(|(start, end, _)| *start < to && *end > from) {
            let before = whole.get(at..(*start).max(at)).unwrap_or_default();
            if !before.is_empty() {
                made.push(Token::Raw(before.to_owned()));
            }
            if *start >= from {
                made.push(Token::Tag(tag.clone()));
            }
            at = (*end).min(to);
        }
        let rest = whole.get(at..to).unwrap_or_default();
        if !rest.is_empty() {
            made.push(Token::Raw(rest.to_owned()));
        }
    }
    Ok(made)
}

/// Spaces at the ends of a text stay: what was the middle of a text can be its end now.
fn preserving(token: &Token) -> Token {
    match token {
        Token::Open { name, raw } if name == "w:t" && !raw.contains("xml:space") => {
            Token::Open { name: name.clone(), raw: "<w:t xml:space=\"preserve\">".to_owned() }
        }
        other => other.clone(),
    }
}

/// Tags in a text: where they begin and end, and what they are. Entities stand as they are written: no tag holds one.
fn tags(text: &str) -> Result<Vec<(usize, usize, Tag)>, TemplateError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("{{")).map(|it| it + at) {
        let Some(length) = text.get(start..).and_then(|rest| rest.find("}}")) else { break };
        let end = start + length + 2;
        if let Some(tag) = Tag::read(text.get(start + 2..end - 2).unwrap_or_default().trim())? {
            found.push((start, end, tag));
        }
        at = end;
    }
    Ok(found)
}

/// A loop or a condition that begins in one cell of a row and ends in another one is about the row.
fn rows(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while let Some(open) = position(tokens, at, |it| is_open(it, "w:tr")) {
        let Some(close) = end_of(tokens, open) else { return };
        if let Some((first, last)) = across_cells(&tokens[open..=close]) {
            let (end, begin) = (tokens.remove(open + last), tokens.remove(open + first));
            // Two tokens are gone from inside of the row, and stand around it now.
            tokens.insert(close - 1, end);
            tokens.insert(open, begin);
        }
        at = open + 1;
        while tokens.get(at).is_some_and(|it| is_open(it, "w:tr")) {
            at += 1;
        }
    }
}

/// The first control tag of a row and the one that ends it, where they stand in different cells.
fn across_cells(row: &[Token]) -> Option<(usize, usize)> {
    let (mut cell, mut depth, mut begun) = (0, 0_usize, None);
    for (index, token) in row.iter().enumerate() {
        match token {
            it if is_open(it, "w:tc") => cell += 1,
            Token::Tag(Tag::If(_) | Tag::For { .. }) => {
                begun = begun.or(Some((index, cell)));
                depth += 1;
            }
            Token::Tag(Tag::EndIf | Tag::EndFor) => {
                depth = depth.saturating_sub(1);
                if let (0, Some((first, of))) = (depth, begun) {
                    return (of != cell).then_some((first, index));
                }
            }
            _ => {}
        }
    }
    None
}
