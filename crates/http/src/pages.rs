//! The pages: built in `web/`, embedded here.

use crate::App;
use crate::client::Client;
use crate::problem::Problem;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};
use service::ceremony::Visitor;
use service::edit_links::Whence;
use service::identity_provider::CALLBACK;

#[derive(RustEmbed)]
#[folder = "../../web/dist/"]
#[allow_missing = true]
struct Built;

const NOT_BUILT: &str = "<!doctype html><html lang=en><title>Countersign</title><body style='font:1rem/1.5 system-ui;\
    margin:4rem auto;max-width:40rem;padding:0 1rem'><h1>The pages are not built</h1><p>This server was compiled \
    without its web pages. Run <code>make build</code> in the source folder, then start it again. The API under \
    <code>/v1</code> works as it is.</p></body></html>";

pub(crate) fn routes() -> Router<App> {
    let desk = || get(|| async { page("desk.html", &[]) });
    Router::new()
        .route("/", desk())
        .route("/bulk", desk())
        .route("/bulk/{bulk}", desk())
        .route("/contacts", desk())
        .route("/new", desk())
        .route("/sign-in", desk())
        .route("/sign-in/{token}", desk())
        .route("/sign-myself", desk())
        .route("/envelopes/{envelope}", desk())
        .route("/envelopes/{envelope}/edit", desk())
        .route("/settings", desk())
        .route("/templates", desk())
        .route("/templates/{template}", desk())
        .route("/settings/{*page}", desk())
        .route("/s/{token}", get(signer))
        .route("/e/{token}", get(editor))
        // Following a public link shows its page and does nothing else.
        .route("/f/{token}", get(|| async { page("form.html", &[]) }))
        // Who comes back from signing in elsewhere; the page knows what it was opened for, and nothing happens here.
        .route(CALLBACK, get(|| async { page("sign.html", &[]) }))
        .route("/assets/{*path}", get(asset))
        .route("/pdfjs/{*path}", get(asset))
        .route("/favicon.svg", get(asset))
}

/// A signer's page. Following the link shows the page and does nothing else. It may stand in a frame where
/// the envelope names the origin.
async fn signer(State(app): State<App>, client: Client, Path(token): Path<String>) -> Response {
    let visitor = Visitor { address: client.address, ..Visitor::default() };
    let visit = app.service.visit(&token, visitor).await;
    let origins = match visit {
        Ok(visit) => match app.service.ceremony(&visit).await {
            Ok(view) => view.envelope.draft.frame_origins,
            Err(error) => return Problem::from(error).into_response(),
        },
        // The page itself says kindly that the link is unknown.
        Err(_) => Vec::new(),
    };
    page("sign.html", &origins)
}

/// The page of an address for editing, in frames of the sites that were named for it alone.
async fn editor(State(app): State<App>, client: Client, Path(token): Path<String>) -> Response {
    let whence = Whence { address: client.address, user_agent: client.user_agent };
    // The page itself says kindly that the address is unknown.
    let opened = app.service.opened_edit_link(&token, &whence).await;
    page("edit.html", &opened.map(|it| it.frame_origins).unwrap_or_default())
}

fn page(name: &str, frame_origins: &[String]) -> Response {
    let ancestors = if frame_origins.is_empty() { "'none'".to_owned() } else { frame_origins.join(" ") };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; worker-src 'self' blob:; font-src 'self' data:; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
    );
    let mut response = match Built::get(name) {
        Some(file) => Html(file.data).into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response(),
    };
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    // Beside what is text lies the same in fewer bytes.
    let packed = Some(format!("{path}.gz")).filter(|_| takes_gzip(&headers)).and_then(|it| Built::get(&it));
    let is_packed = packed.is_some();
    let Some(EmbeddedFile { data, .. }) = packed.or_else(|| Built::get(path)) else {
        return not_found().await;
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = data.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    // Names under /assets carry a hash of their content.
    let life = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(life));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// Whether a browser says that it unpacks gzip; one that gives it no weight does not want it.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let said = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    said.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        named && !parts.any(|weight| weight.strip_prefix("q=").is_some_and(|it| it.parse() == Ok(0.0)))
    })
}

/// Nothing is served here.
pub(crate) async fn not_found() -> Response {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address; check it.")
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_takes_gzip_gets_it() {
        for (said, takes) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("identity", false),
            ("gzip;q=0", false),
            ("gzip;q=0.000, br", false),
            ("x-gzip-not", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(said))]);
            assert_eq!(takes_gzip(&headers), takes, "{said}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
