//! `GET /v1/values` and `GET /v1/envelopes/{envelope}/values`: what was filled, for other programs.

use super::filter::Filter;
use crate::App;
use crate::caller::Caller;
use crate::download;
use crate::json::{Path, Query};
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use service::exports::{Exported, Format};
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct As {
    /// `json` where it is left out, `xml`, `csv`, or `xlsx`.
    #[serde(default)]
    #[param(value_type = Option<Format>, inline)]
    format: Format,
}

/// Export what was filled in envelopes.
///
/// The envelopes of a list, the last changed first; 10,000 at most. In CSV and XLSX each is a row, and the columns of the
/// fields are called by their capture keys, or by label and recipient. What a recipient fills is told once they are done.
#[utoipa::path(
    get, path = "/v1/values", tag = "envelopes", params(Filter, As),
    responses(
        (status = 200, content(
            (Exported = "application/json"),
            (String = "application/xml"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 422, body = Problem, description = "More than one file holds"),
        (status = 503, body = Problem, description = "Too many are being exported"),
    )
)]
pub(super) async fn of_list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<Filter>,
    Query(As { format }): Query<As>,
) -> Result<Response, Problem> {
    let wish = filter.wish(&caller)?;
    Ok(download::export(app.service.export_values(&caller.tenant, wish, format).await?))
}

/// Export what was filled in an envelope.
///
/// The same as of many, with one of them.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/values", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope"), As),
    responses(
        (status = 200, content(
            (Exported = "application/json"),
            (String = "application/xml"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        (status = 404, body = Problem),
        (status = 503, body = Problem, description = "Too many are being exported"),
    )
)]
pub(super) async fn of_one(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
    Query(As { format }): Query<As>,
) -> Result<Response, Problem> {
    Ok(download::export(app.service.export_values_of(&caller.scope(envelope), format).await?))
}
