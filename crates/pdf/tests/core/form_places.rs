//! Where a document's own form has its fields.

use crate::small::{Small, open};
use pdf::FormKind;

const FORM: &str = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]>>>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]>>";

fn form() -> Small {
    Small::one_page()
        .with(1, FORM)
        .with(3, PAGE)
        .with(5, "<</FT/Tx/T(city)/TU(Your city)/Ff 2/MaxLen 30/Subtype/Widget/Rect[10 10 60 30]>>")
        .with(6, "<</FT/Ch/T(colour)/Opt[(red)[(b)(blue)]]/Subtype/Widget/Rect[10 40 60 60]>>")
        .with(7, "<</FT/Btn/T(agree)/Subtype/Widget/Rect[70 10 80 20]>>")
        .with(8, "<</FT/Btn/Ff 65536/T(print)/Subtype/Widget/Rect[90 10 99 20]>>")
        .with(9, "<</FT/Sig/T(sign)/V<</Type/Sig>>/Subtype/Widget/Rect[100 10 150 30]>>")
}

#[test]
fn the_fields_of_a_form_are_told_with_kind_place_and_what_they_ask_for() {
    let places = open(&form().table()).expect("opens").form_places().expect("can be read");

    let told: Vec<_> = places.iter().map(|it| (it.name.as_str(), it.kind, it.closed)).collect();
    assert_eq!(
        told,
        [
            ("city", FormKind::Text, false),
            ("colour", FormKind::Choice, false),
            ("agree", FormKind::Checkbox, false),
            ("sign", FormKind::Signature, true),
        ]
    );
    let city = &places[0];
    assert_eq!((city.label.as_str(), city.required, city.characters_max), ("Your city", true, Some(30)));
    assert_eq!(
        (city.page, city.rect.x, city.rect.y, city.rect.width, city.rect.height),
        (1, 10.0, 70.0, 50.0, 20.0)
    );
    assert_eq!(places[1].options, ["red", "blue"]);
}

#[test]
fn a_field_that_stands_on_no_page_is_passed_over() {
    let lost = form().with(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[5 0 R 99 0 R]>>");

    let places = open(&lost.table()).expect("opens").form_places().expect("can be read");

    assert_eq!(places.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["city"]);
}
