//! Every kind of field: laid out blank, filled in an act, read back.

use super::*;
use crate::appearance::{Align, Family};

fn style(family: Family, align: Align) -> TextStyle {
    TextStyle { family, align, ..TextStyle::default() }
}

fn styled(name: &str, kind: WidgetKind, rect: Rect, style: TextStyle) -> Widget {
    Widget { style, ..widget(name, kind, 1, rect) }
}

fn option(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

fn bold_blue() -> TextStyle {
    let colour = [0.1, 0.2, 0.7];
    TextStyle { bold: true, italic: true, underline: true, size: Some(10.0), colour, ..TextStyle::default() }
}

/// A widget of every kind, one below the other.
fn every_kind() -> Vec<Widget> {
    let place = |row: u32, height: f64| rect(60.0, 40.0 + 46.0 * f64::from(row), 180.0, height);
    let choices = WidgetKind::Choice(vec![option("BE", "Belgium"), option("CH", "Switzerland")]);
    let button = |x: f64| rect(x, 40.0 + 46.0 * 6.0, 14.0, 14.0);
    vec![
        styled("text", WidgetKind::Text, place(0, 18.0), bold_blue()),
        styled("lines", WidgetKind::Lines, place(1, 40.0), style(Family::Serif, Align::Left)),
        styled("boxes", WidgetKind::Boxes(8), place(2, 20.0), style(Family::Mono, Align::Left)),
        styled("number", WidgetKind::Text, place(3, 18.0), style(Family::Mono, Align::Right)),
        styled("choice", choices, place(4, 18.0), style(Family::Sans, Align::Centre)),
        widget("check", WidgetKind::CheckBox, 1, place(5, 14.0)),
        widget("radio", WidgetKind::Radio, 1, button(60.0)),
        widget("radio", WidgetKind::Radio, 1, button(90.0)),
        widget("radio", WidgetKind::Radio, 1, button(120.0)),
        widget("image", WidgetKind::Mark, 1, place(7, 40.0)),
    ]
}

fn text(name: &str, value: &str, style: TextStyle) -> Fill {
    Fill::Text { name: name.to_owned(), value: value.to_owned(), style }
}

fn every_fill() -> Vec<Fill> {
    let lines = "First line of a longer remark that has to be broken somewhere\nand a second one.";
    vec![
        text("text", "Bold and slanted", bold_blue()),
        text("lines", lines, style(Family::Serif, Align::Left)),
        text("boxes", "AB12ÇÉ", style(Family::Mono, Align::Left)),
        text("number", "1250.5", style(Family::Mono, Align::Right)),
        Fill::Choice {
            name: "choice".to_owned(),
            value: "CH".to_owned(),
            label: "Switzerland".to_owned(),
            style: style(Family::Sans, Align::Centre),
        },
        Fill::Check { name: "check".to_owned(), on: true },
        Fill::Radio { name: "radio".to_owned(), button: Button::Place(2) },
        Fill::Picture { name: "image".to_owned(), bytes: png() },
    ]
}

/// A red picture of 20 x 10 pixels.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 20, 10);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[200, 30, 30].repeat(200)).unwrap();
    writer.finish().unwrap();
    bytes
}

pub(super) fn value(document: &Document, name: &str) -> Option<String> {
    let fields = document.fields().unwrap();
    let field = fields.iter().find(|field| field.name == name).unwrap_or_else(|| panic!("no field {name}"));
    match &field.value {
        Object::Name(state) => Some(String::from_utf8_lossy(state.as_bytes()).into_owned()),
        text => text.as_text(),
    }
}

/// The drawing operators of the normal appearance of a field.
pub(super) fn drawing(document: &Document, name: &str) -> String {
    let field = field(document, name);
    let mut normal = field.get("AP").and_then(Object::as_dictionary).unwrap().get("N").unwrap();
    if let Some(states) = normal.as_dictionary() {
        normal = states.get("Off").unwrap();
    }
    let stream = document.get(normal.as_reference().unwrap()).unwrap();
    String::from_utf8(crate::fonts::loose::inflated(&stream)).unwrap()
}

#[test]
fn every_kind_is_laid_out_blank_filled_and_read_back_on_pages_turned_any_way() {
    for rotate in [0, 90, 180, 270] {
        let base = Sample::new(&[turned(rotate)]).with_table();
        let ready = prepared(&base, &plan(every_kind()));
        assert_sound(&ready, &format!("kinds-blank-{rotate}"));
        let document = open(&ready);
        for name in ["text", "lines", "boxes", "number", "choice"] {
            assert_eq!(value(&document, name), None, "{name} is blank");
        }
        assert_eq!(value(&document, "radio").as_deref(), Some("Off"));

        let act = Act { fills: every_fill(), ..act_of(0, 1, typed("Jane Doe")) };
        let signed = acted(&ready, &act);
        assert_sound(&signed, &format!("kinds-filled-{rotate}"));
        let document = open(&signed);
        for (name, expected) in [
            ("text", "Bold and slanted"),
            ("boxes", "AB12ÇÉ"),
            ("number", "1250.5"),
            ("choice", "CH"),
            ("check", "Yes"),
            ("radio", "2"),
        ] {
            assert_eq!(value(&document, name).as_deref(), Some(expected), "{name}");
        }
        assert!(value(&document, "lines").unwrap().ends_with("somewhere\nand a second one."));
        assert!(!form(&document).has("NeedAppearances"));
    }
}

#[test]
fn a_field_says_by_its_flags_what_it_is_and_is_not_to_be_typed_into() {
    let document = open(&prepared(&Sample::new(&[a4()]).with_table(), &plan(every_kind())));
    let flags = |name: &str| field(&document, name).get("Ff").and_then(Object::as_integer).unwrap();
    // ISO 32000-2 tables 227, 229, 231 and 233: read-only and required in each, and what the kind is.
    assert_eq!(flags("text"), 3);
    assert_eq!(flags("lines"), 3 + (1 << 12));
    assert_eq!(flags("boxes"), 3 + (1 << 24));
    assert_eq!(flags("choice"), 3 + (1 << 17));
    assert_eq!(flags("radio"), 3 + (1 << 14) + (1 << 15));
    assert_eq!(flags("image"), 3 + (1 << 16));
    assert_eq!(field(&document, "boxes").get("MaxLen"), Some(&Object::Integer(8)));
    assert_eq!(field(&document, "number").get("Q"), Some(&Object::Integer(2)));
    let options = field(&document, "choice").get("Opt").and_then(Object::as_array).unwrap().to_vec();
    assert_eq!(options[0], Object::Array(vec![Object::text("BE"), Object::text("Belgium")]));
}

#[test]
fn a_radio_group_is_one_field_whose_buttons_are_called_by_their_place_and_one_is_on() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(every_kind()));
    let signed = acted(&ready, &Act { fills: every_fill(), ..act_of(0, 1, typed("Jane")) });
    let document = open(&signed);
    let kids = field(&document, "radio").get("Kids").and_then(Object::as_array).unwrap().to_vec();
    let states: Vec<Dictionary> =
        kids.iter().map(|kid| dictionary(&document, kid.as_reference().unwrap())).collect();
    assert_eq!(states.len(), 3);
    for (place, button) in ["1", "2", "3"].iter().zip(&states) {
        let normal = document.lookup(button.get("AP").and_then(Object::as_dictionary).unwrap(), "N").unwrap();
        assert!(normal.as_dictionary().unwrap().has(place));
        assert!(button.is("AS", if *place == "2" { "2" } else { "Off" }));
        assert!(!button.has("T"));
    }
    let refused =
        fill_in(&open(&ready), &[Fill::Radio { name: "radio".to_owned(), button: Button::Place(4) }]);
    assert_eq!(refused.unwrap_err(), Error::WrongKind("radio".to_owned()));
}

#[test]
fn each_character_stands_in_the_middle_of_its_box() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(every_kind()));
    let blank = drawing(&open(&ready), "boxes");
    assert_eq!(blank.matches(" l\n").count(), 7, "the boxes are drawn before they are filled: {blank}");
    let document = open(&appended(&ready, &fill_in(&open(&ready), &every_fill()).unwrap()));
    let starts: Vec<f64> = drawing(&document, "boxes")
        .lines()
        .filter_map(|line| line.strip_suffix(" Td")?.split(' ').next()?.parse().ok())
        .collect();
    assert_eq!(starts.len(), 6);
    // All letters are of one width, so they begin at the same distance from one another: that of the boxes.
    for pair in starts.windows(2) {
        assert!((pair[1] - pair[0] - 22.5).abs() < 0.02, "{starts:?}");
    }
}

#[test]
fn a_style_is_drawn_where_there_are_no_outlines_for_it() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(every_kind()));
    let fills = [text("text", "Hi", TextStyle { family: Family::Mono, ..bold_blue() })];
    let document = open(&appended(&ready, &fill_in(&open(&ready), &fills).unwrap()));
    insta::assert_snapshot!(drawing(&document, "text"), @r"
    /Tx BMC
    q
    0 0 180 18 re
    W n
    0.1 0.2 0.7 rg
    BT
    /CsMono 10 Tf
    0.1 0.2 0.7 RG
    0.3 w
    2 Tr
    1 0 0.21 1 2 5.43 Tm
    <00010002> Tj
    ET
    2 3.93 12 0.6 re f
    Q
    EMC
    ");
}

#[test]
fn a_long_text_of_several_lines_gets_smaller_and_starts_at_the_top() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(every_kind()));
    let sizes = |value: &str| {
        let fills = [text("lines", value, TextStyle::default())];
        let document = open(&appended(&ready, &fill_in(&open(&ready), &fills).unwrap()));
        let drawn = drawing(&document, "lines");
        let size: f64 =
            drawn.lines().find_map(|it| it.strip_suffix(" Tf")?.split(' ').nth(1)?.parse().ok()).unwrap();
        let first: f64 =
            drawn.lines().find_map(|it| it.strip_suffix(" Td")?.split(' ').nth(1)?.parse().ok()).unwrap();
        (size, first, drawn.matches(" Tj").count())
    };
    let (size, first, lines) = sizes("One");
    assert!(size == 12.0 && first > 25.0 && lines == 1, "{size} {first} {lines}");
    let (size, _, lines) = sizes(&"word ".repeat(40));
    assert!((4.0..12.0).contains(&size) && lines > 2, "{size} {lines}");
    let (size, _, lines) = sizes(&"word ".repeat(2000));
    assert!(size == 4.0 && lines < 20, "what lies below the box is not written: {size} {lines}");
}

#[test]
fn what_the_sender_writes_is_page_content_before_any_signature() {
    for rotate in [0, 90, 180, 270] {
        let base = Sample::new(&[turned(rotate)]).with_stream();
        let words = Inscription {
            page: 1,
            rect: rect(50.0, 50.0, 200.0, 40.0),
            style: style(Family::Serif, Align::Left),
            what: Written::Words("Valid until the end of the year.".to_owned()),
        };
        let strike =
            Inscription { rect: rect(50.0, 120.0, 150.0, 8.0), what: Written::Strike, ..words.clone() };
        let inscriptions = vec![words, strike];
        let test_mark = Some("TEST".to_owned());
        let ready = prepared(&base, &Plan { inscriptions, test_mark, ..Plan::default() });
        assert_sound(&ready, &format!("inscriptions-{rotate}"));
        let document = open(&ready);
        let page = document.page(1).unwrap();
        let forms = document.lookup(&page.resources, "XObject").unwrap();
        assert_eq!(forms.as_dictionary().unwrap().len(), 1);
        assert!(page.resources.has("Font"), "what the page had stays");
        assert!(document.fields().unwrap().is_empty());
    }
}

/// A document with a form of its own: a text, a box, a list, two buttons.
fn own_form() -> Vec<u8> {
    let mut sample = Sample::new(&[a4()]);
    let field = |kind: &str, name: &str, y: f64| {
        Dictionary::new()
            .with("Type", Object::name("Annot"))
            .with("Subtype", Object::name("Widget"))
            .with("FT", Object::name(kind))
            .with("T", Object::text(name))
            .with("P", Sample::page(1))
            .with("Rect", Object::numbers(&[60.0, y, 200.0, y + 20.0]))
    };
    let states = |on: &str| {
        Dictionary::new()
            .with("N", Dictionary::new().with(on, Dictionary::new()).with("Off", Dictionary::new()))
    };
    let parent = sample.add(Dictionary::new().with("T", Object::text("person")));
    let name =
        sample.add(field("Tx", "name", 700.0).with("Parent", parent).with("V", Object::text("before")));
    sample.change(parent).set("Kids", vec![Object::Reference(name)]);
    let check = sample.add(field("Btn", "agreed", 660.0).with("AP", states("Oui")));
    let options = vec![Object::text("red"), Object::Array(vec![Object::text("b"), Object::text("blue")])];
    let list = sample.add(field("Ch", "colour", 620.0).with("Opt", options).with("Ff", 1_i64 << 17));
    let group = sample.add(
        Dictionary::new()
            .with("FT", Object::name("Btn"))
            .with("T", Object::text("way"))
            .with("Ff", 1_i64 << 15),
    );
    let mut kids = Vec::new();
    for on in ["mail", "phone"] {
        let mut kid = field("Btn", "", 580.0).with("Parent", group).with("AP", states(on));
        kid.remove("T");
        kid.remove("FT");
        kids.push(Object::Reference(sample.add(kid)));
    }
    sample.change(group).set("Kids", kids);
    let fields = [parent, check, list, group].map(Object::Reference).to_vec();
    let form = Dictionary::new().with("Fields", fields).with("NeedAppearances", true);
    sample.catalog().set("AcroForm", form);
    sample.with_table()
}

#[test]
fn fields_of_the_document_itself_take_values_with_our_appearance() {
    let base = own_form();
    let own = own_fields(&open(&base)).unwrap();
    let kind = |name: &str| own[name].kind.clone();
    assert_eq!(kind("person.name"), OwnKind::Text);
    assert_eq!(kind("agreed"), OwnKind::CheckBox);
    assert_eq!(kind("way"), OwnKind::Radio { states: vec!["mail".to_owned(), "phone".to_owned()] });
    let values = vec!["red".to_owned(), "b".to_owned()];
    assert_eq!(kind("colour"), OwnKind::Choice { values, open: false });

    let taken = ["person.name", "agreed", "colour", "way"].map(ToOwned::to_owned).to_vec();
    let ready = prepared(&base, &Plan { taken, ..Plan::default() });
    assert!(!form(&open(&ready)).has("NeedAppearances"));
    let fields = open(&ready).fields().unwrap();
    assert!(fields.iter().all(|it| it.flags & 1 == 1), "nobody types into them: {fields:?}");
    assert_eq!(value(&open(&ready), "person.name").as_deref(), Some("before"));

    let fills = [
        text("person.name", "Ada", TextStyle::default()),
        Fill::Check { name: "agreed".to_owned(), on: true },
        Fill::Choice {
            name: "colour".to_owned(),
            value: "b".to_owned(),
            label: "blue".to_owned(),
            style: TextStyle::default(),
        },
        Fill::Radio { name: "way".to_owned(), button: Button::Place(2) },
    ];
    let filled = appended(&ready, &fill_in(&open(&ready), &fills).unwrap());
    assert_sound(&filled, "own-form");
    let document = open(&filled);
    for (name, expected) in [("person.name", "Ada"), ("agreed", "Oui"), ("colour", "b"), ("way", "phone")] {
        assert_eq!(value(&document, name).as_deref(), Some(expected), "{name}");
    }
    assert!(drawing(&document, "colour").contains(" Tj"));
}

#[test]
fn a_button_of_the_documents_own_form_is_chosen_by_what_the_form_calls_it() {
    let base = own_form();
    let choose = |button: Button| -> Result<Vec<u8>, Error> {
        let fills = [Fill::Radio { name: "way".to_owned(), button }];
        Ok(appended(&base, &fill_in(&open(&base), &fills)?))
    };
    for state in ["mail", "phone"] {
        let filled = choose(Button::State(state.to_owned())).unwrap();
        let document = open(&filled);
        assert_eq!(value(&document, "way").as_deref(), Some(state));
        let way = document.fields().unwrap().into_iter().find(|it| it.name == "way").unwrap();
        let shown: Vec<bool> =
            way.widgets.iter().map(|widget| dictionary(&document, *widget).is("AS", state)).collect();
        assert_eq!(shown, [state == "mail", state == "phone"], "one of them is on");
    }
    let refused = choose(Button::State("pigeon".to_owned()));
    assert_eq!(refused.unwrap_err(), Error::WrongKind("way".to_owned()));
}

#[test]
fn a_field_to_be_taken_that_is_not_there_is_refused() {
    let plan = Plan { taken: vec!["nothing".to_owned()], ..Plan::default() };
    let refused = prepare(&open(&own_form()), &plan).unwrap_err();
    assert_eq!(refused, Error::NoSuchField("nothing".to_owned()));
}

#[test]
fn a_field_that_is_locked_without_being_filled_gets_its_appearance_anew() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(every_kind()));
    let names = ["text", "choice", "image", "radio"].map(ToOwned::to_owned).to_vec();
    let signature = SignatureField { lock: Lock::Include(names), ..act_of(0, 1, typed("Jane")).signature };
    let fills = vec![text("text", "x", TextStyle::default())];
    let signed = acted(&ready, &Act { fills, signature, ..act_of(0, 1, typed("Jane")) });
    let normal = |bytes: &[u8], name: &str| {
        field(&open(bytes), name)
            .get("AP")
            .and_then(Object::as_dictionary)
            .unwrap()
            .get("N")
            .cloned()
            .unwrap()
    };
    // A button has states, and its appearance stays.
    for (name, renewed) in [("text", true), ("choice", true), ("image", false), ("lines", false)] {
        assert_eq!(normal(&ready, name) != normal(&signed, name), renewed, "{name}");
    }
    assert_eq!(drawing(&open(&ready), "choice"), drawing(&open(&signed), "choice"));
    assert_eq!(drawing(&open(&ready), "image"), drawing(&open(&signed), "image"));
}

#[test]
fn a_push_button_has_one_state_as_pdf_a_wants_and_one_of_others_stays_without() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(every_kind()));
    let signed = acted(&ready, &Act { fills: every_fill(), ..act_of(0, 1, typed("Jane")) });
    for file in [&ready, &signed] {
        let button = field(&open(file), "image");
        assert!(button.is("AS", "Off"), "{button:?}");
        let normal = button.get("AP").and_then(Object::as_dictionary).unwrap().get("N").unwrap();
        assert!(normal.as_dictionary().is_some_and(|states| states.len() == 1 && states.has("Off")));
    }
    assert_ne!(drawing(&open(&ready), "image"), drawing(&open(&signed), "image"));

    let mut sample = Sample::new(&[a4()]);
    let theirs = sample.add(
        Dictionary::new()
            .with("Type", Object::name("Annot"))
            .with("Subtype", Object::name("Widget"))
            .with("FT", Object::name("Btn"))
            .with("T", Object::text("theirs"))
            .with("Ff", flags::PUSH_BUTTON)
            .with("P", Sample::page(1))
            .with("Rect", Object::numbers(&[60.0, 600.0, 160.0, 640.0])),
    );
    sample.catalog().set("AcroForm", Dictionary::new().with("Fields", vec![Object::Reference(theirs)]));
    let base = sample.with_table();
    let fill = Fill::Picture { name: "theirs".to_owned(), bytes: png() };
    let filled = field(&open(&appended(&base, &fill_in(&open(&base), &[fill]).unwrap())), "theirs");
    let normal = filled.get("AP").and_then(Object::as_dictionary).unwrap().get("N").unwrap();
    assert!(normal.as_reference().is_some() && !filled.has("AS"), "{filled:?}");
}
