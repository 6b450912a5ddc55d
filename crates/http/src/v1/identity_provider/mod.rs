//! The identity provider at which the people who are invited can sign in.

mod get;
mod remove;
mod set;

use crate::App;
use crate::caller::Caller;
use service::{Class, Error, Mode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get::get, set::set, remove::remove))
}

/// Who says where people sign in, says who gets in: an admin at the desk. A key for tests does not, since the provider
/// is the same in earnest.
async fn may_change(app: &App, caller: &Caller) -> Result<(), Error> {
    match caller.mode {
        None => caller.admin(app).await.map(drop),
        Some(Mode::Live) => Ok(()),
        Some(Mode::Test) => Err(Error::Wrong {
            class: Class::Forbidden,
            code: "live_key_needed",
            sentence: "A test key cannot change the identity provider; use a live key or the command line."
                .into(),
        }),
    }
}
