//! What annotations and form fields show belongs to the page as it is shown (12.5.5).

use super::forgive::{forgive, look, look_in};
use super::interpreter::Interpreter;
use super::matrix::Matrix;
use crate::document::Document;
use crate::error::Error;
use crate::geometry::Page;
use crate::limits::PAGE_ANNOTATIONS_MAX;
use crate::object::{Dictionary, Object};

/// Flags of an annotation that nobody sees: Hidden and `NoView` (table 167).
const UNSEEN: i64 = 1 << 1 | 1 << 5;

impl Interpreter<'_> {
    /// Runs the appearances of the page's annotations in their order.
    pub(super) fn annotations(&mut self, page: &Page) -> Result<(), Error> {
        let Object::Array(annotations) = look(self.document, &page.dictionary, "Annots")? else {
            return Ok(());
        };
        for annotation in annotations.iter().take(PAGE_ANNOTATIONS_MAX) {
            let Object::Dictionary(annotation) = forgive(self.document.resolve(annotation), Object::Null)?
            else {
                continue;
            };
            let flags = look(self.document, &annotation, "F")?.as_integer().unwrap_or(0);
            if flags & UNSEEN != 0 || annotation.is("Subtype", "Popup") {
                continue;
            }
            if let Some((form, matrix)) = appearance(self.document, &annotation)? {
                self.form(&form, None, matrix.then(Matrix::shown(page)), 0)?;
            }
        }
        Ok(())
    }
}

/// The form that an annotation shows, and where (algorithm 8 of 12.5.5, without the form's own matrix).
fn appearance(document: &Document, annotation: &Dictionary) -> Result<Option<(Object, Matrix)>, Error> {
    let appearances = look_in(document, annotation, "AP")?;
    let Some(mut form) = appearances.get("N").cloned() else { return Ok(None) };
    let mut head = head(document, &form)?;
    // Without /BBox it is no form but one form for each state.
    if !head.has("BBox") {
        let state = look(document, annotation, "AS")?;
        let Some(chosen) = head.iter().find(|(key, _)| Some(*key) == state.as_name()) else {
            return Ok(None);
        };
        form = chosen.1.clone();
        head = self::head(document, &form)?;
    }
    let numbers = |dictionary, key| super::font::numbers::<4>(document, dictionary, key);
    let (Some(rect), Some(bounds)) = (numbers(annotation, "Rect")?, numbers(&head, "BBox")?) else {
        return Ok(None);
    };
    let own = super::font::numbers::<6>(document, &head, "Matrix")?.map_or(Matrix::IDENTITY, Matrix);
    let [left, bottom, right, top] = bounds;
    let corners = [(left, bottom), (left, top), (right, bottom), (right, top)].map(|(x, y)| own.point(x, y));
    let ends = |axis: usize| {
        corners
            .iter()
            .filter_map(|corner| corner.get(axis))
            .fold((f64::MAX, f64::MIN), |(low, high), place| (low.min(*place), high.max(*place)))
    };
    let ((x0, x1), (y0, y1)) = (ends(0), ends(1));
    let scale = |from: f64, to: f64| if from > 0.0 { to / from } else { 1.0 };
    let across = scale(x1 - x0, (rect[2] - rect[0]).abs());
    let up = scale(y1 - y0, (rect[3] - rect[1]).abs());
    let matrix =
        Matrix([across, 0.0, 0.0, up, rect[0].min(rect[2]) - x0 * across, rect[1].min(rect[3]) - y0 * up]);
    Ok(Some((form, matrix)).filter(|_| matrix.is_finite()))
}

fn head(document: &Document, object: &Object) -> Result<Dictionary, Error> {
    let object = match object.as_reference() {
        Some(id) => forgive(document.head(id), Object::Null)?,
        None => object.clone(),
    };
    Ok(object.as_dictionary().cloned().unwrap_or_default())
}
