//! A dictionary that keeps the order in which it was written.

use std::collections::HashMap;

use super::{Name, Object};

/// A dictionary (7.3.7): insertion ordered, each key once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dictionary {
    entries: Vec<(Name, Object)>,
}

/// Up to here a walk is quicker than a hash table.
const SMALL: usize = 32;

impl Dictionary {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// From pairs as they stand in a file. Where a key comes twice, the later value counts (as most readers do).
    #[must_use]
    pub(crate) fn from_pairs(pairs: Vec<(Name, Object)>) -> Self {
        if pairs.len() <= SMALL {
            let mut dictionary = Self { entries: Vec::with_capacity(pairs.len()) };
            for (name, value) in pairs {
                dictionary.put(name, value);
            }
            return dictionary;
        }
        let mut places: HashMap<Name, usize> = HashMap::with_capacity(pairs.len());
        let mut entries: Vec<(Name, Object)> = Vec::with_capacity(pairs.len());
        for (name, value) in pairs {
            match places.get(&name).and_then(|place| entries.get_mut(*place)) {
                Some(entry) => entry.1 = value,
                None => {
                    places.insert(name.clone(), entries.len());
                    entries.push((name, value));
                }
            }
        }
        Self { entries }
    }

    /// The value of a key, as it is written (a reference stays a reference).
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Object> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The value of a key, to be changed in place.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Object> {
        self.entries.iter_mut().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// Whether the key is there.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether the value of `key` is the name `value`.
    #[must_use]
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key).is_some_and(|object| object.is_name(value))
    }

    /// Sets a key: in its place where it was there, at the end otherwise.
    pub fn set(&mut self, key: &str, value: impl Into<Object>) {
        self.put(Name::from(key), value.into());
    }

    /// Sets a key whose bytes may be anything.
    pub fn put(&mut self, name: Name, value: Object) {
        match self.entries.iter_mut().find(|(known, _)| *known == name) {
            Some(entry) => entry.1 = value,
            None => self.entries.push((name, value)),
        }
    }

    /// The dictionary with one more key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Object>) -> Self {
        self.set(key, value);
        self
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Object> {
        let place = self.entries.iter().position(|(name, _)| name == key)?;
        Some(self.entries.remove(place).1)
    }

    /// Keys and values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Object)> {
        self.entries.iter().map(|(name, value)| (name, value))
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = (&Name, &mut Object)> {
        self.entries.iter_mut().map(|(name, value)| (&*name, value))
    }

    pub(crate) fn weight(&self) -> usize {
        self.entries
            .iter()
            .fold(1, |sum: usize, (_, value)| sum.saturating_add(value.weight()).saturating_add(1))
    }

    /// Number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_comes_twice_counts_once_and_the_later_value_wins() {
        for size in [2, SMALL + 2] {
            let mut pairs: Vec<_> =
                (0..size).map(|n| (Name(format!("K{n}").into_bytes()), Object::from(0))).collect();
            pairs.push((Name::from("K0"), Object::from(7)));
            let dictionary = Dictionary::from_pairs(pairs);
            assert_eq!(dictionary.len(), size);
            assert_eq!(dictionary.get("K0"), Some(&Object::Integer(7)));
        }
    }

    #[test]
    fn order_is_kept_when_a_value_is_replaced() {
        let dictionary = Dictionary::new().with("A", 1).with("B", 2).with("A", 3);
        let keys: Vec<_> = dictionary.iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(keys, [Name::from("A"), Name::from("B")]);
    }
}
