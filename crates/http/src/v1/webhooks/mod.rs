//! Webhooks: subscriptions, their secrets and their log.

mod change;
mod create;
mod delete;
mod deliveries;
mod get;
mod list;
mod replay;
mod rotate;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get, change::change, delete::delete))
        .routes(routes!(rotate::rotate))
        .routes(routes!(deliveries::deliveries))
        .routes(routes!(replay::replay))
}
