//! `/v1/settings/consent/{language}`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::consent::{ConsentAnswer, ConsentWords};
use axum::extract::State;

/// Read what recipients agree to before they act electronically, in one language, and all its versions.
#[utoipa::path(
    get, path = "/v1/settings/consent/{language}", tag = "settings", operation_id = "read_consent_setting",
    params(("language" = String, Path, description = "A language of recipients, as in `en`")),
    responses((status = 200, body = ConsentAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
    Path(language): Path<String>,
) -> Result<axum::Json<ConsentAnswer>, Problem> {
    Ok(axum::Json(app.service.consent_setting(&caller.tenant, &language).await?.into()))
}

/// Put words of your own in force: a new version.
///
/// From then on every recipient who reads this language agrees to these words, also in envelopes that were sent
/// before. What somebody agreed to stays in the events as they read it. A test key cannot change it.
#[utoipa::path(
    put, path = "/v1/settings/consent/{language}", tag = "settings", operation_id = "change_consent_setting",
    request_body = ConsentWords, params(("language" = String, Path, description = "A language of recipients, as in `en`")),
    responses((status = 200, body = ConsentAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(language): Path<String>,
    Json(words): Json<ConsentWords>,
) -> Result<axum::Json<ConsentAnswer>, Problem> {
    let set = app.service.set_consent(caller.settler(), &language, &words.text).await?;
    Ok(axum::Json(set.into()))
}

/// Go back to the built-in words: a new version too.
#[utoipa::path(
    delete, path = "/v1/settings/consent/{language}", tag = "settings", operation_id = "reset_consent_setting",
    params(("language" = String, Path, description = "A language of recipients, as in `en`")),
    responses((status = 200, body = ConsentAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem))
)]
pub(super) async fn reset(
    State(app): State<App>,
    caller: Caller,
    Path(language): Path<String>,
) -> Result<axum::Json<ConsentAnswer>, Problem> {
    Ok(axum::Json(app.service.reset_consent(caller.settler(), &language).await?.into()))
}
