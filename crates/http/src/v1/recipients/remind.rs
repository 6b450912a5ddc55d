//! `POST /v1/envelopes/{envelope}/recipients/{recipient}/remind`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use service::envelope::Command;
use service::envelope::commands::remind::Remind;

/// Remind a recipient whose turn it is, by mail.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/recipients/{recipient}/remind", tag = "recipients",
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("recipient" = u16, Path, description = "Number of the recipient, from 1")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn remind(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, recipient)): Path<(String, u16)>,
) -> Asked {
    let command = Command::Remind(Remind { recipient: Some(recipient) });
    ask(&app, &caller, envelope, command).await
}
