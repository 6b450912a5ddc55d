//! Where the document's own form has its fields, and what each of them asks for (12.7.5).

use std::collections::HashMap;

use crate::document::Document;
use crate::error::Error;
use crate::fields::{Field, FieldKind};
use crate::geometry::{Page, Rect};
use crate::object::{Object, ObjectId};

/// So many options of one field are told.
const OPTIONS_MAX: usize = 500;

/// What a field of the form is, in the words of 12.7.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// A line of text.
    Text,
    /// Several lines.
    Multiline,
    /// One box for each character.
    Comb,
    /// A box to tick.
    Checkbox,
    /// Buttons of which one is chosen.
    Radio,
    /// A list to choose from.
    Choice,
    /// A place to sign.
    Signature,
}

/// A field of the form where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPlace {
    /// Its full name.
    pub name: String,
    /// What it is.
    pub kind: FormKind,
    /// What it is called for people (`/TU`); empty where it says nothing.
    pub label: String,
    /// The page of its first widget, from 1.
    pub page: u32,
    /// That widget on the page as it is shown.
    pub rect: Rect,
    /// It has to be filled (`/Ff`, bit 2).
    pub required: bool,
    /// It cannot be filled (`/Ff`, bit 1), or it is a signature that was made already.
    pub closed: bool,
    /// `/MaxLen`.
    pub characters_max: Option<u16>,
    /// What can be chosen, as people read it.
    pub options: Vec<String>,
    /// Of radio buttons: each where it stands.
    pub buttons: Vec<ButtonPlace>,
}

/// One of the buttons of a radio group where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ButtonPlace {
    /// The name of its state that is not `/Off`: what the group's value is while it is chosen (12.7.5.2.4).
    pub state: String,
    /// What it is called for people: its option (`/Opt`), else its own `/TU`, else its state.
    pub label: String,
    /// Its page, from 1.
    pub page: u32,
    /// The place on the page as it is shown.
    pub rect: Rect,
}

const READ_ONLY: i64 = 1;
const REQUIRED: i64 = 1 << 1;
const MULTILINE: i64 = 1 << 12;
const RADIO: i64 = 1 << 15;
const PUSH_BUTTON: i64 = 1 << 16;
const COMB: i64 = 1 << 24;

impl Document {
    /// The fields of the form that stand on a page, in the order of the form; a field with several widgets once, at the
    /// first. Push buttons and what is damaged are passed over.
    ///
    /// # Errors
    /// `TooComplex`, `Read`.
    pub fn form_places(&self) -> Result<Vec<FormPlace>, Error> {
        let fields = self.fields()?;
        let rects = self.rects_of(&fields)?;
        let mut places = Vec::new();
        for field in &fields {
            let place = field.widgets.first().and_then(|widget| rects.get(widget));
            let Some((page, rect)) = place.copied() else { continue };
            if let Some(mut made) = self.form_place(field, page, rect)? {
                if made.kind == FormKind::Radio {
                    made.buttons = self.button_places(field, &made.options, &rects)?;
                }
                places.push(made);
            }
        }
        Ok(places)
    }

    fn form_place(&self, field: &Field, page: u32, rect: Rect) -> Result<Option<FormPlace>, Error> {
        let has = |flag: i64| field.flags & flag != 0;
        let node = match field.id {
            Some(id) => intact(self.head(id))?,
            None => Object::Null,
        };
        let entry = |key: &str| match node.as_dictionary() {
            Some(dictionary) => intact(self.lookup(dictionary, key)),
            None => Ok(Object::Null),
        };
        let characters_max = entry("MaxLen")?.as_integer().and_then(|most| u16::try_from(most).ok());
        let kind = match field.kind {
            FieldKind::Text if has(MULTILINE) => FormKind::Multiline,
            FieldKind::Text if has(COMB) && characters_max.is_some() => FormKind::Comb,
            FieldKind::Text => FormKind::Text,
            FieldKind::Button if has(PUSH_BUTTON) => return Ok(None),
            FieldKind::Button if has(RADIO) => FormKind::Radio,
            FieldKind::Button => FormKind::Checkbox,
            FieldKind::Choice => FormKind::Choice,
            FieldKind::Signature => FormKind::Signature,
            FieldKind::Unknown => return Ok(None),
        };
        let mut options = Vec::new();
        for option in entry("Opt")?.as_array().unwrap_or_default().iter().take(OPTIONS_MAX) {
            let option = intact(self.resolve(option))?;
            // An option is its words, or a pair of what is exported and its words (12.7.5.4).
            let words = match option.as_array() {
                Some([_, words, ..]) => intact(self.resolve(words))?.as_text(),
                _ => option.as_text(),
            };
            options.extend(words);
        }
        let signed = kind == FormKind::Signature && !field.value.is_null();
        Ok(Some(FormPlace {
            name: field.name.clone(),
            kind,
            label: entry("TU")?.as_text().unwrap_or_default(),
            page,
            rect,
            required: has(REQUIRED),
            closed: has(READ_ONLY) || signed,
            characters_max,
            options,
            buttons: Vec::new(),
        }))
    }

    /// The buttons of a group. One whose state is written in no letters, or stands on no page, is passed over.
    fn button_places(
        &self,
        field: &Field,
        options: &[String],
        rects: &HashMap<ObjectId, (u32, Rect)>,
    ) -> Result<Vec<ButtonPlace>, Error> {
        let mut places = Vec::new();
        for (index, widget) in field.widgets.iter().enumerate() {
            let Some((page, rect)) = rects.get(widget).copied() else { continue };
            let Some(state) = self.button_state(*widget)? else { continue };
            let own = match intact(self.head(*widget))?.as_dictionary() {
                Some(dictionary) => intact(self.lookup(dictionary, "TU"))?.as_text(),
                None => None,
            };
            let label = options.get(index).cloned().or(own).unwrap_or_else(|| state.clone());
            places.push(ButtonPlace { state, label, page, rect });
        }
        Ok(places)
    }

    /// What the form calls the state of a button that is chosen or ticked: that of its appearances which is not `/Off`.
    /// None where it has none, or calls it by bytes that are no letters.
    pub(crate) fn button_state(&self, widget: ObjectId) -> Result<Option<String>, Error> {
        let head = intact(self.head(widget))?;
        let Some(widget) = head.as_dictionary() else { return Ok(None) };
        let appearances = intact(self.lookup(widget, "AP"))?;
        let Some(appearances) = appearances.as_dictionary() else { return Ok(None) };
        let states = intact(self.lookup(appearances, "N"))?;
        let Some(states) = states.as_dictionary() else { return Ok(None) };
        let on = states.iter().find(|(state, _)| *state != "Off");
        Ok(on.and_then(|(state, _)| String::from_utf8(state.as_bytes().to_vec()).ok()))
    }

    /// Where the first widget of each field is, and every one of a group of radio buttons.
    fn rects_of(&self, fields: &[Field]) -> Result<HashMap<ObjectId, (u32, Rect)>, Error> {
        let all = |field: &Field| if field.flags & RADIO == 0 { 1 } else { usize::MAX };
        let mut wanted: HashMap<ObjectId, Option<(u32, Rect)>> = fields
            .iter()
            .flat_map(|field| field.widgets.iter().take(all(field)))
            .map(|widget| (*widget, None))
            .collect();
        for number in 1..=self.page_count()? {
            if wanted.is_empty() {
                break;
            }
            let page = self.page(number)?;
            let annotations = intact(self.lookup(&page.dictionary, "Annots"))?;
            for id in annotations.as_array().unwrap_or_default().iter().filter_map(Object::as_reference) {
                if let Some(place) = wanted.get_mut(&id).filter(|place| place.is_none()) {
                    *place = self.rect_of(id, &page)?.map(|rect| (number, rect));
                }
            }
        }
        Ok(wanted.into_iter().filter_map(|(id, place)| Some((id, place?))).collect())
    }

    fn rect_of(&self, widget: ObjectId, page: &Page) -> Result<Option<Rect>, Error> {
        let widget = intact(self.head(widget))?;
        let Some(dictionary) = widget.as_dictionary() else { return Ok(None) };
        let corners = intact(self.lookup(dictionary, "Rect"))?;
        let numbers: Vec<f64> =
            corners.as_array().unwrap_or_default().iter().filter_map(Object::as_number).collect();
        Ok(<[f64; 4]>::try_from(numbers).ok().map(|corners| page.from_user_space(corners)))
    }
}

/// What cannot be read is nothing here; what takes too much work stays an error.
fn intact(read: Result<Object, Error>) -> Result<Object, Error> {
    match read {
        Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => Err(limit),
        other => Ok(other.unwrap_or(Object::Null)),
    }
}
