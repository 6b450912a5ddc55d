//! The identity provider at which the people who are invited can sign in.

mod get;
mod remove;
mod set;

use crate::App;
use crate::caller::Caller;
use service::{Error, Mode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get::get, set::set, remove::remove))
}

/// Who says where people sign in, says who gets in: a key for tests does not, since the provider is the same in earnest.
fn in_earnest(caller: &Caller) -> Result<(), Error> {
    match caller.mode {
        Some(Mode::Test) => Err(Error::Wrong {
            code: "live_key_needed",
            sentence: "A test key cannot change the identity provider; use a live key or the command line."
                .into(),
        }),
        _ => Ok(()),
    }
}
