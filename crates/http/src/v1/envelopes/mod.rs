//! Envelopes.

mod cancel;
mod create;
mod events;
mod files;
mod get;
mod link;
mod list;
mod revise;
mod send;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get, revise::revise))
        .routes(routes!(send::send))
        .routes(routes!(cancel::cancel))
        .routes(routes!(link::link))
        .routes(routes!(events::events))
        .routes(routes!(files::document))
        .routes(routes!(files::audit_trail))
        .routes(routes!(files::evidence))
        .layer(axum::extract::DefaultBodyLimit::max(crate::json::BODY_BYTES_MAX))
}
