//! CMaps: which codes a string is made of, and what they stand for (9.7.5, 9.10.3).

use std::collections::BTreeMap;

use crate::syntax::{Lexer, Token};

/// Mappings in one map; the largest honest ones have 65,536.
const MAPPINGS_MAX: usize = 200_000;
/// Values between `begin...` and `end...`; the producers' limit is 100 lines of three.
const VALUES_MAX: usize = 200_000;

/// A range of codes of one length.
#[derive(Debug, Clone, Copy)]
struct Space {
    length: usize,
    low: u32,
    high: u32,
}

impl Space {
    /// Each byte of the code lies between its two ends.
    fn holds(self, code: u32) -> bool {
        code.to_be_bytes()
            .iter()
            .zip(self.low.to_be_bytes().iter().zip(self.high.to_be_bytes()))
            .skip(4_usize.saturating_sub(self.length))
            .all(|(byte, (low, high))| (*low..=high).contains(byte))
    }
}

/// A map as it is read; empty of everything it does not say.
#[derive(Debug, Default)]
pub(super) struct CMap {
    spaces: Vec<Space>,
    /// By first code: last code and first CID.
    cids: BTreeMap<u32, (u32, u32)>,
    /// By first code: last code and UTF-16 of the first; the last unit counts on.
    texts: BTreeMap<u32, (u32, Vec<u16>)>,
    pub(super) vertical: bool,
    /// The map that this one continues.
    pub(super) uses: Option<Vec<u8>>,
}

enum Value {
    Code(Vec<u8>),
    Number(i64),
    Name(Vec<u8>),
    Open,
    Close,
}

impl CMap {
    /// Reads a map. What is not understood is passed over.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes);
        let mut values: Vec<Value> = Vec::new();
        loop {
            let value = match lexer.token() {
                Token::End => return map,
                Token::String(bytes) => Value::Code(bytes),
                Token::Integer(value) => Value::Number(value),
                Token::Name(name) => Value::Name(name),
                Token::ArrayOpen => Value::Open,
                Token::ArrayClose => Value::Close,
                Token::Keyword(word) => {
                    map.word(word, &values);
                    values.clear();
                    continue;
                }
                _ => continue,
            };
            if values.len() < VALUES_MAX {
                values.push(value);
            }
        }
    }

    fn word(&mut self, word: &[u8], values: &[Value]) {
        match word {
            b"endcodespacerange" => self.add_spaces(values),
            b"endcidrange" => {
                for line in values.chunks_exact(3) {
                    if let [Value::Code(low), Value::Code(high), Value::Number(cid)] = line {
                        self.add_cids(number(low), number(high), *cid);
                    }
                }
            }
            b"endcidchar" => {
                for line in values.chunks_exact(2) {
                    if let [Value::Code(code), Value::Number(cid)] = line {
                        self.add_cids(number(code), number(code), *cid);
                    }
                }
            }
            b"endbfchar" => {
                for line in values.chunks_exact(2) {
                    if let [Value::Code(code), Value::Code(text)] = line {
                        self.add_text(number(code), number(code), units(text));
                    }
                }
            }
            b"endbfrange" => self.add_ranges(values),
            b"usecmap" => {
                if let [.., Value::Name(name)] = values {
                    self.uses = Some(name.clone());
                }
            }
            b"def" => {
                if let [.., Value::Name(name), Value::Number(mode)] = values
                    && name == b"WMode"
                {
                    self.vertical = *mode == 1;
                }
            }
            _ => {}
        }
    }

    fn add_spaces(&mut self, values: &[Value]) {
        for line in values.chunks_exact(2) {
            if let [Value::Code(low), Value::Code(high)] = line
                && (1..=4).contains(&low.len())
                && low.len() == high.len()
                && self.spaces.len() < 256
            {
                self.spaces.push(Space { length: low.len(), low: number(low), high: number(high) });
            }
        }
    }

    fn add_cids(&mut self, low: u32, high: u32, cid: i64) {
        if let Ok(cid) = u32::try_from(cid)
            && low <= high
            && self.cids.len() < MAPPINGS_MAX
        {
            self.cids.insert(low, (high, cid));
        }
    }

    fn add_text(&mut self, low: u32, high: u32, text: Vec<u16>) {
        if low <= high && text.len() <= 64 && self.texts.len() < MAPPINGS_MAX {
            self.texts.insert(low, (high, text));
        }
    }

    fn add_ranges(&mut self, values: &[Value]) {
        let mut rest = values;
        while let [Value::Code(low), Value::Code(high), after @ ..] = rest {
            let (low, high) = (number(low), number(high));
            rest = match after {
                [Value::Code(text), after @ ..] => {
                    self.add_text(low, high, units(text));
                    after
                }
                [Value::Open, after @ ..] => {
                    let mut code = low;
                    let mut left = after;
                    while let [Value::Code(text), after @ ..] = left {
                        self.add_text(code, code, units(text));
                        code = code.saturating_add(1);
                        left = after;
                    }
                    left.get(1..).unwrap_or_default()
                }
                _ => return,
            };
        }
    }

    /// The first code of a string, and of how many bytes it is made.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        let first = *bytes.first()?;
        let mut code = 0;
        for (length, byte) in (1..=4).zip(bytes) {
            code = (code << 8) | u32::from(*byte);
            if self.spaces.iter().any(|space| space.length == length && space.holds(code)) {
                return Some((code, length));
            }
        }
        // 9.7.6.3: a code outside of every range is as long as the shortest one.
        let length = self.spaces.iter().map(|space| space.length).min().unwrap_or(1).min(bytes.len());
        let code = bytes.iter().take(length).fold(0, |code, byte| (code << 8) | u32::from(*byte));
        Some(if self.spaces.is_empty() { (u32::from(first), 1) } else { (code, length) })
    }

    pub(super) fn has_spaces(&self) -> bool {
        !self.spaces.is_empty()
    }

    pub(super) fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    pub(super) fn cid(&self, code: u32) -> Option<u32> {
        let (low, (high, cid)) = self.cids.range(..=code).next_back()?;
        (code <= *high).then(|| cid.saturating_add(code.saturating_sub(*low)))
    }

    /// The text of a code; empty text is none.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let (low, (high, units)) = self.texts.range(..=code).next_back()?;
        if code > *high {
            return None;
        }
        let (last, before) = units.split_last()?;
        let on = u16::try_from(code.saturating_sub(*low)).ok()?;
        let units = before.iter().copied().chain([last.wrapping_add(on)]);
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect();
        // Some producers map what they cannot name to 0.
        Some(text).filter(|text| text.chars().any(|letter| letter != '\0' && letter != '\u{fffd}'))
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| (code << 8) | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [single] => vec![u16::from(*single)],
        _ => bytes
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |unit, byte| (unit << 8) | u16::from(*byte)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_for_texts_one_by_one_and_in_ranges() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <ffff> endcodespacerange\n\
              2 beginbfchar <0001> <00660069> <0002> <D83DDE00> endbfchar\n\
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0058> <0059>] endbfrange",
        );
        for (code, text) in [(1, "fi"), (2, "😀"), (0x10, "A"), (0x12, "C"), (0x20, "X"), (0x21, "Y")] {
            assert_eq!(map.text(code).as_deref(), Some(text), "{code}");
        }
        assert_eq!(map.text(0x13), None);
        assert_eq!(map.text(0), None);
        assert_eq!(map.next_code(b"\x00\x10\x00"), Some((0x10, 2)));
    }

    #[test]
    fn codes_of_several_lengths_are_told_apart_by_their_ranges() {
        let map = CMap::parse(
            b"2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange\n\
              1 begincidrange <20> <7e> 1 endcidrange 1 begincidchar <8140> 633 endcidchar /WMode 1 def",
        );
        assert_eq!(map.next_code(b"A\x81\x40"), Some((0x41, 1)));
        assert_eq!(map.next_code(b"\x81\x40"), Some((0x8140, 2)));
        assert_eq!(map.next_code(b"\xff\x40"), Some((0xff, 1)));
        assert_eq!((map.cid(0x41), map.cid(0x8140), map.cid(0x90)), (Some(34), Some(633), None));
        assert!(map.vertical);
    }
}
