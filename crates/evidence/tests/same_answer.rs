//! The crate and the checker in `docs/` come to the same answer, for what fits and for what does not.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod case;

use case::{Case, Envelope, append, rechain, revision};
use evidence::{Hash, check};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

type Flip = Option<(usize, usize, u8)>;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

fn flipped(case: &Case, flip: Flip) -> Case {
    let mut case = case.clone();
    if let Some((index, place, bit)) = flip {
        let file = if index == 0 { &mut case.evidence } else { &mut case.pdfs[index - 1] };
        file[place] ^= 1 << bit;
    }
    case
}

fn answer(case: &Case) -> String {
    let mut readers: Vec<&[u8]> = case.pdfs.iter().map(Vec::as_slice).collect();
    let mut pdfs: Vec<(&str, &mut dyn Read)> =
        readers.iter_mut().map(|it| ("a.pdf", it as &mut dyn Read)).collect();
    match check(&case.evidence, &mut pdfs) {
        Ok(report) => format!("ok {}", report.head),
        Err(misfit) => {
            format!("{} {}", misfit.seq.map_or("None".into(), |seq| seq.to_string()), misfit.what.code())
        }
    }
}

/// Writes the files of a case and gives their names.
fn write(folder: &str, case: &Case) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let files = std::iter::once(&case.evidence).chain(&case.pdfs);
    let written = files.enumerate().map(|(index, bytes)| {
        let name = folder.join(format!("{index}"));
        std::fs::write(&name, bytes).unwrap();
        name
    });
    written.collect()
}

/// What the checker in `docs/` says, a line for each case.
fn answers_of_python(cases: &[(Vec<PathBuf>, Flip)]) -> Vec<String> {
    let mut python = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers.py"))
        .arg(docs())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is there: `make test` installs it");
    let mut input = python.stdin.take().unwrap();
    let lines: String = cases.iter().map(|it| format!("{}\n", json!(it))).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let mut output = String::new();
    python.stdout.take().unwrap().read_to_string(&mut output).unwrap();
    writer.join().unwrap();
    assert!(python.wait().unwrap().success());
    output.lines().map(str::to_owned).collect()
}

#[test]
fn a_flip_in_any_byte_of_the_file_or_of_a_pdf_is_noticed() {
    let case = Envelope::finished().case();
    assert!(answer(&case).starts_with("ok "));
    for (index, file) in std::iter::once(&case.evidence).chain(&case.pdfs).enumerate() {
        // Bit 5 makes a capital of a small letter, which says the same to a lenient reader of hexadecimal digits.
        for (place, bit) in (0..file.len()).flat_map(|place| [(place, 5), (place, (place % 8) as u8)]) {
            let answer = answer(&flipped(&case, Some((index, place, bit))));
            assert!(!answer.starts_with("ok"), "file {index}, byte {place}, bit {bit}: {answer}");
        }
    }
}

#[test]
fn the_checker_in_the_docs_names_the_same_entry_for_a_flip_in_every_byte() {
    let case = Envelope::finished().case();
    let names = write("flips", &case);
    let mut flips: Vec<Flip> = vec![None];
    for (index, file) in std::iter::once(&case.evidence).chain(&case.pdfs).enumerate() {
        flips.extend((0..file.len()).map(|place| Some((index, place, (place % 8) as u8))));
    }
    let cases: Vec<_> = flips.iter().map(|flip| (names.clone(), *flip)).collect();
    let theirs = answers_of_python(&cases);
    assert_eq!(theirs.len(), flips.len());
    for (flip, theirs) in flips.iter().zip(theirs) {
        assert_eq!(answer(&flipped(&case, *flip)), theirs, "{flip:?}");
    }
}

#[test]
fn a_flip_in_a_pdf_names_the_entry_whose_bytes_it_is_in() {
    let it = Envelope::finished();
    let case = it.case();
    let lengths: Vec<usize> = it.first.iter().map(Vec::len).collect();
    for (place, seq) in [(0, 2), (lengths[0], 2), (lengths[1], 4), (lengths[2], 6), (lengths[3] - 1, 6)] {
        assert_eq!(answer(&flipped(&case, Some((1, place, 0)))), format!("{seq} pdf"), "byte {place}");
    }
}

fn raw(text: &str) -> Case {
    Case { evidence: text.as_bytes().to_vec(), pdfs: Vec::new() }
}

/// Evidence whose entry `seq` has another body, made whole again.
fn body(it: &Envelope, seq: usize, key: &str, value: Value) -> Case {
    it.edited(|file| {
        file["entries"][seq - 1]["entry"]["body"][key] = value;
        rechain(file);
    })
}

fn spoiled_files(it: &Envelope) -> Vec<(&'static str, Case, &'static str)> {
    let text = it.evidence();
    let deep = |levels: usize| {
        let nested = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        raw(&text.replacen("\"env_1\",\"format\"", &format!("{nested},\"format\""), 1))
    };
    vec![
        ("nothing", raw(""), "None file"),
        ("a list", raw("[]"), "None file"),
        ("a byte order mark", raw(&format!("\u{feff}{text}")), "None file"),
        ("a line break at the end", raw(&format!("{text}\n")), "None file"),
        ("a key twice", raw(&text.replacen("{\"dis", "{\"disclosures\":[],\"dis", 1)), "None file"),
        ("a number with a fraction", raw(&text.replacen("\"step\":1", "\"step\":1.0", 1)), "None file"),
        ("a number that is none", raw(&text.replacen("\"step\":1", "\"step\":NaN", 1)), "None file"),
        (
            "a number too large",
            raw(&text.replacen("\"step\":1", "\"step\":9007199254740992", 1)),
            "None file",
        ),
        ("half a character", raw(&text.replacen("env_1", "\\ud800", 1)), "None file"),
        (
            "not UTF-8",
            Case {
                evidence: text.replace("env", "\u{e9}").chars().map(|it| it as u8).collect(),
                pdfs: vec![],
            },
            "None file",
        ),
        ("seventy levels", deep(70), "None file"),
        ("as many levels as nobody reads", deep(200_000), "None file"),
        ("one more member", it.edited(|file| file["more"] = json!(1)), "None file"),
        ("another format", it.edited(|file| file["format"] = json!("countersign-evidence/2")), "None file"),
        ("an envelope that is a number", it.edited(|file| file["envelope"] = json!(1)), "None file"),
        ("no entries", it.edited(|file| file["entries"] = json!([])), "None file"),
        ("entries as text", it.edited(|file| file["entries"] = json!("x")), "None file"),
        ("an entry as a list", it.edited(|file| file["entries"][2] = json!(["entry", "hash"])), "None file"),
        ("no list of disclosures", it.edited(|file| file["disclosures"] = json!({})), "None file"),
        (
            "a disclosure twice",
            it.edited(|file| file["disclosures"][1] = file["disclosures"][0].clone()),
            "None file",
        ),
        (
            "disclosures out of order",
            it.edited(|file| file["disclosures"].as_array_mut().unwrap().swap(0, 1)),
            "None file",
        ),
        ("a disclosure of no entry", it.edited(|file| file["disclosures"][9]["seq"] = json!(8)), "None file"),
        ("a disclosure of entry 0", it.edited(|file| file["disclosures"][0]["seq"] = json!(0)), "None file"),
        (
            "a disclosure of entry true",
            it.edited(|file| file["disclosures"][0]["seq"] = json!(true)),
            "None file",
        ),
        (
            "a pointer that is a number",
            it.edited(|file| file["disclosures"][0]["pointer"] = json!(1)),
            "None file",
        ),
        (
            "a salt that is a number",
            it.edited(|file| file["disclosures"][0]["salt"] = json!(1)),
            "1 commitment",
        ),
        (
            "a salt in capitals",
            it.edited(|file| file["disclosures"][9]["salt"] = json!("1F".repeat(16))),
            "7 commitment",
        ),
        ("a salt cut short", it.edited(|file| file["disclosures"][0]["salt"] = json!("11")), "1 commitment"),
        ("another value", it.edited(|file| file["disclosures"][1]["value"] = json!("Eve")), "1 commitment"),
        (
            "another spelling of a place",
            it.edited(|file| file["disclosures"][1]["pointer"] = json!("/body/recipients/00/name")),
            "1 commitment",
        ),
        (
            "a value left out",
            it.edited(|file| drop(file["disclosures"].as_array_mut().unwrap().remove(1))),
            "ok",
        ),
    ]
}

fn spoiled_chains(it: &Envelope) -> Vec<(&'static str, Case, &'static str)> {
    let entries = |edit: fn(&mut Vec<Value>)| it.edited(|file| edit(file["entries"].as_array_mut().unwrap()));
    let revised = |key: &str, value: Value| {
        let mut revisions = it.sealed[3].entry["body"]["revisions"].clone();
        revisions[0][key] = value;
        body(it, 4, "revisions", revisions)
    };
    let whole_entry = |key: &'static str, value: Value| {
        it.edited(|file| {
            file["entries"][2]["entry"][key] = value;
            rechain(file);
        })
    };
    vec![
        (
            "an entry taken out and the chain mended",
            it.edited(|file| {
                file["disclosures"] = json!([]);
                file["entries"].as_array_mut().unwrap().remove(2);
                rechain(file);
            }),
            "3 sequence",
        ),
        ("two entries swapped", entries(|all| all.swap(2, 3)), "3 sequence"),
        ("a number that is no number", whole_entry("seq", json!(true)), "3 sequence"),
        ("an entry of another envelope", whole_entry("envelope", json!("env_2")), "3 envelope"),
        ("one more member", whole_entry("more", json!(1)), "3 entry"),
        ("another version", whole_entry("v", json!(2)), "3 entry"),
        ("a version that is no number", whole_entry("v", json!(true)), "3 entry"),
        ("an entry that is a text", entries(|all| all[2]["entry"] = json!("x")), "3 entry"),
        ("another hash before", entries(|all| all[2]["entry"]["prev"] = json!("0".repeat(64))), "3 prev"),
        (
            "another time",
            entries(|all| all[2]["entry"]["at"] = json!("2026-11-22T02:05:53.000001Z")),
            "3 hash",
        ),
        ("another hash", entries(|all| all[6]["hash"] = json!("0".repeat(64))), "7 hash"),
        ("a hash that is a number", entries(|all| all[6]["hash"] = json!(1)), "7 hash"),
        ("another head", it.edited(|file| file["head"] = json!("0".repeat(64))), "None head"),
        (
            "the end cut off",
            it.edited(|file| {
                file["entries"].as_array_mut().unwrap().pop();
                file["disclosures"].as_array_mut().unwrap().pop();
            }),
            "None head",
        ),
        ("revisions that are no list", body(it, 4, "revisions", json!("x")), "4 revisions"),
        ("revisions that are an empty text", body(it, 4, "revisions", json!("")), "4 revisions"),
        ("revisions that are nothing", body(it, 4, "revisions", Value::Null), "4 revisions"),
        ("a revision that is a number", body(it, 4, "revisions", json!([1])), "4 revisions"),
        (
            "a revision without a digest",
            body(it, 4, "revisions", json!([{"document": 1, "length": 1}])),
            "4 revisions",
        ),
        ("a negative length", revised("length", json!(-1)), "4 revisions"),
        ("a length that is true", revised("length", json!(true)), "4 revisions"),
        ("a document that is true", revised("document", json!(true)), "4 revisions"),
        ("more bytes added than there are", revised("tail_length", json!(100_000)), "4 revisions"),
        ("bytes added that are true", revised("tail_length", json!(true)), "4 revisions"),
        ("a base that is nothing", revised("base", Value::Null), "4 revisions"),
        ("the head of no entry", revised("event_head", json!("0".repeat(64))), "4 event_head"),
        ("the head of a later entry", revised("event_head", json!(it.sealed[4].hash)), "4 event_head"),
        (
            "a head of an earlier entry than the one in the PDF",
            revised("event_head", json!(it.sealed[1].hash)),
            "6 event_head",
        ),
    ]
}

/// A chain that names one file, made of `base` and `tail`, with this event head.
fn naming(it: &Envelope, tail: &str, head: Option<Hash>) -> Case {
    let file = append(&it.first[0], tail);
    let named = revision(1, &it.first[0], &file, head);
    let case = it.edited(|evidence| {
        evidence["entries"].as_array_mut().unwrap().truncate(3);
        evidence["disclosures"] = json!([]);
        evidence["entries"][1]["entry"]["body"] = json!({});
        evidence["entries"][2]["entry"]["body"] = json!({ "revisions": [named] });
        rechain(evidence);
    });
    Case { pdfs: vec![file], ..case }
}

fn spoiled_pdfs(it: &Envelope) -> Vec<(&'static str, Case, &'static str)> {
    let (first, head) = (&it.first, it.sealed[0].hash);
    let mark = format!("/CSGN_EventHead /sha256-{head}");
    let longer = append(&first[3], "%");
    let stranger = b"%PDF-1.7 another\n";
    vec![
        ("both documents", it.case(), "ok"),
        ("no document", it.with(&[]), "ok"),
        ("a stranger's", it.with(&[stranger]), "2 pdf"),
        ("an empty one", it.with(&[b""]), "2 pdf"),
        ("the upload", it.with(&[&first[0]]), "2 pdf"),
        ("the upload of a document without fields", it.with(&[&it.second[0]]), "6 superseded"),
        ("as it was prepared", it.with(&[&first[1]]), "4 superseded"),
        ("as it was signed", it.with(&[&first[2]]), "6 superseded"),
        ("one byte short", it.with(&[&first[3][..first[3].len() - 1]]), "6 pdf"),
        ("cut inside the act", it.with(&[&first[2][..first[2].len() - 1]]), "4 pdf"),
        ("one byte more", it.with(&[&longer]), "6 pdf"),
        ("the second one longer, after a good one", it.with(&[&first[3], &longer]), "6 pdf"),
        ("a head where none is named", naming(it, &mark, None), "3 event_head"),
        ("a head after blanks", naming(it, &mark.replace(' ', " \0\t\n\x0c\r  "), Some(head)), "ok"),
        (
            "a head after too many blanks",
            naming(it, &mark.replace(' ', &" ".repeat(9)), Some(head)),
            "3 event_head",
        ),
        ("a head that is named", naming(it, &mark, Some(head)), "ok"),
        ("no head where one is named", naming(it, "x", Some(head)), "3 event_head"),
        ("a head twice", naming(it, &format!("{mark}{mark}"), Some(head)), "3 event_head"),
        ("half a head", naming(it, &mark[..60], Some(head)), "3 event_head"),
        (
            "a chain that names no PDF",
            Case {
                pdfs: vec![stranger.to_vec()],
                ..it.edited(|file| {
                    file["entries"].as_array_mut().unwrap().truncate(1);
                    file["disclosures"] = json!([]);
                    rechain(file);
                })
            },
            "None pdf",
        ),
    ]
}

#[test]
fn each_kind_of_misfit_has_its_name_and_both_checkers_give_it() {
    let it = Envelope::finished();
    let cases: Vec<_> =
        [spoiled_files(&it), spoiled_chains(&it), spoiled_pdfs(&it)].into_iter().flatten().collect();
    let written: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(index, (_, case, _))| (write(&format!("cases/{index}"), case), None))
        .collect();
    let theirs = answers_of_python(&written);
    assert_eq!(theirs.len(), cases.len());
    for ((name, case, expected), theirs) in cases.iter().zip(theirs) {
        let ours = answer(case);
        assert_eq!(ours.strip_prefix("ok ").map_or(ours.as_str(), |_| "ok"), *expected, "{name}");
        assert_eq!(ours, theirs, "{name}");
    }
}

#[test]
fn an_earlier_revision_fits_while_the_envelope_goes_on() {
    let it = Envelope::finished();
    let case = it.edited(|file| {
        file["entries"].as_array_mut().unwrap().truncate(6);
        file["disclosures"] = json!([]);
        rechain(file);
    });
    let case = Case { pdfs: vec![it.first[1].clone(), it.first[2].clone(), it.second[0].clone()], ..case };
    assert!(answer(&case).starts_with("ok "), "{}", answer(&case));
}

#[test]
fn a_file_that_is_two_documents_is_the_one_in_which_nothing_came_after_it() {
    for signed in [1, 2] {
        let it = Envelope::declined_with_one_file_twice(signed);
        let evidence = it.evidence().into_bytes();
        let pdfs = vec![it.first[1].clone(), it.second[0].clone()];
        let case = Case { evidence, pdfs };
        assert!(answer(&case).starts_with("ok "), "{}", answer(&case));
        let theirs = answers_of_python(&[(write(&format!("twice-{signed}"), &case), None)]);
        assert_eq!(theirs, [answer(&case)]);
        // Cut short, it is no document of either number.
        let cut = Case { pdfs: vec![it.second[0][1..].to_vec()], ..case };
        assert!(!answer(&cut).starts_with("ok "));
    }
}

#[test]
fn the_script_prints_its_answer_and_ends_with_a_status() {
    let case = Envelope::finished().case();
    let run = |names: &[PathBuf]| {
        let output =
            Command::new("python3").arg(docs().join("check_evidence.py")).args(names).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let (status, text) = run(&write("script", &case));
    assert_eq!((status, text.trim()), (Some(0), answer(&case).as_str()));
    let (status, text) = run(&write("script-flipped", &flipped(&case, Some((1, 0, 0)))));
    assert_eq!((status, text.trim()), (Some(1), "misfit: entry 2: pdf"));
    let (status, text) = run(&write("script-broken", &raw("{")));
    assert_eq!((status, text.trim()), (Some(1), "misfit: file"));
}
