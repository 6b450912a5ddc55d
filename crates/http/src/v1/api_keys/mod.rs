//! Keys of programs. Admins look after them at the desk: a key can neither make nor end one.

mod create;
mod list;
mod revoke;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create::create, list::list)).routes(routes!(revoke::revoke))
}
