//! `POST /v1/templates`

use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::template::{TemplateAnswer, TemplateRequest, wrong};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use service::accounts::Taken;

/// Make a template, of a draft or of an envelope that is there.
///
/// A recipient with a `placeholder` is a role, which gets its person each time the template is used. Answers and PINs
/// are not kept: they are given with the person. A test key makes templates of tests.
#[utoipa::path(
    post, path = "/v1/templates", tag = "templates", request_body = TemplateRequest,
    responses((status = 201, body = TemplateAnswer), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    Json(mut request): Json<TemplateRequest>,
) -> Result<(StatusCode, axum::Json<TemplateAnswer>), Problem> {
    let source = request.source(&caller.frame_origins)?.ok_or_else(|| {
        wrong("template_without_source", "Say what the template holds: give `draft`, or `envelope`.")
    })?;
    let reply = reply(taken, |view| idempotency::text(&TemplateAnswer::from(view)));
    let name = request.name.unwrap_or_default();
    let test = request.test.unwrap_or(false);
    let view = app.service.create_template(&caller.asker(), test, &name, source, reply).await?;
    Ok((StatusCode::CREATED, axum::Json(TemplateAnswer::from(&view))))
}
