//! Where the field of a tag stands.

use super::field;
use envelope::tags::{Grammar, rect_at};
use envelope::{PageSize, Points, Rect};

const PAGE: PageSize = PageSize { width: Points(595_000), height: Points(842_000) };

fn at(grammar: Grammar, text: &str, x: f64, y: f64) -> Rect {
    rect_at(grammar, &field(grammar, text), Rect::new(x, y, 80.0, 10.0).expect("lengths on a page"), PAGE)
}

#[test]
fn its_upper_left_corner_is_the_tags() {
    let rect = at(Grammar::Own, "{{text:1 width=200 height=20}}", 72.0, 300.0);
    assert_eq!(rect, Rect::new(72.0, 300.0, 200.0, 20.0).unwrap());
    let usual = at(Grammar::Own, "{{signature:1}}", 72.0, 300.0);
    assert_eq!(usual, Rect::new(72.0, 300.0, 165.0, 37.0).unwrap());
    let xodo = at(Grammar::Xodo, "[sig|req|signer1]", 72.0, 300.0);
    assert_eq!(xodo, Rect::new(72.0, 300.0, 120.0, 35.0).unwrap());
}

#[test]
fn a_place_of_signatureapi_stands_on_its_tag() {
    let rect = at(Grammar::SignatureApi, "[[client.signature]]", 72.0, 300.0);
    assert_eq!(rect, Rect::new(72.0, 273.0, 165.0, 37.0).unwrap());
}

#[test]
fn it_stays_on_its_page() {
    let right = at(Grammar::Own, "{{text:1 width=200 height=20}}", 590.0, 840.0);
    assert_eq!((right.x, right.y), (Points(395_000), Points(822_000)));
    let top = at(Grammar::SignatureApi, "[[client.signature]]", 72.0, 5.0);
    assert_eq!(top.y, Points(0));
    let large = at(Grammar::Own, "{{text:1 width=900 height=900}}", 72.0, 300.0);
    assert_eq!(large, Rect::new(0.0, 0.0, 900.0, 900.0).unwrap(), "which the rules of drafts refuse");
}
