//! A fixed sample of strangers' PDFs, signed by us and judged by pyHanko, qpdf and pdfsig. `make corpora` takes all of
//! them; this is every twelfth.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What `make test` sets: the folder of PDFs (only where there is one), Python with the validators, the binary.
struct Settings {
    corpora: PathBuf,
    python: PathBuf,
    binary: PathBuf,
}

fn settings() -> Option<Settings> {
    let setting = |name: &str| std::env::var_os(name).map(PathBuf::from);
    Some(Settings {
        corpora: setting("COUNTERSIGN_CORPORA")?,
        python: setting("COUNTERSIGN_PYTHON")?,
        binary: setting("COUNTERSIGN_BIN")?,
    })
}

/// Runs the harness with one way of signing; `signer` gets the PKCS#12 file's path.
fn judge(settings: &Settings, name: &str, signer: impl Fn(&OsStr) -> Command) {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/testkit lies two below");
    let keys = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpora-keys-{name}"));
    let made = Command::new(root.join("bench/make_keys.sh")).arg(&keys).status().expect("bash is there");
    assert!(made.success(), "openssl makes the keys");
    let signer = signer(keys.join("p256.p12").as_os_str());
    let out = Command::new(&settings.python)
        .arg(root.join("scripts/corpora/run.py"))
        .args(["--every", "12", "--minimum", "97", "--corpora"])
        .arg(&settings.corpora)
        .arg("--keys")
        .arg(&keys)
        .arg("--")
        .arg(signer.get_program())
        .args(signer.get_args())
        .env("CORPORA_PASSPHRASE", "bench")
        .output()
        .expect("the harness starts");
    let words = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{words}");
}

#[test]
fn the_binary_signs_a_sample_of_strangers_files_or_refuses_them_with_a_sentence() {
    let Some(settings) = settings() else {
        eprintln!("skipped: COUNTERSIGN_CORPORA, COUNTERSIGN_PYTHON or COUNTERSIGN_BIN is not set");
        return;
    };
    judge(&settings, "sign", |key| {
        let mut command = Command::new(&settings.binary);
        command.args(["sign", "{in}", "-o", "{out}", "--field", "CorpusSignature"]);
        command.args(["--passphrase-env", "CORPORA_PASSPHRASE", "--key"]).arg(key);
        command
    });
}

#[test]
fn a_form_is_laid_out_filled_and_signed_in_a_sample_of_strangers_files() {
    let Some(settings) = settings() else {
        eprintln!("skipped: COUNTERSIGN_CORPORA, COUNTERSIGN_PYTHON or COUNTERSIGN_BIN is not set");
        return;
    };
    // `cargo build --all-targets` puts the example beside the binary.
    let example = settings.binary.with_file_name("examples").join("prepare_and_sign");
    judge(&settings, "prepare", |key| {
        let mut command = Command::new(&example);
        command.args(["{in}", "{out}"]).arg(key).arg("bench");
        command
    });
}
