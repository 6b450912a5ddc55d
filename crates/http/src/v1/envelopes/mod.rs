//! Envelopes.

mod cancel;
mod create;
mod edit_link;
mod events;
mod extend;
mod files;
mod filter;
mod get;
mod hand_over;
mod link;
mod list;
mod remind;
mod revise;
mod send;
mod shelve;
mod values;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) use files::TrailLanguage;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(get::get, revise::revise, shelve::delete))
        .routes(routes!(send::send))
        .routes(routes!(edit_link::create, edit_link::end))
        .routes(routes!(cancel::cancel))
        .routes(routes!(remind::remind))
        .routes(routes!(extend::extend))
        .routes(routes!(shelve::archive))
        .routes(routes!(shelve::trash))
        .routes(routes!(shelve::restore))
        .routes(routes!(hand_over::hand_over))
        .routes(routes!(link::link))
        .routes(routes!(events::events))
        .routes(routes!(files::document))
        .routes(routes!(files::page))
        .routes(routes!(files::audit_trail))
        .routes(routes!(files::evidence))
        .routes(routes!(files::attached))
        .routes(routes!(files::zip))
        .routes(routes!(values::of_list))
        .routes(routes!(values::of_one))
        .layer(axum::extract::DefaultBodyLimit::max(crate::json::BODY_BYTES_MAX))
}
