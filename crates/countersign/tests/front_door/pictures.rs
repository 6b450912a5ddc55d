//! Pictures of pages: what is drawn, for whom, and what a page that cannot be drawn does to the rest.

use crate::given::{one_signer, sent_to_one, server, setup};
use crate::hostile;
use crate::judges::Bench;
use crate::person::Person;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::process::Command;
use testkit::server::{Answer, Server, request, wait_for};
use testkit::{Page, Pdf};

/// A picture in grey.
struct Grey {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

fn read(png: &[u8]) -> Grey {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    data.truncate(info.buffer_size());
    let grey = |pixel: &[u8]| (pixel.iter().map(|it| u32::from(*it)).sum::<u32>() / pixel.len() as u32) as u8;
    let shades = data.chunks_exact(info.color_type.samples()).map(grey).collect();
    Grey { width: info.width as usize, height: info.height as usize, shades }
}

/// What poppler draws of the first page, as wide. Of a page that lies on its side it counts the width before turning it.
fn by_poppler(pdf: &[u8], width: u32, on_its_side: bool) -> Grey {
    let bench = Bench::new();
    let (file, out) = (bench.lay("page.pdf", pdf), bench.path("page"));
    let width = width.to_string();
    let (across, down) = if on_its_side { ("-1", width.as_str()) } else { (width.as_str(), "-1") };
    let how = ["-f", "1", "-singlefile", "-png", "-cropbox", "-scale-to-x", across, "-scale-to-y", down];
    assert!(Command::new("pdftoppm").args(how).arg(&file).arg(&out).status().unwrap().success());
    read(&std::fs::read(out.with_extension("png")).unwrap())
}

/// How far two pictures are from each other: the mean difference of squares of eight by eight pixels, of 255 shades. Two
/// programs never smooth a letter in the same way, and always put it in the same place.
fn difference(one: &Grey, other: &Grey) -> f64 {
    assert_eq!(one.width, other.width);
    assert!(one.height.abs_diff(other.height) <= 1, "{} and {}", one.height, other.height);
    let mean = |picture: &Grey, left: usize, top: usize| {
        let rows = (top..top + 8).map(|row| &picture.shades[row * picture.width + left..][..8]);
        f64::from(rows.flatten().map(|it| u32::from(*it)).sum::<u32>()) / 64.0
    };
    let height = one.height.min(other.height);
    let squares: Vec<f64> = (0..height / 8)
        .flat_map(|row| (0..one.width / 8).map(move |column| (column * 8, row * 8)))
        .map(|(left, top)| (mean(one, left, top) - mean(other, left, top)).abs())
        .collect();
    squares.iter().sum::<f64>() / squares.len() as f64
}

fn ink(picture: &Grey) -> usize {
    picture.shades.iter().filter(|it| **it < 128).count()
}

#[test]
fn a_page_is_drawn_as_poppler_draws_it() {
    let server = server();
    let api = server.api();
    let written = |page: Page| {
        page.line(80.0, 200.0, "The boathouse is let with its slipway").line(90.0, 300.0, "and the winch")
    };
    let files = [
        (Pdf::contract(), false),
        (Pdf::new(vec![written(Page::letter())]), false),
        (Pdf::new(vec![written(Page::a4().rotated(90))]), true),
        (Pdf::new(vec![written(Page::a4().rotated(180))]), false),
        (Pdf::new(vec![written(Page::a4().cropped(50.0, 100.0, 500.0, 700.0))]), false),
        (Pdf::new(vec![written(Page::new(400.0, 500.0).rotated(270))]), true),
    ];
    for (number, (file, on_its_side)) in files.iter().enumerate() {
        let bytes = file.bytes();
        let upload = api.uploaded(&bytes);
        for width in [160, 800, 1600] {
            let path = format!("/v1/uploads/{upload}/pages/1.png?width={width}");
            let answer = api.get(&path).expect(200);
            assert_eq!(answer.header("content-type"), Some("image/png"));
            let (ours, theirs) = (read(&answer.body), by_poppler(&bytes, width, *on_its_side));
            assert!(ink(&ours) > 0, "file {number} is blank");
            let off = difference(&ours, &theirs);
            // The measure tells pages apart: turned upside down, most of what is on the page is somewhere else.
            let turned = Grey { shades: ours.shades.iter().rev().copied().collect(), ..ours };
            let far = difference(&turned, &theirs);
            // On a thumbnail letters are a haze, and each program has its own.
            let times = if width == 160 { 2.0 } else { 4.0 };
            assert!(
                off * times < far,
                "file {number}, {width} pixels wide: {off} apart, and {far} upside down"
            );
        }
    }
}

#[test]
fn a_picture_says_how_long_it_may_be_kept_and_what_is_wrong_with_a_wish() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::contract().bytes());
    let base = format!("/v1/uploads/{upload}/pages");
    let answer = api.get(&format!("{base}/2.png")).expect(200);
    assert_eq!(read(&answer.body).width, 800, "where no width is said");
    assert_eq!(answer.header("cache-control"), Some("private, max-age=86400, immutable"));
    let id = api.sent(&one_signer(&upload));
    let path = format!("/v1/envelopes/{id}/documents/1/pages/1.png");
    let of_envelope = api.get(&path).expect(200);
    assert_eq!(of_envelope.header("cache-control"), Some("private, no-cache"));
    let tag = of_envelope.header("etag").unwrap().to_owned();
    let again = api.ask("GET", &path, &[("If-None-Match", &tag)], &[]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    let signed = api.ask("GET", &path, &[("If-None-Match", &tag)], &[]).expect(200);
    assert!(ink(&read(&signed.body)) > ink(&read(&of_envelope.body)), "the signature is seen");

    for (path, status, code) in [
        (format!("{base}/1.png?width=801"), 400, "width_unknown"),
        (format!("{base}/1.png?width=wide"), 400, "query_malformed"),
        (format!("{base}/5.png"), 404, "not_found"),
        (format!("{base}/0.png"), 404, "not_found"),
        (format!("{base}/1"), 404, "not_found"),
        (format!("/v1/envelopes/{id}/documents/2/pages/1.png"), 404, "not_found"),
        ("/v1/uploads/upl_none/pages/1.png".to_owned(), 404, "not_found"),
    ] {
        let answer = api.get(&path);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path}");
    }
}

#[test]
fn a_recipient_sees_nothing_of_a_page_before_they_are_let_in_and_agreed() {
    let server = server();
    let api = server.api();
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    draft["recipients"][0]["authentication"] = json!([{"method": "pin", "pin": "135791"}]);
    let id = api.sent(&draft);
    let visit = api.visit(&id, 1);
    let first = "/documents/1/pages/1.png?width=800";
    assert_eq!(visit.ask("GET", first, &Value::Null).code(), "authentication_missing");
    let mut person = Person::with(visit);
    person.answer("pin", "135791").expect(200);
    let before = person.ask("GET", first, &Value::Null);
    assert_eq!(before.code(), "consent_missing");
    person.consent().expect(200);
    let seen = person.ask("GET", first, &Value::Null).expect(200);
    assert_eq!(seen.header("cache-control"), Some("no-store"), "nothing stays on the device");
    let kept = api.get(&format!("/v1/envelopes/{id}/documents/1/pages/1.png")).expect(200);
    assert_eq!(seen.body, kept.body);
    assert!(ink(&read(&seen.body)) > 0);
    person.post("/finish", &person.act()).expect(200);
    assert_eq!(person.ask("GET", first, &Value::Null).status, 410, "what is done is done");
}

/// The processes that draw for a server at this moment, as the kernel lists them.
fn drawing(server: &Server) -> BTreeSet<u32> {
    let is_one = |process: &u32| {
        let said = |name: &str| std::fs::read(format!("/proc/{process}/{name}")).unwrap_or_default();
        let stat = String::from_utf8_lossy(&said("stat")).into_owned();
        // After the name in brackets: state, parent. One that has ended and is not yet taken away draws nothing.
        let mut after = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let (state, parent) = (after.next(), after.next().and_then(|it| it.parse::<u32>().ok()));
        state != Some("Z")
            && parent == Some(server.process())
            && said("cmdline").windows(9).any(|it| it == b"draw-page")
    };
    let all =
        std::fs::read_dir("/proc").unwrap().filter_map(|it| it.ok()?.file_name().to_str()?.parse().ok());
    all.filter(is_one).collect()
}

fn get(port: u16, key: &str, path: &str) -> Answer {
    request(port, "GET", path, &[("Authorization", &format!("Bearer {key}"))], &[]).unwrap()
}

#[test]
fn a_page_that_never_ends_is_given_up_and_holds_up_nobody() {
    let server = setup().start();
    let api = server.api();
    let others = server.api_with(&server.setup().tenant("Others", "others@example.org"));
    let hostile = api.uploaded(&hostile::endless());
    let harmless = others.uploaded(&Pdf::one_page().bytes());
    let cores = std::thread::available_parallelism().map_or(4, usize::from).max(2);
    let page = |width: u32| format!("/v1/uploads/{hostile}/pages/1.png?width={width}");
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..40)
            .map(|number| {
                let (path, key, port) = (page([160, 800, 1600][number % 3]), &api.key, api.port);
                scope.spawn(move || get(port, key, &path))
            })
            .collect();
        wait_for("a process that draws", || (!drawing(&server).is_empty()).then_some(()));
        // While it is at it, another tenant's page is drawn and everything else is answered.
        others.get(&format!("/v1/uploads/{harmless}/pages/1.png")).expect(200);
        for _ in 0..20 {
            api.get("/v1/envelopes").expect(200);
            let now = drawing(&server).len();
            assert!(now < cores, "{now} processes for one tenant");
        }
        for asked in asked {
            let answer = asked.join().unwrap();
            assert!(
                ["page_not_drawable", "pictures_busy"].contains(&answer.code().as_str()),
                "{}: {}",
                answer.status,
                answer.text()
            );
        }
    });
    let given_up = wait_for("the page to be given up", || {
        let answer = api.get(&page(160));
        (answer.code() == "page_not_drawable").then_some(answer)
    });
    assert_eq!(given_up.status, 422);
    assert!(given_up.json()["detail"].as_str().unwrap().contains("takes too long"));
    // It is known by now, and not tried again.
    assert_eq!(api.get(&page(160)).status, 422);
    wait_for("nothing to go on behind the answers", || drawing(&server).is_empty().then_some(()));
    // The document is read, sent and signed all the same.
    let id = api.sent(&one_signer(&hostile));
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    assert_eq!(api.visit(&sent_to_one(&api), 1).read().expect(200).json()["state"], "consent");
}

#[test]
fn a_page_that_eats_memory_is_given_up() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&hostile::voracious());
    let answer = api.get(&format!("/v1/uploads/{upload}/pages/1.png"));
    assert_eq!((answer.status, answer.code().as_str()), (422, "page_not_drawable"), "{}", answer.text());
    assert_eq!(api.get("/healthz").status, 200);
}
