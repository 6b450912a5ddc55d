//! The description of the native API, for programs and for people.

use crate::App;
use crate::problem::Problem;
use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::sync::OnceLock;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Info, OpenApi};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/v1/openapi.json", get(json)).route("/docs", get(page))
}

/// OpenAPI 3.1 of the native API, as it is committed in `api/`.
pub fn openapi() -> OpenApi {
    let (_, mut api) = crate::v1::routes().merge(crate::hooks::routes()).split_for_parts();
    let mut info = Info::new("Countersign", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Send documents to be signed. Upload a PDF, make an envelope of documents, recipients and fields, \
         send it; read its events, fetch what comes out. Errors are problem details (RFC 9457). Every POST \
         takes an Idempotency-Key."
            .to_owned(),
    );
    api.info = info;
    let mut components = api.components.take().unwrap_or_default();
    components.add_security_scheme("key", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    api.components = Some(components);
    api.security = Some(vec![SecurityRequirement::new("key", Vec::<String>::new())]);
    api
}

fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| openapi().to_pretty_json().unwrap_or_default())
}

async fn json() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text()).into_response()
}

const PAGE: &str = include_str!("api_docs.html");

async fn page() -> Result<Html<String>, Problem> {
    let api: serde_json::Value = serde_json::from_str(text()).unwrap_or_default();
    let mut templates = minijinja::Environment::new();
    templates.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    templates
        .render_str(PAGE, minijinja::context! { api => minijinja::value::Serde(&api) })
        .map(Html)
        .map_err(|error| Problem::from(service::Error::fault(error)))
}
