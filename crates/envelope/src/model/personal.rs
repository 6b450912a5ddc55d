//! A value that speaks of a person.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

/// A personal value. In an event it is written as `{"$personal": value}`, which the evidence replaces by a
/// salted commitment; once the value has been erased there, it reads as [`Personal::Erased`] for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Personal<T = String> {
    /// The value, as the person or the sender gave it.
    Known(T),
    /// The value has been erased; its commitment stays in the chain.
    Erased,
}

impl<T> Personal<T> {
    /// The value, where it has not been erased.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Erased => None,
        }
    }
}

impl Personal {
    /// The text, or nothing where it has been erased.
    pub fn text(&self) -> &str {
        self.known().map_or("", String::as_str)
    }
}

impl<T: Default> Default for Personal<T> {
    fn default() -> Self {
        Self::Known(T::default())
    }
}

impl From<&str> for Personal {
    fn from(text: &str) -> Self {
        Self::Known(text.to_owned())
    }
}

impl From<String> for Personal {
    fn from(text: String) -> Self {
        Self::Known(text)
    }
}

impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => serializer.collect_map([("$personal", value)]),
            Self::Erased => serializer.collect_map([("$erased", "")]),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = serde_json::Map::<String, Value>::deserialize(deserializer)?;
        if let Some(value) = map.remove("$personal") {
            return serde_json::from_value(value).map(Self::Known).map_err(de::Error::custom);
        }
        map.contains_key("$erased")
            .then_some(Self::Erased)
            .ok_or_else(|| de::Error::custom("a personal value is {\"$personal\": …} or {\"$erased\": …}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_value_is_marked_in_json_and_an_erased_one_stays_erased() {
        let known: Personal = "Ada".into();
        let json = serde_json::to_string(&known).unwrap();
        assert_eq!(json, r#"{"$personal":"Ada"}"#);
        assert_eq!(serde_json::from_str::<Personal>(&json).unwrap(), known);
        assert_eq!(known.text(), "Ada");

        let erased: Personal = serde_json::from_str(r#"{"$erased":"00ff"}"#).unwrap();
        assert_eq!(erased, Personal::Erased);
        assert_eq!((erased.text(), erased.known()), ("", None));
        assert_eq!(serde_json::to_string(&erased).unwrap(), r#"{"$erased":""}"#);
        assert!(serde_json::from_str::<Personal>(r#"{"other":"Ada"}"#).is_err());
    }
}
