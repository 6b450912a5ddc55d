//! Pictures, stamps and attachments as somebody adds them to their fields; what comes out, read and drawn by others.

use crate::attached::add;
use crate::given::place;
use crate::judges::{self, Bench, said};
use crate::templates::on_both;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use testkit::Pdf;
use testkit::server::Setup;

fn python(script: &str, arguments: &[&Path]) -> Option<Value> {
    let python = std::env::var_os("COUNTERSIGN_PYTHON")?;
    let output = Command::new(python).args(["-c", script]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// A red PNG of 40 x 20 points and a green JPEG of 32 x 32.
fn pictures(bench: &Bench) -> Option<(Vec<u8>, Vec<u8>)> {
    let (red, green) = (bench.path("red.png"), bench.path("green.jpg"));
    let script = "import sys\n\
        from PIL import Image\n\
        Image.new('RGB', (40, 20), (200, 30, 30)).save(sys.argv[1])\n\
        Image.new('RGB', (32, 32), (30, 160, 60)).save(sys.argv[2], quality=95)\n\
        print('null')";
    python(script, &[&red, &green])?;
    Some((std::fs::read(red).unwrap(), std::fs::read(green).unwrap()))
}

/// The pictures in the appearance of each widget: size and colour, as pypdf decodes them.
fn in_appearances(file: &Path) -> Option<Value> {
    let script = "import json, sys, pypdf\n\
        def images(form):\n\
        \x20   for one in (form.get('/Resources', {}).get('/XObject', {}) or {}).values():\n\
        \x20       one = one.get_object()\n\
        \x20       if one['/Subtype'] == '/Form': yield from images(one)\n\
        \x20       else:\n\
        \x20           image = one.decode_as_image().convert('RGB')\n\
        \x20           yield {'size': image.size, 'colour': image.getpixel((image.width // 2, image.height // 2))}\n\
        found = {}\n\
        for one in pypdf.PdfReader(sys.argv[1]).pages[0]['/Annots']:\n\
        \x20   one = one.get_object()\n\
        \x20   normal = one['/AP']['/N'].get_object() if '/AP' in one else {}\n\
        \x20   forms = [normal] if hasattr(normal, 'get_data') else [it.get_object() for it in normal.values()]\n\
        \x20   found[one['/T']] = [image for form in forms for image in images(form)]\n\
        print(json.dumps(found))";
    python(script, &[file])
}

/// The colours that poppler draws at these places of the first page, in points from its top left corner.
fn drawn(bench: &Bench, file: &Path, places: &[(u32, u32)]) -> Option<Value> {
    let stem = bench.path("drawn");
    let output = Command::new("pdftoppm")
        .args(["-png", "-r", "72", "-singlefile"])
        .args([file, &stem])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let script = format!(
        "import json, sys\n\
        from PIL import Image\n\
        page = Image.open(sys.argv[1]).convert('RGB')\n\
        print(json.dumps([page.getpixel(tuple(place)) for place in {}]))",
        json!(places)
    );
    python(&script, &[&stem.with_extension("png")])
}

/// Whether each of the three colours is within what JPEG and rounding do to one.
fn is_about(colour: &Value, expected: [i64; 3]) -> bool {
    let parts = colour.as_array().unwrap().iter().map(|it| it.as_i64().unwrap());
    parts.zip(expected).all(|(found, wanted)| (found - wanted).abs() <= 8)
}

const RED: [i64; 3] = [200, 30, 30];
const GREEN: [i64; 3] = [30, 160, 60];

#[test]
fn a_picture_a_stamp_and_an_attachment_are_filled_signed_and_read_by_others() {
    on_both("files_filled", filled_signed_and_read);
}

fn filled_signed_and_read(setup: Setup) {
    let bench = Bench::new();
    let Some((red, green)) = pictures(&bench) else { return };
    let server = setup.start();
    let api = server.api();
    let field = |id: &str, kind: &str, y: u32, name: &str| {
        json!({"id": id, "type": kind, "page": 1, "x": 300, "y": y, "width": 120, "height": 60,
               "recipient": if name == "Ada" { 1 } else { 2 }, "label": id})
    };
    let id = api.sent(&json!({
        "title": "Lease", "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [{"name": "Ada", "email": "ada@example.org", "step": 1}, {"name": "Ben", "email": "ben@example.org", "step": 2}],
        "fields": [
            place(1, 500, 1), place(1, 600, 2), field("photo", "image", 100, "Ada"), field("seal", "stamp", 200, "Ada"),
            field("papers", "attachment", 680, "Ada"), field("mark", "stamp", 400, "Ben"),
        ],
    }));
    let papers = Pdf::one_page().title("Papers").bytes();
    let ada = server.visit("ada@example.org");
    ada.consent().expect(200);
    add(&ada, "photo", "me.png", &red).expect(200);
    add(&ada, "seal", "seal.jpg", &green).expect(200);
    let attached = add(&ada, "papers", "papers.pdf", &papers).expect(200).json();
    ada.finish().expect(200);
    let ben = server.visit("ben@example.org");
    ben.consent().expect(200);
    add(&ben, "mark", "mark.png", &red).expect(200);
    ben.finish().expect(200);
    api.wait_until(&id, "completed");

    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let file = bench.lay("file.pdf", &api.file(&id, "documents/1"));
    judges::pyhanko_accepts(&file, &root, 3);
    judges::readers_accept(&file, 3);
    for signature in judges::pyhanko(&file, &root, None).iter().flatten() {
        let level = signature["modification_level"].as_str().unwrap();
        assert!(["NONE", "FORM_FILLING"].contains(&level), "{signature}");
    }
    let Some(found) = in_appearances(&file) else { return };
    for (name, size, colour) in [
        ("signer1_image1", [40, 20], RED),
        ("signer1_stamp1", [32, 32], GREEN),
        ("signer2_stamp1", [40, 20], RED),
    ] {
        let pictures = found[name].as_array().unwrap_or_else(|| unreachable!("no {name}: {found}"));
        assert_eq!(pictures.len(), 1, "{name}: {found}");
        assert_eq!(pictures[0]["size"], json!(size), "{name}");
        assert!(is_about(&pictures[0]["colour"], colour), "{name}: {found}");
    }
    let seen = drawn(&bench, &file, &[(360, 130), (360, 230), (360, 430), (360, 710)]).unwrap();
    assert!(is_about(&seen[0], RED) && is_about(&seen[1], GREEN) && is_about(&seen[2], RED), "{seen}");
    assert!(is_about(&seen[3], [255, 255, 255]), "an attachment stands in no document: {seen}");

    // What was attached is named by its digest in the act and lies beside the document.
    let path = format!("/v1/envelopes/{id}/files/papers");
    assert_eq!(api.get(&format!("{path}?revision=upload")).expect(200).body, papers);
    let evidence = String::from_utf8(api.file(&id, "evidence.json")).unwrap();
    let digest = attached["digest"].as_str().unwrap();
    assert!(evidence.contains(digest), "{digest}");
    // At the end it was sealed as the documents were: what Ada gave is the beginning of it.
    let sealed = api.get(&path).expect(200);
    let file = bench.lay("papers.pdf", &sealed.body);
    judges::pyhanko_accepts(&file, &root, 1);
    judges::readers_accept(&file, 1);
    let listed = api.envelope(&id)["files"].as_array().unwrap().clone();
    let of_papers = &listed.iter().find(|it| it["field"] == "papers").unwrap()["sealed"];
    let digest = of_papers["digest"].as_str().unwrap();
    assert_eq!(of_papers["length"], json!(sealed.body.len()));
    assert_eq!(sealed.header("etag"), Some(&*format!("\"{digest}\"")));
    assert!(evidence.contains(digest), "{digest}");
    let pictures: Vec<&Value> = listed.iter().filter(|it| it["type"] != "pdf").collect();
    assert!(pictures.len() == 3 && pictures.iter().all(|it| it["sealed"].is_null()), "{pictures:?}");
    let file = bench.lay("file.pdf", &api.file(&id, "documents/1"));
    let embedded = Command::new("pdfdetach").arg("-list").arg(&file).output().unwrap();
    assert!(said(&embedded).contains("0 embedded files"), "{}", said(&embedded));
}

#[test]
fn a_file_that_takes_no_seal_stays_as_it_came_and_holds_up_nothing() {
    let bench = Bench::new();
    let server = crate::given::server();
    let api = server.api();
    let field = |id: &str| json!({"id": id, "type": "attachment", "page": 1, "x": 300, "y": 300, "recipient": 1, "label": id});
    let draft = |fields: &[&str]| {
        let fields: Vec<Value> =
            std::iter::once(place(1, 500, 1)).chain(fields.iter().map(|it| field(it))).collect();
        json!({"title": "Lease", "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
               "recipients": [{"name": "Ada", "email": "ada@example.org"}], "fields": fields})
    };
    let finished = |files: &[(&str, &[u8])]| {
        let names: Vec<&str> = files.iter().map(|it| it.0).collect();
        let id = api.sent(&draft(&names));
        let ada = api.visit(&id, 1);
        ada.consent().expect(200);
        for (field, bytes) in files {
            add(&ada, field, "a.pdf", bytes).expect(200);
        }
        ada.finish().expect(200);
        assert_eq!(api.wait_until(&id, "completed")["problem"], Value::Null);
        id
    };
    // A document of ours, which has a seal already; one that is certified against every change; and a damaged one.
    let plain = Pdf::one_page().bytes();
    let ours = api.file(&finished(&[]), "documents/1");
    let closed = crate::refusals::certified("1");
    let damaged = testkit::pdf::with_startxref_off_by(&plain, 7);
    let id = finished(&[("ours", &ours), ("closed", &closed), ("damaged", &damaged)]);
    let listed = api.envelope(&id)["files"].clone();
    for (number, (field, bytes)) in [("closed", &closed), ("damaged", &damaged)].iter().enumerate() {
        assert_eq!(listed[number + 1]["sealed"], Value::Null, "{field}");
        assert_eq!(api.file(&id, &format!("files/{field}")), **bytes, "{field}");
    }
    let sealed = api.file(&id, "files/ours");
    assert!(sealed.starts_with(&ours) && sealed.len() > ours.len(), "a second seal beside its own");
    judges::readers_accept(&bench.lay("ours.pdf", &sealed), 3);
}
