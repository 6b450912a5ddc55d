//! What a sender does about one recipient after sending.

mod authentication;
mod correct;
mod delegation;
mod remind;
mod remove;
mod replace;
mod resend;
mod unlock;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(authentication::authentication))
        .routes(routes!(replace::replace))
        .routes(routes!(correct::correct))
        .routes(routes!(remove::remove))
        .routes(routes!(remind::remind))
        .routes(routes!(resend::resend))
        .routes(routes!(unlock::unlock))
        .routes(routes!(delegation::delegation))
        .layer(axum::extract::DefaultBodyLimit::max(crate::json::BODY_BYTES_MAX))
}
