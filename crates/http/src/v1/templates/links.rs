//! `/v1/templates/{template}/links`

use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::template_link::{TemplateLinkAnswer, TemplateLinkList, TemplateLinkRequest};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use service::accounts::Taken;

/// Make a public link.
///
/// Whoever opens it gives name and e-mail address and starts an envelope of this version of the template, in which they
/// take one role; the others are taken by the same people each time. The address is proved by a code before anything of
/// the documents is shown.
#[utoipa::path(
    post, path = "/v1/templates/{template}/links", tag = "templates", request_body = TemplateLinkRequest,
    params(("template" = String, Path, description = "Id of the template")),
    responses((status = 201, body = TemplateLinkAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    Path(template): Path<String>,
    Json(request): Json<TemplateLinkRequest>,
) -> Result<(StatusCode, axum::Json<TemplateLinkAnswer>), Problem> {
    let sender = caller.sender(&app).await?;
    let reply = reply(taken, |view| idempotency::text(&TemplateLinkAnswer::from(view)));
    let new = request.into_new()?;
    let view = app.service.create_template_link(&caller.asker(), sender, &template, new, reply).await?;
    Ok((StatusCode::CREATED, axum::Json(TemplateLinkAnswer::from(&view))))
}

/// List the public links of a template, newest first.
#[utoipa::path(
    get, path = "/v1/templates/{template}/links", tag = "templates",
    params(("template" = String, Path, description = "Id of the template")),
    responses((status = 200, body = TemplateLinkList), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
) -> Result<axum::Json<TemplateLinkList>, Problem> {
    let all = app.service.template_links(&caller.asker(), &template).await?;
    Ok(axum::Json(TemplateLinkList { items: all.iter().map(TemplateLinkAnswer::from).collect() }))
}

/// Turn a public link off. What was started by it goes on.
#[utoipa::path(
    post, path = "/v1/templates/{template}/links/{link}/end", tag = "templates",
    params(("template" = String, Path, description = "Id of the template"),
           ("link" = String, Path, description = "Id of the link")),
    responses((status = 200, body = TemplateLinkAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path((template, link)): Path<(String, String)>,
) -> Result<axum::Json<TemplateLinkAnswer>, Problem> {
    let view = app.service.end_template_link(&caller.asker(), &template, &link).await?;
    Ok(axum::Json(TemplateLinkAnswer::from(&view)))
}
