//! Laying out a form before anyone signs: one revision with blank widgets, words and lines of the sender and, in a
//! test, the test mark.

mod erase;
mod inscription;
mod overlay;
mod radio;
mod taken;
mod test_mark;
mod widget;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::register::{FormChange, add_annotations, change_form};
use super::{Error, act};
use crate::appearance::{Shared, TextStyle};
use crate::document::Document;
use crate::geometry::{Page, Rect};
use crate::object::ObjectId;
use crate::revision::{Revision, Tail};

/// What is to be laid out. All but the widgets and the fields that are taken is page content; nothing of it goes into
/// a document that came signed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The widgets, blank.
    pub widgets: Vec<Widget>,
    /// Full names of fields of the document itself that take values later: from now on nobody types into them.
    pub taken: Vec<String>,
    /// Places whose text is taken out of the page, each with the number of its page, from 1; glyphs whose middle lies in one.
    pub erased: Vec<(u32, Rect)>,
    /// Words and lines of the sender.
    pub inscriptions: Vec<Inscription>,
    /// Words to be printed across every page, light and outlined ("TEST").
    pub test_mark: Option<String>,
}

/// One field with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Widget {
    /// Its name, unique in the document, without a full stop. By role and number, never by person. The buttons of one
    /// radio group share it.
    pub name: String,
    /// What it takes.
    pub kind: WidgetKind,
    /// Page, from 1.
    pub page: u32,
    /// Place on the page as shown, in points from the top left corner.
    pub rect: Rect,
    /// What a screen reader says of it (/TU).
    pub label: String,
    /// Whether it has to be filled.
    pub required: bool,
    /// How its text will look; readers that continue the form are told size, colour and side.
    pub style: TextStyle,
}

/// What a widget takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WidgetKind {
    /// A line of text.
    Text,
    /// Text of several lines.
    Lines,
    /// Text with so many boxes, one for each character.
    Boxes(u16),
    /// One of these options.
    Choice(Vec<Choice>),
    /// On or off.
    CheckBox,
    /// A button of the radio group of this name; those of one group are numbered in the order in which they come.
    Radio,
    /// A further place of a signature, initials, or a picture: a push button whose appearance the act sets (a
    /// signature field itself has exactly one widget, ISO 32000-2 12.7.5.5).
    Mark,
}

/// One option of a drop-down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What programs are told.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// Something of the sender that becomes page content.
#[derive(Debug, Clone, PartialEq)]
pub struct Inscription {
    /// Page, from 1.
    pub page: u32,
    /// Place on the page as shown, in points from the top left corner.
    pub rect: Rect,
    /// How it looks; of a line, its colour.
    pub style: TextStyle,
    /// What it is.
    pub what: Written,
}

/// What a sender can write on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Words, from the top of the box down.
    Words(String),
    /// A line through the middle of the box, along its longer side.
    Strike,
    /// A white box over what stands there, a little higher than it: it is not seen any more and is text all the same.
    Cover,
}

/// The revision that lays the plan out, or none where there is nothing to lay out.
///
/// # Errors
/// `FieldTaken`, `NoSuchField`, `BadName`, `BadPlace`, `NoTextThere`, `TextShared`, `Ink` (words without glyphs), and what reading the document
/// gives.
pub fn prepare(document: &Document, plan: &Plan) -> Result<Option<Tail>, Error> {
    if *plan == Plan::default() {
        return Ok(None);
    }
    let mut revision = Revision::new(document)?;
    erase::erase(&mut revision, &plan.erased)?;
    inscription::write(&mut revision, &plan.inscriptions)?;
    if let Some(words) = &plan.test_mark {
        test_mark::print(&mut revision, words)?;
    }
    taken::take(&mut revision, &plan.taken)?;
    if !plan.widgets.is_empty() || !plan.taken.is_empty() {
        lay_out(&mut revision, &plan.widgets)?;
    }
    Ok(Some(revision.finish()?))
}

fn lay_out(revision: &mut Revision<'_>, widgets: &[Widget]) -> Result<(), Error> {
    check(revision, widgets)?;
    let mut shared = Shared::new();
    let mut pages: BTreeMap<u32, (Page, Vec<ObjectId>)> = BTreeMap::new();
    let mut change = FormChange::default();
    let mut groups = radio::Groups::default();
    for widget in widgets {
        let (page, on_page) = match pages.entry(widget.page) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert((revision.document().page(widget.page)?, Vec::new())),
        };
        on_page.push(if widget.kind == WidgetKind::Radio {
            groups.put_button(revision, &mut shared, widget, page)
        } else {
            let id = widget::put_blank(revision, &mut shared, widget, page);
            change.fields.push(id);
            id
        });
        change.default_font |= widget.kind.is_text();
    }
    change.fields.extend(groups.put(revision));
    for (page, on_page) in pages.values() {
        add_annotations(revision, page.id, on_page)?;
    }
    change_form(revision, &change)?;
    shared.finish(revision);
    Ok(())
}

fn check(revision: &Revision<'_>, widgets: &[Widget]) -> Result<(), Error> {
    let there = revision.document().fields()?;
    let mut names: BTreeMap<&str, bool> = BTreeMap::new();
    let theirs: BTreeSet<&str> = there.iter().map(|field| field.name.as_str()).collect();
    for widget in widgets {
        act::check_new_name(&widget.name)?;
        act::check_place(&widget.name, &widget.rect)?;
        let radio = widget.kind == WidgetKind::Radio;
        let is_taken = theirs.contains(widget.name.as_str()) || act::is_group(&there, &widget.name);
        let is_repeated = names.insert(&widget.name, radio).is_some_and(|before| !(before && radio));
        if is_taken || is_repeated {
            return Err(Error::FieldTaken(widget.name.clone()));
        }
    }
    Ok(())
}

impl WidgetKind {
    fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Lines | Self::Boxes(_) | Self::Choice(_))
    }
}
