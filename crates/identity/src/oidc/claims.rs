//! What stands in an ID token, as far as it is read.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// OpenID Connect Core 1.0, 2 and 5.1. Times are seconds from 1970.
#[derive(Deserialize)]
pub(super) struct Claims {
    pub iss: String,
    pub sub: String,
    #[serde(deserialize_with = "one_or_many")]
    pub aud: Vec<String>,
    pub azp: Option<String>,
    /// RFC 7519 2: a number, whole or not.
    pub exp: f64,
    pub iat: Option<f64>,
    pub nbf: Option<f64>,
    pub auth_time: Option<f64>,
    pub nonce: Option<String>,
    pub email: Option<String>,
    #[serde(default, deserialize_with = "true_in_any_form")]
    pub email_verified: bool,
    pub name: Option<String>,
    /// 3.1.3.6: half the digest of the access token that came along.
    pub at_hash: Option<String>,
    /// All others.
    #[serde(flatten)]
    pub others: BTreeMap<String, Value>,
}

/// OpenID Connect Core 1.0, 5.3.2.
#[derive(Deserialize)]
pub(super) struct UserInfo {
    pub sub: String,
    pub email: Option<String>,
    #[serde(default, deserialize_with = "true_in_any_form")]
    pub email_verified: bool,
    pub name: Option<String>,
    #[serde(flatten)]
    pub others: BTreeMap<String, Value>,
}

/// RFC 7519 4.1.3: one audience may stand without its list.
fn one_or_many<'de, D: Deserializer<'de>>(reader: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(reader)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}

/// Some providers write the word in place of the value. What is neither is taken for no.
fn true_in_any_form<'de, D: Deserializer<'de>>(reader: D) -> Result<bool, D::Error> {
    let value = Value::deserialize(reader)?;
    Ok(value == true || value == "true")
}
