//! Pictures of pages on their way out.

use crate::json::Query;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use service::Error;
use service::pictures::{Picture, Width};
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PictureQuery {
    /// Width in pixels: 160, 800 (where it is left out) or 1600. A very long page comes narrower.
    width: Option<u32>,
}

/// What is asked for: a width, and whether the asker has the picture already.
pub(crate) struct Wish {
    pub(crate) width: Width,
    known: Option<HeaderValue>,
}

impl<S: Send + Sync> FromRequestParts<S> for Wish {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(query) = Query::<PictureQuery>::from_request_parts(parts, state).await?;
        let width = Width::from_pixels(query.width.unwrap_or(Width::Screen.pixels())).ok_or_else(|| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "width_unknown",
                "A picture is 160, 800 or 1600 pixels wide; ask for one of these.",
            )
        })?;
        Ok(Self { width, known: parts.headers.get(header::IF_NONE_MATCH).cloned() })
    }
}

/// The number in a name such as `12.png`.
pub(crate) fn number(name: &str) -> Result<u32, Problem> {
    let number = name.strip_suffix(".png").and_then(|it| it.parse().ok()).filter(|it| *it > 0);
    number.ok_or_else(|| Error::NotFound { what: "page" }.into())
}

/// How long a browser may keep a picture.
#[derive(Clone, Copy)]
pub(crate) enum Keep {
    /// For a day, without asking: another picture has another address.
    ForADay,
    /// As long as it asks each time whether it still stands.
    WhileItStands,
    /// Not at all: who looks at a document by a link leaves nothing of it on the device.
    Never,
}

/// A picture as an answer.
pub(crate) fn answer(picture: Picture, wish: &Wish, keep: Keep) -> Response {
    let tag = HeaderValue::from_str(&format!("\"{}\"", picture.tag)).ok();
    let mut response = if tag.is_some() && tag == wish.known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Body::from(picture.png).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
        response
    };
    let life = match keep {
        Keep::ForADay => "private, max-age=86400, immutable",
        Keep::WhileItStands => "private, no-cache",
        Keep::Never => "no-store",
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(life));
    if let Some(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_page_is_a_number_from_one_with_its_ending() {
        assert_eq!(number("12.png").ok(), Some(12));
        for name in ["0.png", "12", "x.png", ".png", "-1.png", "99999999999.png", "1.png.png"] {
            assert_eq!(number(name).unwrap_err().status, 404, "{name}");
        }
    }
}
