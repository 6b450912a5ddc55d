//! What strangers send: what cannot be read gets a problem that says where.

use crate::problem::{Place, Problem};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

/// A body of so many bytes at most: an image of 5 MB in base64, and room.
pub(crate) const BODY_BYTES_MAX: usize = 16 << 20;

/// A JSON body.
pub(crate) struct Json<T>(pub(crate) T);

/// Parts of the address.
pub(crate) struct Path<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Path::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(value)| Self(value)).map_err(|_| {
            let detail = "There is nothing at this address; check the numbers in it.";
            Problem::new(StatusCode::NOT_FOUND, "not_found", detail)
        })
    }
}

/// What stands behind the question mark.
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Query::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(value)| Self(value)).map_err(|rejection| {
            let detail = format!("{}. Correct it and ask again.", rejection.body_text());
            Problem::new(StatusCode::BAD_REQUEST, "query_malformed", detail)
        })
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| {
            Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_too_large",
                "The body is too large or was cut off; send less, or upload files at /v1/uploads.",
            )
        })?;
        let bytes = if bytes.is_empty() { Bytes::from_static(b"{}") } else { bytes };
        if holds_nul(&bytes) {
            return Err(malformed("it holds the character U+0000"));
        }
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            // The parser's message names the place and the expected shape; it is shown to whoever sent it only.
            let mut problem = malformed(&error.inner().to_string());
            if error.inner().is_data() {
                let (pointer, detail) = (pointer(error.path()), problem.detail.clone());
                problem.errors.push(Place { pointer, detail, code: "json_malformed".to_owned() });
            }
            problem
        })?;
        reader.end().map_err(|error| malformed(&error.to_string()))?;
        Ok(Self(read))
    }
}

/// Where in a body something is not what it has to be, as a JSON pointer (RFC 6901 3).
fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn malformed(why: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "json_malformed",
        format!("The body cannot be read: {why}. Correct it and send it again."),
    )
}

/// Whether a string in it holds U+0000, which JSON writes as an escape alone. Nobody means it, and PostgreSQL keeps
/// it in no text, so that an id or a name with it would be a failure there and none on SQLite.
fn holds_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        // What follows is one escape, of which the backslash may itself be the second half.
        rest = rest.get(at + 1..).unwrap_or_default();
        if rest.starts_with(b"u0000") {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn u_0000_is_found_wherever_an_escape_says_it_and_nowhere_else() {
        for json in
            [r#""\u0000""#, r#"{"a": "b\u0000c"}"#, r#"{"\u0000": 1}"#, r#""\\\u0000""#, r#""\n\u0000"#]
        {
            assert!(holds_nul(json.as_bytes()), "{json}");
        }
        for json in ["", "{}", r#""u0000""#, r#""\\u0000""#, r#""\u0001""#, r#""\u000""#, r#""\"#, r#""\\"#] {
            assert!(!holds_nul(json.as_bytes()), "{json}");
        }
    }

    #[test]
    fn what_is_found_is_what_the_parser_would_have_read_as_u_0000() {
        for json in [
            r#""\u0000""#,
            r#""\\u0000""#,
            r#""\\\u0000""#,
            r#""\\\\u0000""#,
            r#""\"\u0000\"""#,
            r#""\"u0000\"""#,
        ] {
            let read: String = serde_json::from_str(json).unwrap();
            assert_eq!(holds_nul(json.as_bytes()), read.contains('\0'), "{json}");
        }
    }
}
