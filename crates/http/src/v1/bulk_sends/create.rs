//! `POST /v1/bulk-sends`

use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json::Query;
use crate::problem::Problem;
use crate::v1::wire::bulk::BulkAnswer;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Deserialize;
use service::accounts::Taken;
use service::bulk::{BulkStart, ListFile};
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct What {
    /// Id of the template.
    template: String,
    /// Its version; the newest where it is left out.
    version: Option<i64>,
    /// Name of the file.
    #[serde(default)]
    filename: String,
    /// A title for all rows that say none.
    title: Option<String>,
    /// A message for all rows that say none.
    message: Option<String>,
}

/// Take in a list, of which each row becomes an envelope.
///
/// The body is a CSV file in UTF-8 or an XLSX file, at most 16 MB and 20,000 rows; `/v1/templates/{template}/bulk-file`
/// gives an empty one. Every row is judged before anything is sent: where something is wrong, the answer names all of it,
/// each with the pointer `/rows/{row}/{column}`, and nothing is kept. Nothing is sent before the list is started.
#[utoipa::path(
    post, path = "/v1/bulk-sends", tag = "bulk", params(What),
    request_body(content = Vec<u8>, content_type = "text/csv"),
    responses((status = 201, body = BulkAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 413, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    Query(what): Query<What>,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<(StatusCode, Json<BulkAnswer>), Problem> {
    let bytes = body.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
            "The list is larger than 16 MB, or was cut off; split it, or send it again.",
        )
    })?;
    let asker = caller.asker();
    let of = BulkStart {
        asker: &asker,
        sender: caller.sender(&app).await?,
        frame_origins: &caller.frame_origins,
        template: what.template,
        version: what.version,
        title: what.title.filter(|it| !it.is_empty()),
        message: what.message.filter(|it| !it.is_empty()),
        reply: reply(taken, |view| idempotency::text(&BulkAnswer::from(view.clone()))),
    };
    let file = ListFile { name: what.filename, bytes: bytes.to_vec() };
    let view = app.service.create_bulk(of, file).await?;
    Ok((StatusCode::CREATED, Json(view.into())))
}
