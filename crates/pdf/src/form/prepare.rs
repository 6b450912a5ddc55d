//! Laying out a form before anyone signs: one revision with blank widgets and, in a test, the test mark.

mod test_mark;
mod widget;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::register::{FormChange, add_annotations, change_form};
use super::{Error, act};
use crate::appearance::Shared;
use crate::document::Document;
use crate::geometry::{Page, Rect};
use crate::object::ObjectId;
use crate::revision::{Revision, Tail};

/// What is to be laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The widgets, blank. None goes into a document that came signed: pass an empty list there.
    pub widgets: Vec<Widget>,
    /// Words to be printed across every page, light and outlined ("TEST"). Page content, so none in a document that
    /// came signed.
    pub test_mark: Option<String>,
}

/// One field with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Widget {
    /// Its name, unique in the document, without a full stop. By role and number, never by person.
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
}

/// What a widget takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WidgetKind {
    /// A text.
    Text,
    /// On or off.
    CheckBox,
    /// A further place of a signature, or initials: a push button whose appearance the act sets (a signature field
    /// itself has exactly one widget, ISO 32000-2 12.7.5.5).
    Mark,
}

/// The revision that lays the plan out, or none where there is nothing to lay out.
///
/// # Errors
/// `FieldTaken`, `BadName`, `BadPlace`, `Ink` (a test mark without glyphs), and what reading the document gives.
pub fn prepare(document: &Document, plan: &Plan) -> Result<Option<Tail>, Error> {
    if plan.widgets.is_empty() && plan.test_mark.is_none() {
        return Ok(None);
    }
    let mut revision = Revision::new(document)?;
    if let Some(words) = &plan.test_mark {
        test_mark::print(&mut revision, words)?;
    }
    if !plan.widgets.is_empty() {
        lay_out(&mut revision, &plan.widgets)?;
    }
    Ok(Some(revision.finish()?))
}

fn lay_out(revision: &mut Revision<'_>, widgets: &[Widget]) -> Result<(), Error> {
    check(revision, widgets)?;
    let mut shared = Shared::new();
    let mut pages: BTreeMap<u32, (Page, Vec<ObjectId>)> = BTreeMap::new();
    let mut change = FormChange::default();
    for widget in widgets {
        let (page, on_page) = match pages.entry(widget.page) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert((revision.document().page(widget.page)?, Vec::new())),
        };
        let id = widget::put_blank(revision, &mut shared, widget, page);
        on_page.push(id);
        change.fields.push(id);
        change.default_font |= widget.kind == WidgetKind::Text;
    }
    for (page, on_page) in pages.values() {
        add_annotations(revision, page.id, on_page)?;
    }
    change_form(revision, &change)?;
    shared.finish(revision);
    Ok(())
}

fn check(revision: &Revision<'_>, widgets: &[Widget]) -> Result<(), Error> {
    let there = revision.document().fields()?;
    let mut names = BTreeSet::new();
    for widget in widgets {
        act::check_new_name(&widget.name)?;
        act::check_place(&widget.name, &widget.rect)?;
        let is_taken =
            there.iter().any(|field| field.name == widget.name) || act::is_group(&there, &widget.name);
        if is_taken || !names.insert(&widget.name) {
            return Err(Error::FieldTaken(widget.name.clone()));
        }
    }
    Ok(())
}
