//! Names in every script that somebody may sign in, read back by programs that know nothing of us.

use std::process::Command;

use super::*;

const NAMES: [&str; 8] = [
    "Zhang 张伟, 2026",
    "張偉與陳龍",
    "श्रीमती कविता शर्मा",
    "क्षत्रिय शिल्पा र्म द्ध्व",
    "Łódź & Αθήνα, Щербакова",
    "محمد",
    "محمد بن سلمان",
    "שלום עולם",
];

fn named() -> Vec<u8> {
    let row = |name: &&str| ("Signer".to_owned(), (*name).to_owned());
    report(&Report { parts: vec![Part::Table(NAMES.iter().map(row).collect())], ..Report::default() })
}

fn said(program: &mut Command) -> Option<String> {
    let output = program.output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn names_in_every_script_are_read_back_by_others() {
    let path = std::env::temp_dir().join(format!("countersign-scripts-{}.pdf", std::process::id()));
    std::fs::write(&path, named()).unwrap();
    if let Some(folder) = std::env::var_os("COUNTERSIGN_KEEP_PDFS") {
        std::fs::copy(&path, std::path::Path::new(&folder).join("names.pdf")).unwrap();
    }
    let poppler = said(Command::new("pdftotext").arg(&path).arg("-"));
    let script = "import sys, pypdf; print(pypdf.PdfReader(sys.argv[1]).pages[0].extract_text())";
    let pypdf = std::env::var_os("COUNTERSIGN_PYTHON")
        .and_then(|python| said(Command::new(python).env("PYTHONUTF8", "1").args(["-c", script]).arg(&path)));
    std::fs::remove_file(&path).unwrap();
    for (reader, text) in [("poppler", poppler), ("pypdf", pypdf)] {
        let Some(text) = text else { continue };
        // Poppler marks what goes from right to left, with signs that no name here has.
        let text = text.replace(['\u{202A}', '\u{202B}', '\u{202C}'], "");
        for name in NAMES {
            assert!(text.contains(name), "{reader} does not read {name}: {text:?}");
        }
    }
}
