//! `PUT /v1/envelopes/{envelope}`

use crate::App;
use crate::drafter::Drafter;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::draft::WireDraft;
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use axum::http::StatusCode;

/// Change a draft.
///
/// The draft is given whole. With `version`, a draft that somebody else changed meanwhile is refused.
#[utoipa::path(
    put, path = "/v1/envelopes/{envelope}", tag = "envelopes", request_body = WireDraft,
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn revise(
    State(app): State<App>,
    drafter: Drafter,
    Path(envelope): Path<String>,
    Json(draft): Json<WireDraft>,
) -> Result<axum::Json<EnvelopeAnswer>, Problem> {
    if !draft.webhooks.is_empty() {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "webhooks_of_a_draft_that_is_there",
            "Who is told is said when a draft is made; later, subscribe at /v1/webhooks with its id.",
        ));
    }
    let version = draft.version;
    let scope = drafter.scope(envelope)?;
    let input = draft.into_input()?;
    let view = match &drafter {
        Drafter::Caller(caller) => {
            let input = input.framed_also_by(&caller.frame_origins);
            app.service.revise_draft(&scope, &caller.actor, version, input).await?
        }
        Drafter::Holder(holder) => app.service.revise_held_draft(holder, version, input).await?,
    };
    Ok(axum::Json(EnvelopeAnswer::from(&view)))
}
