//! The doors: the native API under `/v1`, the pages, the certificates under `/pki`, and what operators look at.
//!
//! What this crate never does: hold a rule. A route reads what was sent, calls one use case of `service`,
//! and writes down what came back; refusals are mapped to the wire in `problem.rs` alone.
//!
//! Read first: [`router`] (all routes), `v1/wire/` (what goes over the wire), `problem.rs` (errors).
//!
//! To add a route: one file under `v1/`, one line in the list of its folder's `mod.rs`; then
//! `cargo run -p countersign -- openapi > api/native.json`.

mod address;
mod api_docs;
mod caller;
mod client;
mod dev_outbox;
mod download;
mod drafter;
mod health;
mod hooks;
mod idempotency;
mod json;
mod limits;
mod metrics;
mod pages;
mod picture;
mod pki_files;
mod problem;
mod v1;

pub use api_docs::openapi;
pub use client::{TrustedProxies, TrustedProxyError};

use axum::Router;
use axum::middleware;
use service::Service;
use std::sync::Arc;

/// What every route works with.
#[derive(Clone)]
pub struct App {
    pub(crate) service: Service,
    pub(crate) proxies: Arc<TrustedProxies>,
    pub(crate) metrics: Arc<metrics::Metrics>,
}

impl App {
    /// Around a service; forwarded addresses are believed from these proxies alone.
    pub fn new(service: Service, proxies: TrustedProxies) -> Self {
        Self { service, proxies: Arc::new(proxies), metrics: Arc::new(metrics::Metrics::new()) }
    }
}

/// All routes of the server.
pub fn router(app: App) -> Router {
    let (api, _) = v1::routes().split_for_parts();
    let (hooks, _) = hooks::routes().split_for_parts();
    let api = api.layer(middleware::from_fn_with_state(app.clone(), idempotency::answer_once));
    let mut router = Router::new()
        .merge(api)
        .merge(hooks)
        .merge(api_docs::routes())
        .merge(pki_files::routes())
        .merge(health::routes());
    if app.service.settings().dev {
        router = router.merge(dev_outbox::routes());
    }
    router
        .merge(pages::routes())
        .fallback(pages::not_found)
        .layer(middleware::from_fn(address::in_problem_details))
        .layer(middleware::from_fn(limits::to_the_end))
        .layer(middleware::from_fn_with_state(app.clone(), metrics::count))
        .layer(middleware::from_fn(limits::security_headers))
        .with_state(app)
}
