//! `POST /v1/envelopes`

use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::draft::WireDraft;
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use service::accounts::Taken;
use service::envelopes::Asking;

/// Make a draft.
///
/// It may be incomplete; what is there has to be right. A test key makes test envelopes.
#[utoipa::path(
    post, path = "/v1/envelopes", tag = "envelopes", request_body = WireDraft,
    responses((status = 201, body = EnvelopeAnswer), (status = 400, body = Problem),
              (status = 401, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    Json(mut draft): Json<WireDraft>,
) -> Result<(StatusCode, axum::Json<EnvelopeAnswer>), Problem> {
    let test = draft.test.unwrap_or(false);
    let sender = caller.sender(&app).await?;
    let webhooks = std::mem::take(&mut draft.webhooks).into_iter().map(Into::into).collect();
    let input = draft.into_input()?.framed_also_by(&caller.frame_origins);
    let asking = Asking {
        tenant: &caller.tenant,
        mode: caller.mode,
        test,
        actor: &caller.actor,
        sender,
        webhooks,
        reply: reply(taken, |view| idempotency::text(&EnvelopeAnswer::from(view))),
    };
    let view = app.service.create_envelope(asking, input).await?;
    Ok((StatusCode::CREATED, axum::Json(EnvelopeAnswer::from(&view))))
}
