//! `/v1/uploads`: a file comes in, is read back and searched.

use super::upload_tags;
use super::wire::upload::{FoundAnswer, UploadAnswer};
use crate::App;
use crate::download;
use crate::drafter::Drafter;
use crate::idempotency::{self, reply};
use crate::json::{Path, Query};
use crate::picture::{self, Keep, PictureQuery, Wish};
use crate::problem::Problem;
use axum::body::{Body, BodyDataStream};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::{Extension, Json};
use futures::StreamExt;
use serde::Deserialize;
use service::Error;
use service::accounts::Taken;
use service::uploads::{Pdfa, Wishes};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(upload))
        .merge(super::upload_combine::routes())
        .merge(super::upload_from::routes())
        .routes(routes!(content))
        .routes(routes!(find))
        .routes(routes!(upload_tags::tags))
        .routes(routes!(page))
        // The limit is the operator's, held while the bytes come in.
        .layer(DefaultBodyLimit::disable())
}

/// Of a refused upload, so many times the limit is read before the line is cut.
const REFUSED_TIMES: u64 = 20;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Name {
    /// Name of the file.
    #[serde(default)]
    filename: String,
    /// Whether it becomes PDF/A before anything is signed: `off`, `preferred` or `mandatory`.
    #[serde(default)]
    pdfa: Pdfa,
}

/// Upload a file.
///
/// The body is the file itself: a PDF, a PNG or JPEG, or what LibreOffice reads (DOCX, DOC, ODT, RTF, XLSX, XLS, ODS, PPTX,
/// HTML) where it is installed. It is kept byte for byte; what is sent in place of a file that is no PDF, or of a damaged PDF
/// without signatures, is made once, and both digests are kept. What a test key uploads serves test envelopes, what a live key uploads
/// live ones.
#[utoipa::path(
    post, path = "/v1/uploads", tag = "uploads", params(Name),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = UploadAnswer), (status = 401, body = Problem),
              (status = 413, body = Problem), (status = 422, body = Problem))
)]
async fn upload(
    State(app): State<App>,
    drafter: Drafter,
    taken: Option<Extension<Taken>>,
    Query(name): Query<Name>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<UploadAnswer>), Problem> {
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    let mut stream = body.into_data_stream();
    let mut received = match app.service.receive(declared) {
        Ok(received) => received,
        Err(error) => return Err(refuse(&app, stream, error).await),
    };
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| {
            Problem::new(StatusCode::BAD_REQUEST, "upload_cut_off", "The upload was cut off; send it again.")
        })?;
        if let Err(error) = received.take(&chunk) {
            return Err(refuse(&app, stream, error).await);
        }
    }
    let file_name = if name.filename.is_empty() { "document.pdf" } else { &name.filename };
    let reply = reply(taken, |upload| idempotency::text(&UploadAnswer::from(upload)));
    let upload = {
        let wishes = Wishes { pdfa: name.pdfa, data: None, draft: drafter.held().map(str::to_owned) };
        app.service
            .upload(drafter.tenant(), drafter.mode(), file_name, received, wishes, reply.as_ref())
            .await?
    };
    Ok((StatusCode::CREATED, Json(UploadAnswer::from(&upload))))
}

/// Refuses an upload once the rest of it has been read and thrown away: a browser that is answered while it still
/// sends shows a broken connection instead of the answer. Whoever sends far more than is allowed is cut off.
async fn refuse(app: &App, mut rest: BodyDataStream, error: Error) -> Problem {
    let mut patience = app.service.settings().upload_bytes_max.saturating_mul(REFUSED_TIMES);
    while let Some(Ok(chunk)) = rest.next().await {
        patience = patience.saturating_sub(chunk.len() as u64);
        if patience == 0 {
            break;
        }
    }
    error.into()
}

/// Read an upload back, as it will be sent.
#[utoipa::path(
    get, path = "/v1/uploads/{upload}/content", tag = "uploads",
    params(("upload" = String, Path, description = "Id of the upload")),
    responses((status = 200, content_type = "application/pdf"), (status = 404, body = Problem))
)]
async fn content(
    State(app): State<App>,
    drafter: Drafter,
    Path(upload): Path<String>,
) -> Result<Response, Problem> {
    drafter.reads(&app, &upload).await?;
    let download = app.service.upload_content(drafter.tenant(), drafter.mode(), &upload).await?;
    Ok(download::pdf(download, true))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Find {
    /// The text.
    #[serde(default)]
    find: String,
}

/// Find a text in an upload.
///
/// Every occurrence, whether it is seen or not: split, kerned, turned, white on white. A text is found anywhere, also
/// inside a word, but not across the end of a line.
#[utoipa::path(
    get, path = "/v1/uploads/{upload}/text", tag = "uploads",
    params(("upload" = String, Path, description = "Id of the upload"), Find),
    responses((status = 200, body = FoundAnswer), (status = 400, body = Problem), (status = 404, body = Problem))
)]
async fn find(
    State(app): State<App>,
    drafter: Drafter,
    Path(upload): Path<String>,
    Query(find): Query<Find>,
) -> Result<Json<FoundAnswer>, Problem> {
    drafter.reads(&app, &upload).await?;
    let found = app.service.find_in_upload(drafter.tenant(), drafter.mode(), &upload, &find.find).await?;
    Ok(Json(FoundAnswer::from(&found)))
}

/// Look at a page of an upload.
///
/// A PNG, drawn on demand. Which pages there are, and how large, the upload says.
#[utoipa::path(
    get, path = "/v1/uploads/{upload}/pages/{page}", tag = "uploads",
    params(("upload" = String, Path, description = "Id of the upload"),
           ("page" = String, Path, description = "Number of the page, from 1, and `.png`", example = "1.png"),
           PictureQuery),
    responses((status = 200, content_type = "image/png"), (status = 404, body = Problem),
              (status = 422, body = Problem, description = "This page cannot be drawn"),
              (status = 503, body = Problem, description = "Too many are being drawn"))
)]
async fn page(
    State(app): State<App>,
    drafter: Drafter,
    Path((upload, page)): Path<(String, String)>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = picture::number(&page)?;
    drafter.reads(&app, &upload).await?;
    let drawn =
        app.service.upload_picture(drafter.tenant(), drafter.mode(), &upload, page, wish.width).await?;
    Ok(picture::answer(drawn, &wish, Keep::ForADay))
}
