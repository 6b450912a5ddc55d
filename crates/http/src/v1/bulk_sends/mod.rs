//! Bulk sending.

mod ask;
mod create;
mod get;
mod list;
mod results;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get))
        .routes(routes!(ask::start))
        .routes(routes!(ask::pause))
        .routes(routes!(ask::resume))
        .routes(routes!(ask::cancel))
        .routes(routes!(results::results))
        .layer(axum::extract::DefaultBodyLimit::max(crate::json::BODY_BYTES_MAX))
}
