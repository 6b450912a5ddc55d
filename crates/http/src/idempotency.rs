//! `Idempotency-Key`: the same request twice is done once.

use crate::App;
use crate::caller::{NotLetIn, bearer};
use crate::client::Client;
use crate::problem::Problem;
use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use serde::Serialize;
use service::Error;
use service::accounts::{ApiKey, Begun, Reply, Taken};
use sha2::{Digest, Sha256};

const HEADER: &str = "idempotency-key";
const UPLOADS: &str = "/v1/uploads";
/// Answers of POST are JSON of this size at most.
const ANSWER_BYTES_MAX: usize = 4 << 20;

/// Answers a repeated POST with the first answer. Keys belong to an API key and are kept for a day.
pub(crate) async fn answer_once(State(app): State<App>, request: Request, next: Next) -> Response {
    // A key that cannot be read is refused below like an empty one: ignored, the request might be done twice.
    let key = request.headers().get(HEADER).map(|value| value.to_str().unwrap_or_default().to_owned());
    let post = request.method() == Method::POST;
    let (true, Some(key), Some(token)) = (post, key, bearer(request.headers())) else {
        return next.run(request).await;
    };
    if key.is_empty() || key.len() > 200 {
        return Problem::new(
            StatusCode::BAD_REQUEST,
            "idempotency_key_malformed",
            "An Idempotency-Key has 1 to 200 characters of ASCII; choose another one.",
        )
        .into_response();
    }
    // A caller who is not let in gets that answer from the route itself.
    let token = token.to_owned();
    let (mut parts, body) = request.into_parts();
    let Ok(client) = Client::from_request_parts(&mut parts, &app).await;
    let mut request = Request::from_parts(parts, body);
    let caller = match app.service.authenticate_key(&token, &client.address).await {
        Ok(caller) => caller,
        Err(why) => {
            request.extensions_mut().insert(NotLetIn(why));
            return next.run(request).await;
        }
    };
    match once(&app, &caller, &key, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn once(
    app: &App,
    caller: &ApiKey,
    key: &str,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let (request, digest) = digest(request).await?;
    let taken = match app.service.begin_idempotent(caller, key, &digest).await? {
        Begun::New(taken) => taken,
        Begun::Answered { status, body } => {
            if !is_same_upload(request, &body).await {
                return Err(reused());
            }
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            let mut response = (status, body).into_response();
            let headers = response.headers_mut();
            let kind = if status.is_success() { "application/json" } else { "application/problem+json" };
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
            return Ok(response);
        }
        Begun::Unfinished => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "idempotency_key_in_use",
                "The same request is being worked on; ask again in a moment.",
            ));
        }
        Begun::Other => return Err(reused()),
    };
    let mut request = request;
    request.extensions_mut().insert(taken.clone());
    let response = next.run(request).await;
    if response.status().is_server_error() {
        app.service.release_idempotent(&taken).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    // The work is done, and what makes something new has kept its answer with it: see `reply`. An answer that could
    // not be kept is still the answer.
    if let Err(error) = app.service.finish_idempotent(&taken, parts.status.as_u16(), &text).await {
        tracing::warn!(code = error.code(), "an answer could not be kept for its Idempotency-Key");
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

/// What a route that makes something gives to its use case, so that `201` and this body are kept with the work.
pub(crate) fn reply<T>(
    taken: Option<Extension<Taken>>,
    body: fn(&T) -> Result<String, Error>,
) -> Option<Reply<T>> {
    taken.map(|Extension(taken)| Reply { taken, status: StatusCode::CREATED.as_u16(), body })
}

/// A body as it goes over the wire.
pub(crate) fn text(body: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(body).map_err(Error::fault)
}

fn reused() -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "idempotency_key_reused",
        "This Idempotency-Key was used for another request; choose a new one.",
    )
}

/// Whether a repeated upload is the file that the kept answer speaks of; true for every other request, whose body
/// was compared already.
async fn is_same_upload(request: Request, answer: &str) -> bool {
    if request.uri().path() != UPLOADS {
        return true;
    }
    let mut hash = Sha256::new();
    let mut body = request.into_body().into_data_stream();
    while let Some(chunk) = body.next().await {
        let Ok(chunk) = chunk else { return false };
        hash.update(&chunk);
    }
    let answer: serde_json::Value = serde_json::from_str(answer).unwrap_or_default();
    answer["digest"].is_null() || answer["digest"] == hex(hash)
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What makes a request the same: method, address and body. An upload is not held in memory: it is compared with the
/// digest that the kept answer names.
async fn digest(request: Request) -> Result<(Request, String), Problem> {
    let mut hash = Sha256::new();
    hash.update(request.method().as_str());
    hash.update(request.uri().to_string());
    let request = if request.uri().path() == UPLOADS {
        request
    } else {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, crate::json::BODY_BYTES_MAX).await.map_err(|_| {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body is too large; send less.")
        })?;
        hash.update(&bytes);
        Request::from_parts(parts, Body::from(bytes))
    };
    Ok((request, hex(hash)))
}
