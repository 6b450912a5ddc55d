//! Words and lines of the sender as page content: every signature covers them, and no later act can change them, as it
//! could a form field that nobody has locked yet. The words stay text, to be searched and read aloud.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::overlay::{put_save, wrap};
use super::{Inscription, Written};
use crate::appearance::{Canvas, Frame, InkRefusal, Shared, deflated, number, text_block};
use crate::fonts::NewObjects;
use crate::form::{Error, act, edit};
use crate::geometry::{Page, Rect};
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// Thickness of a line through the text below it, in points.
const STRIKE: f64 = 1.2;

pub(super) fn write(revision: &mut Revision<'_>, inscriptions: &[Inscription]) -> Result<(), Error> {
    let mut pages: BTreeMap<u32, Vec<&Inscription>> = BTreeMap::new();
    for inscription in inscriptions {
        act::check_place("", &inscription.rect)?;
        pages.entry(inscription.page).or_default().push(inscription);
    }
    if pages.is_empty() {
        return Ok(());
    }
    let save = put_save(revision);
    let mut shared = Shared::new();
    for (number, inscriptions) in pages {
        let page = revision.document().page(number)?;
        write_page(revision, &mut shared, &page, save, &inscriptions)?;
    }
    shared.finish(revision);
    Ok(())
}

fn write_page(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    page: &Page,
    save: ObjectId,
    inscriptions: &[&Inscription],
) -> Result<(), Error> {
    let resources = match edit::lookup(revision, &edit::dictionary(revision, page.id)?, "Resources")? {
        // Text may have been taken out of this page before.
        Object::Dictionary(own) => own,
        _ => page.resources.clone(),
    };
    let mut forms = match edit::lookup(revision, &resources, "XObject")? {
        Object::Dictionary(forms) => forms,
        _ => Dictionary::new(),
    };
    let before = forms.len();
    let mut content = String::from("Q\n");
    for inscription in inscriptions {
        match &inscription.what {
            Written::Words(words) => {
                let (id, frame) = put_words(revision, shared, page, inscription, words)?;
                let name = free_name(&forms);
                forms.set(&name, id);
                let [x, y] = origin(page, inscription.rect, &frame);
                let scale = number_of(1.0 / page.user_unit);
                let _ =
                    writeln!(content, "q\n{scale} 0 0 {scale} {} {} cm\n/{name} Do\nQ", number(x), number(y));
            }
            Written::Strike => content.push_str(&strike(page, inscription)),
            Written::Cover => content.push_str(&filled(page, beyond_the_letters(inscription.rect), [1.0; 3])),
        }
    }
    if forms.len() > before {
        // The page's resources may be inherited or shared: this page gets its own.
        let mut page_dictionary = edit::dictionary(revision, page.id)?;
        let mut resources = resources;
        resources.set("XObject", forms);
        page_dictionary.set("Resources", resources);
        revision.put(page.id, page_dictionary);
    }
    let added = revision.allocate();
    revision.put(added, deflated(Dictionary::new(), content.as_bytes()));
    Ok(wrap(revision, page.id, save, added)?)
}

fn put_words(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    page: &Page,
    inscription: &Inscription,
    words: &str,
) -> Result<(ObjectId, Frame), Error> {
    let missing = inscription.style.missing(words);
    if !missing.is_empty() {
        return Err(InkRefusal::TextNotDrawable { missing }.into());
    }
    let frame = Frame::on(page, inscription.rect);
    let objects: &mut dyn NewObjects = revision;
    let id = objects.allocate();
    let mut canvas = Canvas::new(objects, shared);
    text_block(&mut canvas, frame.area(), words, &inscription.style);
    let form = canvas.into_form(&frame);
    revision.put(id, form);
    Ok((id, frame))
}

/// Where the origin of a form has to lie for it to fill its place: its /Matrix turns it around that origin.
fn origin(page: &Page, rect: Rect, frame: &Frame) -> [f64; 2] {
    let [left, bottom, ..] = page.to_user_space(rect);
    let [a, b, c, d, ..] = frame.matrix;
    let lowest = |across: f64, up: f64| (across * frame.width).min(0.0) + (up * frame.height).min(0.0);
    [left - lowest(a, c) / page.user_unit, bottom - lowest(b, d) / page.user_unit]
}

/// Brackets and accents reach above and below what a font says of its letters: a cover is higher than the text by so
/// much of it on both sides, which is less than what lines leave between them.
const BEYOND: f64 = 0.1;

fn beyond_the_letters(rect: Rect) -> Rect {
    let Rect { x, y, width, height } = rect;
    let more = BEYOND * width.min(height);
    // Text that runs up or down the page reaches to its sides.
    if width >= height {
        Rect { x, y: y - more, width, height: height + 2.0 * more }
    } else {
        Rect { x: x - more, y, width: width + 2.0 * more, height }
    }
}

fn strike(page: &Page, inscription: &Inscription) -> String {
    let Rect { x, y, width, height } = inscription.rect;
    let thick = STRIKE.min(width).min(height);
    let line = if width >= height {
        Rect { x, y: y + (height - thick) / 2.0, width, height: thick }
    } else {
        Rect { x: x + (width - thick) / 2.0, y, width: thick, height }
    };
    filled(page, line, inscription.style.colour)
}

fn filled(page: &Page, rect: Rect, colour: [f64; 3]) -> String {
    let [left, bottom, right, top] = page.to_user_space(rect);
    let [red, green, blue] = colour.map(number);
    let (wide, high) = (number(right - left), number(top - bottom));
    format!(
        "/Artifact BMC\nq\n{red} {green} {blue} rg\n{} {} {wide} {high} re f\nQ\nEMC\n",
        number(left),
        number(bottom)
    )
}

/// A name that the page does not use yet.
fn free_name(forms: &Dictionary) -> String {
    let mut number = forms.len();
    loop {
        let name = format!("CsWords{number}");
        if !forms.has(&name) {
            return name;
        }
        number += 1;
    }
}

/// A scale, with more decimals than a place on the page needs.
fn number_of(scale: f64) -> String {
    let written = format!("{scale:.6}");
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}
