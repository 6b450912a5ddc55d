//! What a tenant sets for itself.

mod consent;
mod defaults;
mod mails;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(consent::read, consent::change, consent::reset))
        .routes(routes!(defaults::read, defaults::change))
        .routes(routes!(mails::list))
        .routes(routes!(mails::read, mails::change, mails::reset))
        .routes(routes!(mails::preview))
}
