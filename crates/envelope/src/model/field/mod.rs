//! A place on a page that one recipient fills, or that carries words of the sender.

pub mod check;
pub mod choice;
pub mod condition;
pub mod decimal;
pub mod file;
pub mod formula;
pub mod group;
pub mod kind;
pub mod placing;
pub mod style;
pub mod tag_text;

use super::is_default;
use super::personal::Personal;
use super::points::Rect;
use check::Check;
use choice::Choices;
use condition::Condition;
use file::FileWishes;
use formula::Formula;
use kind::FieldKind;
use placing::Placing;
use serde::{Deserialize, Serialize};
use style::TextStyle;
use tag_text::TagText;

/// Id of a field, unique in its envelope.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct FieldId(pub String);

impl From<&str> for FieldId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// A place on a page that one recipient fills, or that carries words of the sender.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDraft {
    /// Its id.
    pub id: FieldId,
    /// What goes there.
    pub kind: FieldKind,
    /// Number of the document, from 1.
    pub document: u16,
    /// Number of the page, from 1.
    pub page: u32,
    /// Where on the page.
    pub rect: Rect,
    /// Number of the recipient, from 1; 0 where the sender or the end of the envelope fills it ([`FieldKind::filled_by`]).
    pub recipient: u16,
    /// The recipient cannot finish without it.
    pub required: bool,
    /// What it is, for the person and for a screen reader.
    pub label: String,
    /// The value stays as the sender gave it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub read_only: bool,
    /// What stands there before the recipient fills it; of a text by the sender and a note, the words.
    #[serde(default, skip_serializing_if = "is_default")]
    pub value: Personal,
    /// Shown in the empty box ("Jane Doe"); never part of the document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub placeholder: String,
    /// A few words of help beside the box.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hint: String,
    /// What a value has to be.
    #[serde(default, skip_serializing_if = "is_default")]
    pub check: Check,
    /// A text has so many characters at most; of a boxed text, the number of its boxes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub characters_max: Option<u16>,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "is_default")]
    pub choices: Choices,
    /// Which files can be attached.
    #[serde(default, skip_serializing_if = "is_default")]
    pub files: FileWishes,
    /// Key of the group that a check box or a radio button belongs to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub group: Option<String>,
    /// How its text looks.
    #[serde(default, skip_serializing_if = "is_default")]
    pub style: TextStyle,
    /// Place in the order in which a recipient is led through their fields; those without one come after, from top to
    /// bottom.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tab_order: Option<u16>,
    /// There only while another field has a certain value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only_if: Option<Condition>,
    /// Computed from other fields instead of filled.
    #[serde(default, skip_serializing_if = "is_default")]
    pub formula: Option<Formula>,
    /// Under which key its value is told to programs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub capture_key: Option<String>,
    /// Under which key a template is given its value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub merge_key: Option<String>,
    /// Only its recipient and the sender see its value: it stands in the evidence and never in a document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub confidential: bool,
    /// Full name of a form field of the document itself that takes the value; nothing is laid out for it then.
    #[serde(default, skip_serializing_if = "is_default")]
    pub form_field: Option<String>,
    /// Which of the buttons of `form_field` this radio button is: what the form calls its state (ISO 32000-2 12.7.5.2.4).
    /// Where it is left out, buttons follow each other as they do in the form.
    #[serde(default, skip_serializing_if = "is_default")]
    pub form_option: Option<String>,
    /// The tag or the anchor that it was made from, as the document has it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Option<String>,
    /// What becomes of that text in the document that is sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tag_text: Option<TagText>,
    /// Who said where it stands.
    #[serde(default, skip_serializing_if = "is_default")]
    pub placing: Placing,
}

impl FieldDraft {
    /// Its label, or its id where it has none: what a sentence about it calls it.
    pub fn name(&self) -> &str {
        if self.label.is_empty() { &self.id.0 } else { &self.label }
    }

    /// The fields on which it leans: that of its condition, those of its formula.
    pub(crate) fn leans_on(&self) -> impl Iterator<Item = &FieldId> {
        let condition = self.only_if.iter().map(|it| &it.field);
        condition.chain(self.formula.iter().flat_map(Formula::fields))
    }

    /// Whether something of it becomes part of its document.
    pub fn stands_in_document(&self) -> bool {
        self.kind.stands_in_document() && !self.confidential
    }
}
