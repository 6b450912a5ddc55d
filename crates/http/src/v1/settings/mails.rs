//! `/v1/settings/mails`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::mail::{MailAnswer, MailList, MailPreview, MailWords, MailWordsOrNone};
use axum::extract::State;

/// List all mails: which of them have words of your own.
#[utoipa::path(
    get, path = "/v1/settings/mails", tag = "settings", operation_id = "list_mail_settings",
    responses((status = 200, body = MailList), (status = 401, body = Problem))
)]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<axum::Json<MailList>, Problem> {
    Ok(axum::Json(app.service.mail_settings(&caller.tenant).await?.into()))
}

/// Read the words of one mail, and what its template can name.
#[utoipa::path(
    get, path = "/v1/settings/mails/{kind}/{language}", tag = "settings", operation_id = "read_mail_setting",
    params(("kind" = String, Path, description = "Key of the mail, such as `invitation`"),
           ("language" = String, Path, description = "A language of recipients, as in `en`")),
    responses((status = 200, body = MailAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
    Path((kind, language)): Path<(String, String)>,
) -> Result<axum::Json<MailAnswer>, Problem> {
    Ok(axum::Json(app.service.mail_setting(&caller.tenant, &kind, &language).await?.into()))
}

/// Put words of your own in force, for every mail that leaves from now on.
///
/// A name that nobody knows is refused with its line, and so is a text without the link or the code that its reader
/// needs. A test key cannot change it.
#[utoipa::path(
    put, path = "/v1/settings/mails/{kind}/{language}", tag = "settings", operation_id = "change_mail_setting",
    request_body = MailWords,
    params(("kind" = String, Path, description = "Key of the mail, such as `invitation`"),
           ("language" = String, Path, description = "A language of recipients, as in `en`")),
    responses((status = 200, body = MailAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path((kind, language)): Path<(String, String)>,
    Json(words): Json<MailWords>,
) -> Result<axum::Json<MailAnswer>, Problem> {
    let set = app.service.set_mail(caller.settler(), &kind, &language, words.into()).await?;
    Ok(axum::Json(set.into()))
}

/// Go back to the built-in words.
#[utoipa::path(
    delete, path = "/v1/settings/mails/{kind}/{language}", tag = "settings", operation_id = "reset_mail_setting",
    params(("kind" = String, Path, description = "Key of the mail, such as `invitation`"),
           ("language" = String, Path, description = "A language of recipients, as in `en`")),
    responses((status = 200, body = MailAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem))
)]
pub(super) async fn reset(
    State(app): State<App>,
    caller: Caller,
    Path((kind, language)): Path<(String, String)>,
) -> Result<axum::Json<MailAnswer>, Problem> {
    Ok(axum::Json(app.service.reset_mail(caller.settler(), &kind, &language).await?.into()))
}

/// See a mail with invented people in it: in the words sent along, or in those in force where none are.
///
/// Nothing is kept and nothing is sent.
#[utoipa::path(
    post, path = "/v1/settings/mails/{kind}/{language}/preview", tag = "settings", operation_id = "preview_mail",
    request_body = MailWordsOrNone,
    params(("kind" = String, Path, description = "Key of the mail, such as `invitation`"),
           ("language" = String, Path, description = "A language of recipients, as in `en`")),
    responses((status = 200, body = MailPreview), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub(super) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path((kind, language)): Path<(String, String)>,
    Json(request): Json<MailWordsOrNone>,
) -> Result<axum::Json<MailPreview>, Problem> {
    let words = request.words.map(Into::into);
    let mail = app.service.preview_mail(&caller.tenant, &kind, &language, words).await?;
    Ok(axum::Json(mail.into()))
}
