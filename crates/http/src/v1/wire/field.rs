//! A field on the wire, and the way to the draft.

use super::draft::place;
use super::tag_text::WireTagText;
use crate::problem::Place;
use serde::{Deserialize, Serialize};
use service::envelope::{
    Align, Check, Choices, Condition, FieldDraft, FieldId, FieldKind, FileWishes, FilledBy, Font, Formula,
    Placing, Points, Rect, TextStyle,
};
use utoipa::ToSchema;

/// A field of a draft.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireField {
    /// Its id; given by us where it is left out.
    #[serde(default)]
    id: String,
    /// What goes there.
    #[serde(rename = "type")]
    kind: FieldKind,
    /// Number of the document, from 1.
    #[serde(default = "one")]
    document: u16,
    /// Number of the page, from 1.
    page: u32,
    /// From the left edge of the page as it is shown, in points.
    x: f64,
    /// From its top edge, in points.
    y: f64,
    /// In points; 0 together with the height for an invisible signature. The usual width of its type where it is left out.
    width: Option<f64>,
    /// In points; the usual height of its type where it is left out.
    height: Option<f64>,
    /// Number of the recipient, from 1; 0 for words of the sender and the date of completion. Where it is left out, 1 or 0.
    recipient: Option<u16>,
    /// The recipient cannot finish without it. Where it is left out: yes, unless nobody fills it by hand.
    required: Option<bool>,
    /// What it is, for the person and for a screen reader.
    #[serde(default)]
    label: String,
    /// The value stays as the sender gave it.
    #[serde(default)]
    read_only: bool,
    /// What stands there before the recipient fills it; of `free_text` and `note` the words.
    #[serde(default)]
    value: String,
    /// Shown in the empty box; never part of the document.
    #[serde(default)]
    placeholder: String,
    /// A few words of help beside the box.
    #[serde(default)]
    hint: String,
    /// What a value has to be.
    #[serde(default)]
    check: Check,
    /// A text has so many characters at most; of a `boxed_text` the number of its boxes.
    characters_max: Option<u16>,
    /// What can be chosen in a `dropdown`.
    #[serde(default)]
    choices: Choices,
    /// Which files an `attachment`, an `image` or a `stamp` takes.
    #[serde(default)]
    files: FileWishes,
    /// Key of the group that a `checkbox` or a `radio` belongs to.
    group: Option<String>,
    /// How its text looks.
    #[serde(default)]
    style: WireStyle,
    /// Place in the order in which a recipient is led through their fields.
    tab_order: Option<u16>,
    /// There only while another field has a certain value.
    only_if: Option<Condition>,
    /// Computed from other fields instead of filled.
    formula: Option<Formula>,
    /// Under which key its value is told in `captures`.
    capture_key: Option<String>,
    /// Under which key a template is given its value.
    merge_key: Option<String>,
    /// Only its recipient and the sender see its value: it stands in the evidence and never in a document.
    #[serde(default)]
    confidential: bool,
    /// Full name of a form field of the document itself that takes the value.
    form_field: Option<String>,
    /// Of a `radio`: which of the buttons of `form_field` it is, as `buttons` of the upload's form fields call it. Buttons
    /// follow each other as in the form where it is left out.
    form_option: Option<String>,
    /// The tag or the anchor that it was made from.
    origin: Option<String>,
    /// What becomes of that text when the document is sent; it stays where this is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag_text: Option<WireTagText>,
    /// Who said where it stands: the sender, or its recipient in their visit. Only read.
    #[serde(default, skip_serializing_if = "is_senders")]
    placed_by: Placing,
}

fn is_senders(placing: &Placing) -> bool {
    *placing == Placing::Sender
}

/// How the text of a field looks. What is not said is chosen so that the value fits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WireStyle {
    /// The family of letters.
    font: Font,
    /// Their size in points; as large as the box and 12 points allow where it is left out.
    size: Option<f64>,
    /// Their colour, like `#1a2b3c`.
    colour: Option<String>,
    /// Bold letters.
    bold: bool,
    /// Slanted letters.
    italic: bool,
    /// A line under the letters.
    underline: bool,
    /// To which side of the box the lines stand.
    align: Align,
}

fn one() -> u16 {
    1
}

impl WireStyle {
    /// None where the size is no length.
    fn into_draft(self) -> Option<TextStyle> {
        let Self { font, size, colour, bold, italic, underline, align } = self;
        let size = match size {
            Some(points) => Some(Points::new(points)?),
            None => None,
        };
        Some(TextStyle { font, size, colour, bold, italic, underline, align })
    }

    pub(crate) fn from_draft(style: &TextStyle) -> Self {
        let TextStyle { font, size, colour, bold, italic, underline, align } = style.clone();
        Self { font, size: size.map(Points::get), colour, bold, italic, underline, align }
    }
}

impl WireField {
    /// As a draft holds it; `index` from 0 is that in the list.
    ///
    /// # Errors
    /// The place of a length that is none.
    pub(crate) fn into_draft(self, index: usize) -> Result<FieldDraft, Place> {
        let (width, height) = self.kind.usual_size();
        let rect = Rect::new(self.x, self.y, self.width.unwrap_or(width), self.height.unwrap_or(height));
        let malformed = |key: &str, which: &str| {
            place(
                &format!("/fields/{index}{key}"),
                "length_malformed",
                &format!("{which} is no length on a page; give points."),
            )
        };
        let rect = rect.ok_or_else(|| malformed("", "One of x, y, width, height"))?;
        let style = self.style.into_draft().ok_or_else(|| malformed("/style/size", "This size"))?;
        let tag_text = match self.tag_text {
            Some(text) => {
                Some(text.into_draft().ok_or_else(|| malformed("/tag_text", "One of these lengths"))?)
            }
            None => None,
        };
        let by = self.kind.filled_by();
        let nobodys = matches!(by, FilledBy::Sender | FilledBy::Completion);
        let by_hand =
            matches!(by, FilledBy::Person | FilledBy::Act) && !self.read_only && self.formula.is_none();
        Ok(FieldDraft {
            id: FieldId(if self.id.is_empty() { format!("field_{}", index + 1) } else { self.id }),
            kind: self.kind,
            document: self.document,
            page: self.page,
            rect,
            recipient: self.recipient.unwrap_or(if nobodys { 0 } else { 1 }),
            required: self.required.unwrap_or(by_hand),
            label: self.label,
            read_only: self.read_only,
            value: self.value.into(),
            placeholder: self.placeholder,
            hint: self.hint,
            check: self.check,
            characters_max: self.characters_max,
            choices: self.choices,
            files: self.files,
            group: self.group,
            style,
            tab_order: self.tab_order,
            only_if: self.only_if,
            formula: self.formula,
            capture_key: self.capture_key,
            merge_key: self.merge_key,
            confidential: self.confidential,
            form_field: self.form_field,
            form_option: self.form_option,
            origin: self.origin,
            tag_text,
            placing: self.placed_by,
        })
    }

    /// As the API tells it.
    pub(crate) fn from_draft(field: &FieldDraft) -> Self {
        let it = field.clone();
        Self {
            id: it.id.0,
            kind: it.kind,
            document: it.document,
            page: it.page,
            x: it.rect.x.get(),
            y: it.rect.y.get(),
            width: Some(it.rect.width.get()),
            height: Some(it.rect.height.get()),
            recipient: Some(it.recipient),
            required: Some(it.required),
            label: it.label,
            read_only: it.read_only,
            value: it.value.text().to_owned(),
            placeholder: it.placeholder,
            hint: it.hint,
            check: it.check,
            characters_max: it.characters_max,
            choices: it.choices,
            files: it.files,
            group: it.group,
            style: WireStyle::from_draft(&it.style),
            tab_order: it.tab_order,
            only_if: it.only_if,
            formula: it.formula,
            capture_key: it.capture_key,
            merge_key: it.merge_key,
            confidential: it.confidential,
            form_field: it.form_field,
            form_option: it.form_option,
            origin: it.origin,
            tag_text: it.tag_text.as_ref().map(WireTagText::from_draft),
            placed_by: it.placing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::option::of;
    use proptest::prelude::*;
    use proptest::sample;
    use service::envelope::{Choice, ChoiceList, FileType, Form, Piece, TagText, TagTextWish, Test};

    const FORMS: [Form; 7] = [
        Form::Letters,
        Form::Digits,
        Form::LettersAndDigits,
        Form::Email,
        Form::Phone,
        Form::Url,
        Form::UsZipCode,
    ];
    const LISTS: [ChoiceList; 6] = [
        ChoiceList::CountryNames,
        ChoiceList::CountryCodes2,
        ChoiceList::CountryCodes3,
        ChoiceList::CountryNumbers,
        ChoiceList::UsStateNames,
        ChoiceList::UsStateCodes,
    ];
    const TYPES: [FileType; 3] = [FileType::Pdf, FileType::Jpeg, FileType::Png];

    fn kind() -> impl Strategy<Value = FieldKind> {
        sample::select(FieldKind::ALL.to_vec())
    }

    fn length() -> impl Strategy<Value = Points> {
        (-20_000_i64..2_000_000).prop_map(Points)
    }

    fn id() -> impl Strategy<Value = FieldId> {
        "[a-z][a-z0-9_]{0,8}".prop_map(FieldId)
    }

    prop_compose! {
        fn check()(
            form in of(sample::select(&FORMS[..])),
            pattern in of(".{0,8}"),
            (min, max) in (of("-?[0-9]{1,5}"), of("-?[0-9]{1,5}\\.[1-9]")),
            (decimals_max, characters_min) in (of(0u8..9), of(0u16..9)),
            (earliest, latest) in (of("20[0-9]{2}-01-01"), of("20[0-9]{2}-12-31")),
            message in ".{0,8}",
        ) -> Check {
            let number = |it: Option<String>| it.and_then(|it| it.parse().ok());
            let (min, max) = (number(min), number(max));
            Check { form, pattern, min, max, decimals_max, characters_min, earliest, latest, message }
        }
    }

    fn formula() -> impl Strategy<Value = Formula> {
        let piece = prop_oneof![id().prop_map(Piece::Field), ".{0,5}".prop_map(Piece::Words)];
        prop_oneof![
            proptest::collection::vec(id(), 0..4).prop_map(Formula::Sum),
            proptest::collection::vec(piece, 0..4).prop_map(Formula::Concatenation),
        ]
    }

    fn condition() -> impl Strategy<Value = Condition> {
        let test = prop_oneof![
            Just(Test::Filled),
            Just(Test::Empty),
            proptest::collection::vec(".{0,4}", 0..3).prop_map(Test::OneOf),
            proptest::collection::vec(".{0,4}", 0..3).prop_map(Test::NoneOf),
        ];
        (id(), test).prop_map(|(field, is)| Condition { field, is })
    }

    prop_compose! {
        fn style()(
            font in sample::select(&[Font::Sans, Font::Serif, Font::Mono][..]),
            align in sample::select(&[Align::Left, Align::Centre, Align::Right][..]),
            size in of(length()), colour in of("#[0-9a-f]{6}"), flags: [bool; 3],
        ) -> TextStyle {
            let [bold, italic, underline] = flags;
            TextStyle { font, size, colour, bold, italic, underline, align }
        }
    }

    prop_compose! {
        fn field()(
            (id, kind, document, page) in (id(), kind(), 0u16..9, 0u32..999),
            (x, y, width, height) in (length(), length(), length(), length()),
            (recipient, tab_order, characters_max) in (0u16..60, of(0u16..99), of(0u16..200)),
            [required, read_only, confidential] in any::<[bool; 3]>(),
            (label, value, placeholder, hint) in (".{0,9}", ".{0,9}", ".{0,9}", ".{0,9}"),
            (group, capture_key, merge_key, origin) in (of(".{0,9}"), of(".{0,9}"), of(".{0,9}"), of(".{0,9}")),
            (form_field, form_option) in (of(".{0,9}"), of(".{0,9}")),
            options in proptest::collection::vec((".{0,5}", of(".{0,5}")), 0..4),
            (check, style, only_if, formula) in (check(), style(), of(condition()), of(formula())),
            list in of(sample::select(&LISTS[..])), types in sample::subsequence(&TYPES[..], 0..=3),
            bytes_max in of(any::<u64>()), (tag_text, placed) in (of(tag_text()), any::<bool>()),
        ) -> FieldDraft {
            let options = options.into_iter().map(|(label, value)| Choice { label, value }).collect();
            FieldDraft {
                id, kind, document, page, rect: Rect { x, y, width, height }, recipient, required, label, read_only,
                value: value.into(), placeholder, hint, check, characters_max, choices: Choices { options, list },
                files: FileWishes { types, bytes_max }, group, style, tab_order, only_if, formula,
                capture_key, merge_key, confidential, form_field, form_option, origin, tag_text,
                placing: if placed { Placing::Recipient } else { Placing::Sender },
            }
        }
    }

    prop_compose! {
        fn tag_text()(
            remove in any::<bool>(), page in 0u32..999,
            places in proptest::collection::vec((length(), length(), length(), length()), 0..4),
        ) -> TagText {
            let what = if remove { TagTextWish::Remove } else { TagTextWish::Cover };
            let places = places.into_iter().map(|(x, y, width, height)| Rect { x, y, width, height });
            TagText { what, page, places: places.collect() }
        }
    }

    proptest! {
        #[test]
        fn whatever_a_draft_holds_is_told_and_read_back_unchanged(field in field()) {
            let told = serde_json::to_string(&WireField::from_draft(&field)).unwrap();
            let read: WireField = serde_json::from_str(&told).unwrap();
            prop_assert_eq!(read.into_draft(0).map_err(|it| it.detail), Ok(field));
        }
    }

    #[test]
    fn what_is_not_said_is_what_is_usual_for_the_type() {
        let read = |json: &str| serde_json::from_str::<WireField>(json).unwrap().into_draft(4).unwrap();
        let signature = read(r#"{"type":"signature","page":1,"x":10,"y":20}"#);
        assert_eq!((signature.id.0.as_str(), signature.recipient, signature.required), ("field_5", 1, true));
        assert_eq!((signature.rect.width.get(), signature.rect.height.get()), (165.0, 37.0));
        let words = read(r#"{"type":"free_text","page":1,"x":10,"y":20,"value":"Annex A"}"#);
        assert_eq!((words.recipient, words.required), (0, false));
    }
}
