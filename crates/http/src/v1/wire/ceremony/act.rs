//! What a recipient sends, and what they are answered.

use crate::problem::{Place, Problem};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::ceremony::{AdoptedInk, FinishInput};
use service::envelope::{Digest, FieldId};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is said at the first button.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentRequest {
    /// Version of the text that was shown.
    pub(crate) version: String,
}

/// Values by id of the field.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValuesRequest {
    /// Text as it is; `true` or `false` for a box to tick.
    pub(crate) values: BTreeMap<String, String>,
}

/// A signature or initials.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum WireInk {
    /// A typed name.
    Typed {
        /// The name.
        text: String,
    },
    /// Strokes.
    Drawn {
        /// Width of the area drawn on.
        width: f64,
        /// Its height.
        height: f64,
        /// Points of each stroke, origin top left of the area.
        #[schema(value_type = Vec<Vec<Vec<f64>>>)]
        strokes: Vec<Vec<(f64, f64)>>,
    },
    /// A picture.
    Image {
        /// PNG or JPEG, base64.
        data: String,
    },
}

impl From<WireInk> for AdoptedInk {
    fn from(ink: WireInk) -> Self {
        match ink {
            WireInk::Typed { text } => Self::Typed { text },
            WireInk::Drawn { width, height, strokes } => Self::Drawn { width, height, strokes },
            WireInk::Image { data } => Self::Image { data },
        }
    }
}

/// The act of signing.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishRequest {
    /// The person said that they mean to sign.
    #[serde(default)]
    agreed: bool,
    signature: Option<WireInk>,
    initials: Option<WireInk>,
    /// Last values, by id of the field.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// The revision of each document that was shown, by its number.
    #[serde(default)]
    revisions: BTreeMap<String, String>,
    /// What the signature means, where the sender asks for that.
    meaning: Option<String>,
}

impl FinishRequest {
    /// As the use case takes it.
    pub(crate) fn into_input(self) -> Result<FinishInput, Problem> {
        let mut shown = BTreeMap::new();
        for (number, digest) in &self.revisions {
            let read = number.parse::<u16>().ok().zip(Digest::from_hex(digest));
            let Some((number, digest)) = read else {
                let detail = "A revision is given by the number of its document and its SHA-256; use what the page was given.";
                let mut problem =
                    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "revision_malformed", detail);
                problem.errors.push(Place {
                    pointer: format!("/revisions/{number}"),
                    code: "revision_malformed".to_owned(),
                    detail: detail.to_owned(),
                });
                return Err(problem);
            };
            shown.insert(number, digest);
        }
        Ok(FinishInput {
            agreed: self.agreed,
            signature: self.signature.map(AdoptedInk::from),
            initials: self.initials.map(AdoptedInk::from),
            values: values(self.values),
            shown,
            meaning: self.meaning,
        })
    }
}

/// Values as the rules name them.
pub(crate) fn values(values: BTreeMap<String, String>) -> BTreeMap<FieldId, String> {
    values.into_iter().map(|(id, value)| (FieldId(id), value)).collect()
}

/// How far the act has come.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FinishAnswer {
    /// `signed`, or `signing` while it is on its way; it needs no further click.
    pub(crate) state: &'static str,
    /// Address of the finished documents, where everything is completed.
    pub(crate) download: Option<String>,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonRequest {
    /// In the person's words.
    #[serde(default)]
    pub(crate) reason: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct StateAnswer {
    /// A state of the visit.
    pub(crate) state: &'static str,
}
