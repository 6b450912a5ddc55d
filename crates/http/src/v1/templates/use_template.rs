//! `POST /v1/templates/{template}/use`

use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::envelope::EnvelopeAnswer;
use crate::v1::wire::template::UseRequest;
use crate::v1::wire::template_xml;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header;
use service::accounts::Taken;
use service::templates::Use;

/// JSON, or XML where the header says so.
pub(super) struct UseBody(UseRequest);

impl FromRequest<App> for UseBody {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let kind = kind.and_then(|it| it.split(';').next()).unwrap_or_default().trim();
        if !matches!(kind, "application/xml" | "text/xml") {
            let Json(read) = Json::from_request(request, app).await?;
            return Ok(Self(read));
        }
        let body = Bytes::from_request(request, app).await.map_err(|_| {
            let detail = "The body is too large or was cut off; send less.";
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
        })?;
        Ok(Self(template_xml::read(&body)?))
    }
}

/// Make an envelope from a template.
///
/// A draft, or with `send` one that is sent at once. It says in `template` which version it came from. The same can be
/// said in XML: `<use send="true"><title/><message/><person role="Tenant"><name/><email/></person><value
/// key="rent">950</value></use>`.
#[utoipa::path(
    post, path = "/v1/templates/{template}/use", tag = "templates", request_body(content((UseRequest = "application/json"), (String = "application/xml"))),
    params(("template" = String, Path, description = "Id of the template")),
    responses((status = 201, body = EnvelopeAnswer), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn use_template(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    Path(template): Path<String>,
    body: UseBody,
) -> Result<(StatusCode, axum::Json<EnvelopeAnswer>), Problem> {
    let UseBody(mut request) = body;
    let asker = caller.asker();
    let of = Use {
        asker: &asker,
        sender: caller.sender(&app).await?,
        frame_origins: &caller.frame_origins,
        webhooks: std::mem::take(&mut request.webhooks).into_iter().map(Into::into).collect(),
        reply: reply(taken, |view| idempotency::text(&EnvelopeAnswer::from(view))),
    };
    let view = app.service.use_template(&template, of, request.into()).await?;
    Ok((StatusCode::CREATED, axum::Json(EnvelopeAnswer::from(&view))))
}
