//! Routes that ask one thing about an envelope and answer with the envelope as it then stands.

use super::wire::envelope::EnvelopeAnswer;
use crate::App;
use crate::caller::Caller;
use crate::problem::Problem;
use service::envelope::Command;

/// The envelope, or why not.
pub(super) type Asked = Result<axum::Json<EnvelopeAnswer>, Problem>;

/// Asks it in the caller's name.
pub(super) async fn ask(app: &App, caller: &Caller, envelope: String, command: Command) -> Asked {
    let view = app.service.ask(&caller.scope(envelope), &caller.actor, command).await?;
    Ok(axum::Json(EnvelopeAnswer::from(&view)))
}
