//! `GET /v1/uploads/{upload}/form-fields`: the fields that a document brings along.

use crate::App;
use crate::drafter::Drafter;
use crate::json::Path;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use service::envelope::FieldKind;
use service::uploads::form_fields::{ButtonPlace, FormKind, FormPlace};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(form_fields))
}

/// The fields of a document's own form.
#[derive(Serialize, ToSchema)]
struct FormFields {
    /// Those that stand on a page, in the order of the form.
    items: Vec<FormField>,
}

/// A field of the document's own form.
#[derive(Serialize, ToSchema)]
struct FormField {
    /// Its full name, for `form_field` of a field of ours.
    name: String,
    /// What kind of field of ours it would be.
    #[serde(rename = "type")]
    kind: FieldKind,
    /// What the form calls it for people; empty where it says nothing.
    label: String,
    /// Number of the page, from 1.
    page: u32,
    /// From the left edge of the page as it is shown, in points.
    x: f64,
    /// From its top edge, in points.
    y: f64,
    /// In points.
    width: f64,
    /// In points.
    height: f64,
    /// The form says that it has to be filled.
    required: bool,
    /// It cannot be filled, or it is signed already.
    closed: bool,
    /// It takes so many characters at most.
    characters_max: Option<u16>,
    /// What can be chosen.
    options: Vec<String>,
    /// Of a `radio`: its buttons, each where it stands.
    buttons: Vec<FormButton>,
}

/// One button of a group in the document's own form.
#[derive(Serialize, ToSchema)]
struct FormButton {
    /// What the form calls it, for `form_option` of a field of ours.
    option: String,
    /// What it is called for people.
    label: String,
    /// Number of the page, from 1.
    page: u32,
    /// From the left edge of the page as it is shown, in points.
    x: f64,
    /// From its top edge, in points.
    y: f64,
    /// In points.
    width: f64,
    /// In points.
    height: f64,
}

impl From<ButtonPlace> for FormButton {
    fn from(place: ButtonPlace) -> Self {
        let ButtonPlace { state, label, page, rect } = place;
        Self { option: state, label, page, x: rect.x, y: rect.y, width: rect.width, height: rect.height }
    }
}

impl From<FormPlace> for FormField {
    fn from(place: FormPlace) -> Self {
        let kind = match place.kind {
            FormKind::Text => FieldKind::Text,
            FormKind::Multiline => FieldKind::MultilineText,
            FormKind::Comb => FieldKind::BoxedText,
            FormKind::Checkbox => FieldKind::Checkbox,
            FormKind::Radio => FieldKind::Radio,
            FormKind::Choice => FieldKind::Dropdown,
            FormKind::Signature => FieldKind::Signature,
        };
        Self {
            name: place.name,
            kind,
            label: place.label,
            page: place.page,
            x: place.rect.x,
            y: place.rect.y,
            width: place.rect.width,
            height: place.rect.height,
            required: place.required,
            closed: place.closed,
            characters_max: place.characters_max,
            options: place.options,
            buttons: place.buttons.into_iter().map(FormButton::from).collect(),
        }
    }
}

/// List the fields of a document's own form.
///
/// What the PDF brings along as an interactive form: names, kinds and places, so that fields can be made from them.
#[utoipa::path(
    get, path = "/v1/uploads/{upload}/form-fields", tag = "uploads",
    params(("upload" = String, Path, description = "Id of the upload")),
    responses((status = 200, body = FormFields), (status = 404, body = Problem), (status = 422, body = Problem))
)]
async fn form_fields(
    State(app): State<App>,
    drafter: Drafter,
    Path(upload): Path<String>,
) -> Result<Json<FormFields>, Problem> {
    drafter.reads(&app, &upload).await?;
    let places = app.service.upload_form_fields(drafter.tenant(), drafter.mode(), &upload).await?;
    Ok(Json(FormFields { items: places.into_iter().map(FormField::from).collect() }))
}
