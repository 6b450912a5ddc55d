//! `/hooks/telephone/{provider}`

use super::{HookAnswer, body, texts};
use crate::App;
use crate::json::Path;
use crate::problem::Problem;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A receipt is a form or a JSON object of some hundreds of bytes.
const RECEIPT_BYTES_MAX: usize = 64 << 10;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(posted, got)).layer(DefaultBodyLimit::max(RECEIPT_BYTES_MAX))
}

/// Report what became of a short message or a call.
///
/// The provider's own receipt (Twilio's status callback, Vonage's delivery receipt, that of a described service), signed
/// as it signs.
#[utoipa::path(
    post, path = "/hooks/telephone/{provider}", tag = "hooks",
    params(("provider" = String, Path, description = "`twilio`, `vonage` or `http`: the one that is configured")),
    request_body(content = Vec<u8>, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = HookAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 413, body = Problem)),
    security(())
)]
async fn posted(
    State(app): State<App>,
    Path(provider): Path<String>,
    request: Request,
) -> Result<Json<HookAnswer>, Problem> {
    let uri = request.uri();
    let path = uri.path_and_query().map_or_else(|| uri.path(), |it| it.as_str()).to_owned();
    let headers = texts(request.headers());
    let body = body(request).await?;
    let taken = app.service.take_receipt(&provider, &path, &headers, &body).await?;
    Ok(Json(HookAnswer { results: vec![taken.word()] }))
}

/// The same, for accounts of Vonage that send receipts as a query.
#[utoipa::path(
    get, path = "/hooks/telephone/{provider}", tag = "hooks",
    params(("provider" = String, Path, description = "`vonage` or `http`: the one that is configured")),
    responses((status = 200, body = HookAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 404, body = Problem)),
    security(())
)]
async fn got(
    state: State<App>,
    provider: Path<String>,
    request: Request,
) -> Result<Json<HookAnswer>, Problem> {
    posted(state, provider, request).await
}
