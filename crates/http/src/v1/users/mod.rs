//! The people of an account.

mod change;
mod invite;
mod list;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(invite::invite, list::list)).routes(routes!(change::change))
}
