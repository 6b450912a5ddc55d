//! `POST /hooks/mail/{source}`

use super::{HookAnswer, body, texts};
use crate::App;
use crate::json::Path;
use crate::problem::Problem;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use service::deliver::bounce::{BounceSource, REPORT_BYTES_MAX};
use service::deliver::channel::Callback;
use service::reports::Reported;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(bounced)).layer(DefaultBodyLimit::max(REPORT_BYTES_MAX))
}

/// Report mails that came back.
///
/// `dsn`: a delivery status notification (RFC 3464) as it arrived, with the configured secret as bearer token or as
/// password. `postmark`, `mailgun`, `sendgrid`: the provider's own webhook. Sent twice, it is recorded once.
#[utoipa::path(
    post, path = "/hooks/mail/{source}", tag = "hooks",
    params(("source" = String, Path, description = "`dsn`, `postmark`, `mailgun` or `sendgrid`")),
    request_body(content = Vec<u8>, content_type = "message/rfc822"),
    responses((status = 200, body = HookAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 413, body = Problem)),
    security(())
)]
async fn bounced(
    State(app): State<App>,
    Path(source): Path<String>,
    request: Request,
) -> Result<Json<HookAnswer>, Problem> {
    let source = BounceSource::of_word(&source).ok_or_else(|| {
        let detail = "Reports of mails are taken from dsn, postmark, mailgun and sendgrid; use one of these.";
        Problem::new(StatusCode::NOT_FOUND, "not_found", detail)
    })?;
    let headers = texts(request.headers());
    // Nobody who shows no secret has ten megabytes read.
    app.service.admits_bounces(source, &headers)?;
    let body = body(request).await?;
    let callback = Callback { url: "", headers: &headers, body: &body };
    let taken = app.service.take_bounces(source, &callback).await?;
    Ok(Json(HookAnswer { results: taken.into_iter().map(Reported::word).collect() }))
}
