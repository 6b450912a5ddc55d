//! Programs of others, real ones and ones that misbehave.

use convert::{Converter, Fault, Kind, Level, Settings};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A program of these lines of shell.
fn script(folder: &Path, lines: &str) -> String {
    let path = folder.join("program");
    std::fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("allowed");
    path.display().to_string()
}

fn input(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("input");
    std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("written");
    path
}

async fn by(lines: &str, settings: Settings) -> Result<Vec<u8>, Fault> {
    let (home, work) = (folder(), folder());
    let office = script(home.path(), lines);
    let converter = Converter::new(&Settings { office, ..settings });
    let input = input(home.path(), b"{\\rtf1 x}");
    let made = converter.to_pdf(&input, Kind::Rtf, work.path()).await?;
    Ok(std::fs::read(made).expect("it is there"))
}

#[tokio::test]
async fn a_program_that_is_not_there_is_named() {
    let converter = Converter::new(&Settings {
        office: "no-such-program".into(),
        ghostscript: String::new(),
        ..Settings::default()
    });
    let work = folder();
    let input = input(work.path(), b"x");
    assert_eq!(
        converter.to_pdf(&input, Kind::Rtf, work.path()).await,
        Err(Fault::NotInstalled("LibreOffice"))
    );
    assert_eq!(
        converter.to_pdfa(&input, Level::Two, work.path()).await,
        Err(Fault::NotInstalled("Ghostscript"))
    );
    assert!(!converter.has_office() && !converter.has_ghostscript());
}

#[tokio::test]
async fn a_program_that_writes_nothing_has_failed_however_it_ends() {
    assert_eq!(by("exit 0", Settings::default()).await, Err(Fault::Failed));
    assert_eq!(by("exit 3", Settings::default()).await, Err(Fault::Failed));
    assert_eq!(by(": > document.pdf", Settings::default()).await, Err(Fault::Failed));
    assert_eq!(by("printf made > document.pdf; exit 3", Settings::default()).await, Ok(b"made".to_vec()));
}

#[tokio::test]
async fn a_program_that_hangs_is_ended_with_its_children() {
    let seen = folder();
    let mark = seen.path().join("alive");
    for isolate in [true, false] {
        let lines = format!("(sleep 3; : > {}) & sleep 100", mark.display());
        let settings = Settings { timeout_s: 1, isolate, ..Settings::default() };
        assert_eq!(by(&lines, settings).await, Err(Fault::TooSlow));
    }
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    assert!(!mark.exists(), "a child lived on");
}

#[tokio::test]
async fn a_program_gets_no_more_memory_and_writes_no_larger_file_than_allowed() {
    // dd takes its block from memory before it reads a byte.
    let settings = || Settings { memory_mb: 200, output_mb: 1, ..Settings::default() };
    let hungry = "dd if=/dev/zero of=document.pdf bs=400M count=1 2>/dev/null";
    assert_eq!(by(hungry, settings()).await, Err(Fault::Failed));
    let made = by("dd if=/dev/zero of=document.pdf bs=64k count=64 2>/dev/null", settings()).await;
    assert!(made.is_ok_and(|it| it.len() <= 1024 * 1024));
}

#[tokio::test]
async fn a_program_has_nothing_of_our_environment_and_no_network() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("asked without waiting");
    let port = listener.local_addr().expect("bound").port();
    let lines = format!(
        "env > document.pdf; (echo x > /dev/tcp/127.0.0.1/{port}) 2>/dev/null; bash -c 'echo x > /dev/tcp/127.0.0.1/{port}' 2>/dev/null; exit 0"
    );
    let environment = String::from_utf8(by(&lines, Settings::default()).await.expect("made")).expect("text");
    assert!(!environment.contains("CARGO"), "{environment}");
    assert!(listener.accept().is_err(), "it reached us");
    // The same without the leash reaches us, so that the check above can fail.
    let _ = by(&lines, Settings { isolate: false, ..Settings::default() }).await;
    assert!(listener.accept().is_ok());
}

/// The programs themselves; `scripts/setup.sh test` installs them.
mod installed {
    use super::*;

    async fn pdf_of(kind: Kind, bytes: &[u8]) -> Vec<u8> {
        let work = folder();
        let input = input(work.path(), bytes);
        let made = Converter::new(&Settings::default()).to_pdf(&input, kind, work.path()).await;
        std::fs::read(made.expect("converted")).expect("there")
    }

    fn words(pdf: &[u8]) -> String {
        let work = folder();
        let path = input(work.path(), pdf);
        let output = std::process::Command::new("pdftotext").arg(path).arg("-").output().expect("pdftotext");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    #[tokio::test]
    async fn libreoffice_makes_pdfs_of_texts_tables_and_pages() {
        assert!(words(&pdf_of(Kind::Rtf, b"{\\rtf1\\ansi Rich lease}").await).contains("Rich lease"));
        assert!(words(&pdf_of(Kind::Html, b"<!doctype html><p>Web lease").await).contains("Web lease"));
    }

    #[tokio::test]
    async fn a_page_fetches_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("asked without waiting");
        let port = listener.local_addr().expect("bound").port();
        let page = format!(
            "<!doctype html><p>Lease<img src=\"http://127.0.0.1:{port}/a.png\"><iframe src=\"http://127.0.0.1:{port}/\"></iframe>"
        );
        assert!(words(&pdf_of(Kind::Html, page.as_bytes()).await).contains("Lease"));
        assert!(listener.accept().is_err(), "the page reached us");
    }

    #[tokio::test]
    async fn ghostscript_makes_a_pdf_that_says_it_is_pdf_a() {
        let plain = pdf_of(Kind::Rtf, b"{\\rtf1\\ansi For the archive}").await;
        let work = folder();
        let input = input(work.path(), &plain);
        let made = Converter::new(&Settings::default()).to_pdfa(&input, Level::Two, work.path()).await;
        let made = std::fs::read(made.expect("converted")).expect("there");
        assert!(words(&made).contains("For the archive"));
    }
}
