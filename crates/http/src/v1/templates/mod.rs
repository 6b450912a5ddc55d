//! Templates.

mod archive;
mod blank;
mod create;
mod delete;
mod form_fields;
mod get;
mod links;
mod list;
mod revise;
mod use_template;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get, revise::revise, delete::delete))
        .routes(routes!(archive::archive))
        .routes(routes!(archive::restore))
        .routes(routes!(blank::blank))
        .routes(routes!(form_fields::form_fields))
        .routes(routes!(links::create, links::list))
        .routes(routes!(links::end))
        .routes(routes!(use_template::use_template))
        .layer(axum::extract::DefaultBodyLimit::max(crate::json::BODY_BYTES_MAX))
}
