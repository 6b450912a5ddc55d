//! A fixed sample of strangers' PDFs, signed by the binary and judged by pyHanko, qpdf and pdfsig. `make corpora` takes
//! all of them; this is every twelfth.

use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn a_sample_of_strangers_files_is_signed_and_accepted_or_refused_with_a_sentence() {
    // `make test` sets all three; the folder only where there is one.
    let setting = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let (Some(corpora), Some(python), Some(binary)) =
        (setting("COUNTERSIGN_CORPORA"), setting("COUNTERSIGN_PYTHON"), setting("COUNTERSIGN_BIN"))
    else {
        eprintln!("skipped: COUNTERSIGN_CORPORA, COUNTERSIGN_PYTHON or COUNTERSIGN_BIN is not set");
        return;
    };
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/testkit lies two below");
    let keys = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpora-keys");

    let made = Command::new(root.join("bench/make_keys.sh")).arg(&keys).status().expect("bash is there");
    assert!(made.success(), "openssl makes the keys");
    let out = Command::new(python)
        .arg(root.join("scripts/corpora/run.py"))
        .args(["--every", "12", "--minimum", "97", "--corpora"])
        .arg(&corpora)
        .arg("--keys")
        .arg(&keys)
        .arg("--")
        .arg(binary)
        .args(["sign", "{in}", "-o", "{out}", "--passphrase-env", "CORPORA_PASSPHRASE", "--key"])
        .arg(keys.join("p256.p12"))
        .env("CORPORA_PASSPHRASE", "bench")
        .output()
        .expect("the harness starts");

    let words = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{words}");
}
