//! `GET /v1/uploads/{upload}/tags`: where a document says itself that fields shall stand.

use super::wire::tags::TagsAnswer;
use crate::App;
use crate::drafter::Drafter;
use crate::json::{Path, Query};
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use service::Error;
use service::envelope::tags::Grammar;
use service::envelope::{Finding, Refusal, TagTextWish};
use std::num::NonZeroU16;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The grammars to look for, with commas between: `own`, `xodo`, `signatureapi`, `securedsigning`. `own` where it is left
    /// out.
    #[serde(default)]
    grammar: String,
    /// The number that the document will have in a draft, from 1.
    #[serde(default = "one")]
    #[param(value_type = u16, minimum = 1)]
    document: NonZeroU16,
    /// What becomes of the tags' own text when the document is sent: `keep` it, `cover` it in white, or `remove` it; it is
    /// said in `tag_text` of each field. `keep` where it is left out.
    #[serde(default)]
    tag_text: String,
}

fn one() -> NonZeroU16 {
    NonZeroU16::MIN
}

/// Find the fields that tags in an upload wish for.
///
/// The fields are what a draft takes as they are, once the recipients have the numbers that stand beside. Tags that cannot
/// be read are told with their place; they change nothing for the others.
#[utoipa::path(
    get, path = "/v1/uploads/{upload}/tags", tag = "uploads",
    params(("upload" = String, Path, description = "Id of the upload"), Wanted),
    responses((status = 200, body = TagsAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem))
)]
pub(super) async fn tags(
    State(app): State<App>,
    drafter: Drafter,
    Path(upload): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<TagsAnswer>, Problem> {
    let grammars = grammars(&wanted.grammar)?;
    let (document, text) = (wanted.document.get(), tag_text(&wanted.tag_text)?);
    drafter.reads(&app, &upload).await?;
    let found = app.service.tags(drafter.tenant(), drafter.mode(), &upload, grammars, document, text).await?;
    Ok(Json(found.into()))
}

fn grammars(words: &str) -> Result<Vec<Grammar>, Error> {
    let words = if words.trim().is_empty() { Grammar::Own.word() } else { words };
    let known = words.split(',').map(|word| Grammar::of_word(word.trim()));
    known.collect::<Option<_>>().ok_or_else(|| {
        let known: Vec<_> = Grammar::ALL.into_iter().map(Grammar::word).collect();
        let sentence = format!("One of these grammars is unknown; name some of {}.", known.join(", "));
        Refusal::Invalid(vec![Finding::new("/grammar", "grammar_unknown", sentence)]).into()
    })
}

fn tag_text(word: &str) -> Result<Option<TagTextWish>, Error> {
    if matches!(word, "" | "keep") {
        return Ok(None);
    }
    TagTextWish::of_word(word).map(Some).ok_or_else(|| {
        let sentence = "Say what becomes of the tags' text: keep, cover or remove.";
        Refusal::Invalid(vec![Finding::new("/tag_text", "tag_text_unknown", sentence)]).into()
    })
}
