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

    /// The file in another format, as LibreOffice writes it.
    fn saved_as(name: &str, bytes: &[u8], to: &str) -> Vec<u8> {
        let work = folder();
        let source = work.path().join(name);
        std::fs::write(&source, bytes).expect("written");
        let made = std::process::Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", work.path().join("profile").display()))
            .args(["--headless", "--convert-to", to, "--outdir"])
            .arg(work.path().join("made"))
            .arg(source)
            .output()
            .expect("LibreOffice is installed");
        let (extension, _) = to.split_once(':').expect("a kind and a filter");
        std::fs::read(work.path().join("made").join(format!("source.{extension}")))
            .unwrap_or_else(|error| unreachable!("{error}: {made:?}"))
    }

    /// Told by its content, and converted: what the page says.
    async fn told_and_converted(kind: Kind, file: &[u8]) -> String {
        assert_eq!(Kind::of(&mut std::io::Cursor::new(file)), Some(kind));
        words(&pdf_of(kind, file).await)
    }

    #[tokio::test]
    async fn a_letter_of_old_word_is_told_and_becomes_a_page() {
        let letter = saved_as("source.rtf", b"{\\rtf1\\ansi An old lease}", "doc:MS Word 97");
        assert!(told_and_converted(Kind::Doc, &letter).await.contains("An old lease"));
    }

    #[tokio::test]
    async fn a_spreadsheet_of_old_excel_is_told_and_becomes_a_page() {
        let sheet = saved_as("source.csv", b"Rents,950\n", "xls:MS Excel 97");
        let words = told_and_converted(Kind::Xls, &sheet).await;
        assert!(words.contains("Rents") && words.contains("950"), "{words}");
    }

    #[tokio::test]
    async fn an_open_text_is_told_and_becomes_a_page() {
        let text = saved_as("source.rtf", b"{\\rtf1\\ansi An open lease}", "odt:writer8");
        assert!(told_and_converted(Kind::Odt, &text).await.contains("An open lease"));
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

    /// An office file of these parts; of an OpenDocument one, the first is its kind.
    fn office(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
            writer.write_all(text.as_bytes()).expect("written");
        }
        writer.finish().expect("whole").into_inner()
    }

    /// What the parts are, what the package begins with, and what that leads to.
    fn package(root: (&str, &str), leaf: (&str, &str, &str)) -> [String; 3] {
        const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
        const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relations = |kind: &str, target: &str| {
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}"/></Relationships>"#
            )
        };
        let (folder, _) = root.0.split_once('/').expect("a folder");
        let types = format!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/{}" ContentType="{OFFICE}.{}.main+xml"/><Override PartName="/{folder}/{}" ContentType="{OFFICE}.{}+xml"/></Types>"#,
            root.0, root.1, leaf.0, leaf.1
        );
        [types, relations("officeDocument", root.0), relations(leaf.2, leaf.0)]
    }

    #[tokio::test]
    async fn a_spreadsheet_of_excel_becomes_a_page() {
        let [types, above, below] = package(
            ("xl/workbook.xml", "spreadsheetml.sheet"),
            ("worksheets/sheet1.xml", "spreadsheetml.worksheet", "worksheet"),
        );
        let file = office(&[
            ("[Content_Types].xml", &types),
            ("_rels/.rels", &above),
            (
                "xl/workbook.xml",
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Rent" sheetId="1" r:id="r1"/></sheets></workbook>"#,
            ),
            ("xl/_rels/workbook.xml.rels", &below),
            (
                "xl/worksheets/sheet1.xml",
                r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Rents</t></is></c><c r="B1"><v>950</v></c><c r="C1"><f>B1*2</f></c></row></sheetData></worksheet>"#,
            ),
        ]);
        let words = words(&pdf_of(Kind::Xlsx, &file).await);
        assert!(words.contains("Rents") && words.contains("1900"), "computed, too: {words}");
    }

    #[tokio::test]
    async fn an_open_spreadsheet_becomes_a_page() {
        let file = office(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            (
                "META-INF/manifest.xml",
                r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#,
            ),
            (
                "content.xml",
                r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Sheet"><table:table-row><table:table-cell office:value-type="string"><text:p>Open rents</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#,
            ),
        ]);
        assert!(words(&pdf_of(Kind::Ods, &file).await).contains("Open rents"));
    }

    #[tokio::test]
    async fn a_presentation_becomes_a_page_for_each_slide() {
        let [types, above, below] = package(
            ("ppt/presentation.xml", "presentationml.presentation"),
            ("slides/slide1.xml", "presentationml.slide", "slide"),
        );
        let file = office(&[
            ("[Content_Types].xml", &types),
            ("_rels/.rels", &above),
            (
                "ppt/presentation.xml",
                r#"<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>"#,
            ),
            ("ppt/_rels/presentation.xml.rels", &below),
            (
                "ppt/slides/slide1.xml",
                r#"<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="900000" y="900000"/><a:ext cx="6000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>Slide of the lease</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"#,
            ),
        ]);
        assert!(words(&pdf_of(Kind::Pptx, &file).await).contains("Slide of the lease"));
    }
}
