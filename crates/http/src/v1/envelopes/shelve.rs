//! Where a sender keeps an envelope: archive, trash, restore, delete.

use crate::App;
use crate::caller::Caller;
use crate::drafter::Drafter;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use service::envelope::commands::shelve::ShelveEnvelope;
use service::envelope::{Command, Shelf};

/// Put an envelope away.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/archive", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn archive(State(app): State<App>, caller: Caller, Path(envelope): Path<String>) -> Asked {
    let command = Command::Shelve(ShelveEnvelope { shelf: Shelf::Archive });
    ask(&app, &caller, envelope, command).await
}

/// Throw an envelope away; it can be taken back.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/trash", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn trash(State(app): State<App>, drafter: Drafter, Path(envelope): Path<String>) -> Asked {
    let command = Command::Shelve(ShelveEnvelope { shelf: Shelf::Trash });
    let view = app.service.ask(&drafter.scope(envelope)?, drafter.actor(), command).await?;
    Ok(axum::Json(EnvelopeAnswer::from(&view)))
}

/// Take an envelope back from the archive or the trash.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/restore", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn restore(State(app): State<App>, caller: Caller, Path(envelope): Path<String>) -> Asked {
    let command = Command::Shelve(ShelveEnvelope { shelf: Shelf::Desk });
    ask(&app, &caller, envelope, command).await
}

/// Delete the documents of an envelope for good; its events stay.
#[utoipa::path(
    delete, path = "/v1/envelopes/{envelope}", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn delete(State(app): State<App>, caller: Caller, Path(envelope): Path<String>) -> Asked {
    let command = Command::Shelve(ShelveEnvelope { shelf: Shelf::Deleted });
    ask(&app, &caller, envelope, command).await
}
