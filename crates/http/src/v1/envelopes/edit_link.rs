//! `/v1/envelopes/{envelope}/edit-link`: an address at which somebody without an account finishes a draft.

use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json::{Json, Path};
use crate::problem::Problem;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::accounts::Taken;
use service::edit_links::{MadeEditLink, NewEditLink};
use utoipa::ToSchema;

/// What is wished of an address for editing.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EditLinkRequest {
    /// It holds so many hours, 1 to 720; 168 where it is left out.
    expires_in_hours: Option<u32>,
    /// Where the browser goes afterwards, with `status` added to its query.
    return_url: Option<String>,
    /// Origins that may show its page in a frame and are told what happens in it; those of the draft where there are none.
    #[serde(default)]
    frame_origins: Vec<String>,
    /// The e-mail address of whom you give it to, where you know them. If the draft asks this person first, and not by
    /// mail, they go on to sign once it is sent.
    signs_as: Option<String>,
}

/// An address for editing.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct EditLinkAnswer {
    /// Its id, as the events name it.
    id: String,
    /// The address. It is shown this once.
    url: String,
    /// Until when it holds (RFC 3339).
    expires_at: String,
}

impl From<&MadeEditLink> for EditLinkAnswer {
    fn from(made: &MadeEditLink) -> Self {
        Self { id: made.id.clone(), url: made.url.clone(), expires_at: made.expires_at.to_string() }
    }
}

/// Make an address at which somebody without an account finishes a draft.
///
/// It opens the editor for this draft alone: recipients, fields, sending, throwing away. It holds until its time is over, the
/// draft is sent or thrown away, another one is made, or it is taken back.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/edit-link", tag = "envelopes", request_body = EditLinkRequest,
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 201, body = EditLinkAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    Path(envelope): Path<String>,
    Json(wish): Json<EditLinkRequest>,
) -> Result<(StatusCode, axum::Json<EditLinkAnswer>), Problem> {
    let EditLinkRequest { expires_in_hours, return_url, frame_origins, signs_as } = wish;
    let new = NewEditLink {
        hours: expires_in_hours,
        return_url,
        frame_origins,
        framed_also_by: caller.frame_origins.clone(),
        signs_as,
    };
    let reply = reply(taken, |made| idempotency::text(&EditLinkAnswer::from(made)));
    let made = app.service.create_edit_link(&caller.scope(envelope), &caller.actor, new, reply).await?;
    Ok((StatusCode::CREATED, axum::Json(EditLinkAnswer::from(&made))))
}

/// Take back the address for editing a draft.
#[utoipa::path(
    delete, path = "/v1/envelopes/{envelope}/edit-link", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
) -> Result<StatusCode, Problem> {
    app.service.end_edit_link(&caller.scope(envelope)).await?;
    Ok(StatusCode::NO_CONTENT)
}
