//! Text is found in an upload and in a file, where it stands on the page.

use crate::given::server;
use crate::judges::{Bench, countersign, said};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::pdf::Page;

fn near(place: &Value, key: &str, expected: f64) -> bool {
    place[key].as_f64().is_some_and(|it| (it - expected).abs() < 1.0)
}

#[test]
fn a_text_is_found_in_an_upload_at_every_place() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::contract().bytes());
    let found = api.get(&format!("/v1/uploads/{upload}/text?find=For%20the%20Supplier")).expect(200).json();
    let places = found["occurrences"].as_array().unwrap();
    assert_eq!(
        (places.len(), &found["more"], &found["unread_pages"]),
        (1, &json!(false), &json!([])),
        "{found}"
    );
    let place = &places[0];
    assert_eq!((&place["page"], &place["inside_word"]), (&json!(4), &json!(false)));
    // Painted 72 points from the left, its baseline 524 points above the lower side of A4.
    let baseline = 841.9 - 524.0;
    assert!(near(place, "x", 72.0), "{found}");
    let (y, height) = (place["y"].as_f64().unwrap(), place["height"].as_f64().unwrap());
    assert!(y < baseline && baseline < y + height && height < 20.0, "{found}");

    let footers = api.get(&format!("/v1/uploads/{upload}/text?find=Page")).expect(200).json();
    let pages: Vec<_> = footers["occurrences"].as_array().unwrap().iter().map(|it| &it["page"]).collect();
    assert_eq!(pages, [1, 2, 3, 4]);
    let inside = api.get(&format!("/v1/uploads/{upload}/text?find=upplie")).expect(200).json();
    assert!(inside["occurrences"].as_array().unwrap().iter().all(|it| it["inside_word"] == true), "{inside}");
    assert!(!inside["occurrences"].as_array().unwrap().is_empty());
}

#[test]
fn a_search_says_when_it_stops_and_when_there_is_nothing_to_find() {
    let server = server();
    let api = server.api();
    let lines = (0..40).fold(Page::a4(), |page, line| {
        page.line(72.0, 800.0 - 15.0 * f64::from(line), "[x] [x] [x] [x] [x] [x] [x] [x] [x] [x]")
    });
    let upload = api.uploaded(&Pdf::new(vec![lines.clone(), lines.clone(), lines]).bytes());
    let path = |find: &str| format!("/v1/uploads/{upload}/text?find={find}");
    let found = api.get(&path("%5Bx%5D")).expect(200).json();
    assert_eq!(found["occurrences"].as_array().unwrap().len(), 1000);
    assert_eq!((&found["limit"], &found["more"]), (&json!(1000), &json!(true)));
    let none = api.get(&path("nowhere")).expect(200).json();
    assert_eq!((&none["occurrences"], &none["more"]), (&json!([]), &json!(false)));
    for find in ["", "%20", &"x".repeat(501)] {
        let answer = api.get(&path(find));
        assert_eq!((answer.status, answer.code().as_str()), (400, "find_wrong"), "{}", answer.text());
    }
    let live = server.api_with(&server.setup().live_key());
    assert_eq!(live.get(&path("x")).status, 404, "a test key's upload is not there for a live one");
}

#[test]
fn the_command_finds_a_text_and_its_exit_status_says_whether() {
    let bench = Bench::new();
    bench.lay("in.pdf", &Pdf::contract().bytes());
    bench.lay("letter.pdf", b"A letter.");
    let file = bench.path("in.pdf").display().to_string();
    let output = countersign(&["find-text", &file, "For the Supplier", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let places: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(places.as_array().unwrap().len(), 1);
    assert!(places[0]["page"] == 4 && near(&places[0], "x", 72.0), "{places}");
    let output = countersign(&["find-text", &file, "For the Supplier"]);
    assert!(said(&output).starts_with("page 4: at 72, "), "{}", said(&output));
    let output = countersign(&["find-text", &file, "nowhere", "--json"]);
    assert_eq!((output.status.code(), output.stdout.trim_ascii()), (Some(1), &b"[]"[..]));
    let letter = bench.path("letter.pdf").display().to_string();
    for line in [vec!["find-text", &letter, "A"], vec!["find-text", &file], vec!["find-text", &file, " "]] {
        assert_eq!(countersign(&line).status.code(), Some(2), "{line:?}");
    }
}
