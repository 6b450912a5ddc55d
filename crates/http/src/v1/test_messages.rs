//! `GET /v1/test-messages`: what test envelopes would have sent.

use crate::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use service::Mode;
use service::store::messages::MessageRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct To {
    /// Only those to this address.
    pub(crate) to: Option<String>,
}

/// A message that did not leave.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageAnswer {
    id: String,
    at: String,
    /// `email`, `sms` or `voice`.
    channel: String,
    to: String,
    subject: String,
    text: String,
    html: String,
}

impl From<MessageRow> for MessageAnswer {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.message,
            at: super::wire::time(row.at),
            channel: row.channel,
            to: row.recipient_address,
            subject: row.subject,
            text: row.text,
            html: row.html,
        }
    }
}

/// Read the messages of test envelopes, newest first.
#[utoipa::path(
    get, path = "/v1/test-messages", tag = "test", params(To),
    responses((status = 200, body = Vec<MessageAnswer>), (status = 401, body = Problem))
)]
async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(to): Query<To>,
) -> Result<Json<Vec<MessageAnswer>>, Problem> {
    if caller.mode == Some(Mode::Live) {
        // A live key sees nothing of test envelopes, so not their messages either.
        return Ok(Json(Vec::new()));
    }
    let rows = app.service.test_messages(&caller.tenant, to.to.as_deref()).await?;
    Ok(Json(rows.into_iter().map(MessageAnswer::from).collect()))
}
