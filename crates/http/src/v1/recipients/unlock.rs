//! `POST /v1/envelopes/{envelope}/recipients/{recipient}/unlock`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use service::envelope::Command;
use service::envelope::commands::lift_lock::LiftLock;

/// Let a recipient try again after too many wrong answers.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/recipients/{recipient}/unlock", tag = "recipients",
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("recipient" = u16, Path, description = "Number of the recipient, from 1")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn unlock(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, recipient)): Path<(String, u16)>,
) -> Asked {
    let command = Command::LiftLock(LiftLock { recipient });
    ask(&app, &caller, envelope, command).await
}
