//! The address book.

mod change;
mod create;
mod delete;
mod get;
mod list;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create::create, list::list)).routes(routes!(
        get::get,
        change::change,
        delete::delete
    ))
}
