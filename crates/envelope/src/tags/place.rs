//! Where the field of a tag stands.

use super::grammar::Grammar;
use super::wish::FieldWish;
use crate::model::draft::PageSize;
use crate::model::points::{Points, Rect};

/// The place of a field whose tag stands here on a page of this size. A field that would run over an edge of the page is
/// moved back onto it; one that is larger than the page begins in its corner, and the rules of drafts refuse it.
pub fn rect_at(grammar: Grammar, wish: &FieldWish, tag: Rect, page: PageSize) -> Rect {
    let usual = wish.field.kind.usual_size();
    let or = |given: Option<Points>, usual: f64| given.or_else(|| Points::new(usual)).unwrap_or_default();
    let (width, height) = (or(wish.width, usual.0), or(wish.height, usual.1));
    let top = if grammar.stands_on_its_tag() { tag.y.0 + tag.height.0 - height.0 } else { tag.y.0 };
    let within = |at: i64, size: Points, edge: Points| Points(at.min(edge.0 - size.0).max(0));
    Rect { x: within(tag.x.0, width, page.width), y: within(top, height, page.height), width, height }
}
