//! Programs of others that judge what comes out.

use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for what is to be judged.
pub struct Bench(tempfile::TempDir);

impl Bench {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Lays a file on it.
    pub fn lay(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Both sentences of a program.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A command of our binary that needs no server.
pub fn countersign(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign")).args(arguments).output().unwrap()
}

/// What pyHanko says of each signature, now or at another time; `None` where there is no pyHanko.
pub fn pyhanko(file: &Path, trust: &Path, at: Option<&str>) -> Option<Vec<Value>> {
    let answer = testkit::pyhanko::judge(file, &[trust], at, true)?;
    assert!(answer["signatures"].is_array(), "{answer}");
    answer["signatures"].as_array().cloned()
}

/// Holds pyHanko's judgement of so many signatures, now and five years on: nothing is missing.
pub fn pyhanko_accepts(file: &Path, trust: &Path, signatures: usize) {
    let later = (now() + jiff::SignedDuration::from_hours(5 * 365 * 24)).to_string();
    for at in [None, Some(later.as_str())] {
        let Some(found) = pyhanko(file, trust, at) else { return };
        assert_eq!(found.len(), signatures, "{found:?}");
        for signature in &found {
            for key in ["intact", "valid", "trusted", "bottom_line", "docmdp_ok"] {
                assert_eq!(signature[key], true, "{key} at {at:?}: {signature}");
            }
        }
    }
}

/// Now, by the clock that the binary under test uses too.
#[expect(clippy::disallowed_methods, reason = "what is judged was made by this clock")]
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// Holds what qpdf and poppler say of a file with so many signatures.
pub fn readers_accept(file: &Path, signatures: usize) {
    let qpdf = Command::new("qpdf").arg("--check").arg(file).output().unwrap();
    assert!(qpdf.status.success(), "{}", said(&qpdf));
    let pdfsig = Command::new("pdfsig").arg("-nocert").arg(file).output().unwrap();
    let words = said(&pdfsig);
    assert_eq!(words.matches("Signature Validation: Signature is Valid.").count(), signatures, "{words}");
}

/// What the crate says of an evidence file and PDFs.
pub fn evidence(evidence: &[u8], pdfs: &[&[u8]]) -> Result<evidence::CheckReport, evidence::Misfit> {
    let mut readers: Vec<&[u8]> = pdfs.to_vec();
    let mut named: Vec<(&str, &mut dyn Read)> =
        readers.iter_mut().map(|it| ("document.pdf", it as &mut dyn Read)).collect();
    evidence::check(evidence, &mut named)
}

/// What the checker in `docs/` says.
pub fn python_checker(evidence: &Path, pdfs: &[&Path]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/check_evidence.py");
    Command::new("python3").arg(script).arg(evidence).args(pdfs).output().expect("python3 is there")
}
