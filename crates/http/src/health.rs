//! What operators and load balancers look at.

use crate::App;
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// Ready when the database answers; migrations were made before the server listened.
async fn ready(State(app): State<App>) -> Response {
    match app.service.store().ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(fault) => {
            tracing::warn!(%fault, "not ready");
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "not_ready",
                "The database does not answer; try again.",
            )
            .into_response()
        }
    }
}

async fn metrics(State(app): State<App>) -> Response {
    let text = app.metrics.text(app.service.store().durable_commits());
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(axum::http::header::CONTENT_TYPE, kind)], text).into_response()
}
