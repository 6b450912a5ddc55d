//! One file through everything that a product does to an upload: looked over, rewritten where it has to be, a form laid
//! out, filled and signed in one act. `make corpora` runs it over strangers' files.
//!
//! `prepare_and_sign IN.pdf OUT.pdf KEY.p12 PASSPHRASE`. Exit status 0 signed, 1 refused (with the code and sentence on
//! standard error), 2 anything else. A signed file keeps its bytes; a certified one gets an invisible signature only.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use pades::{Prepared, SignatureInfo, signature_dictionary};
use pdf::appearance::TextStyle;
use pdf::form::{Act, Fill, Lock, Plan, SignatureField, Widget, WidgetKind};
use pdf::intake::{Intake, IntakeRefusal, intake};
use pdf::{Document, Ink, Joined, Rect, Source};

type Problem = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, key, passphrase] = arguments.as_slice() else {
        return complain("prepare_and_sign IN.pdf OUT.pdf KEY.p12 PASSPHRASE", 2);
    };
    match run(Path::new(input), Path::new(output), Path::new(key), passphrase) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(refusal)) => complain(&format!("{}: {refusal}", refusal.code()), 1),
        Err(problem) => complain(&problem.to_string(), 2),
    }
}

fn complain(words: &str, status: u8) -> ExitCode {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{words}");
    ExitCode::from(status)
}

fn run(input: &Path, output: &Path, key: &Path, passphrase: &str) -> Result<Option<IntakeRefusal>, Problem> {
    let upload: Arc<dyn Source> = Arc::new(File::open(input)?);
    let looked_over = match intake(Arc::clone(&upload)) {
        Ok(intake) => intake,
        Err(refusal) => return Ok(Some(refusal)),
    };
    let mut pieces = vec![if looked_over.rewrite.is_empty() { upload } else { rewritten(&upload)? }];
    let fresh = looked_over.signatures == 0;
    if fresh {
        let document = Document::open(joined(&pieces))?;
        if let Some(tail) = pdf::form::prepare(&document, &plan(&looked_over))? {
            pieces.push(Arc::new(tail.bytes));
        }
    }
    let identity = pki::open_pkcs12(&std::fs::read(key)?, passphrase)?;
    let base = joined(&pieces);
    let tail = pdf::form::act(&Document::open(Arc::clone(&base))?, &act(&looked_over, fresh))?;
    let signed =
        Prepared::new(tail)?.digest(&*base)?.sign(&identity.key, &identity.certificate, &identity.chain)?;
    pieces.push(Arc::new(signed.tail_bytes));
    write(&*joined(&pieces), output)?;
    Ok(None)
}

fn rewritten(upload: &Arc<dyn Source>) -> Result<Arc<dyn Source>, Problem> {
    let mut bytes = Vec::new();
    pdf::rewrite::rewrite(&Document::open(Arc::clone(upload))?, &mut bytes)?;
    Ok(Arc::new(bytes))
}

fn joined(pieces: &[Arc<dyn Source>]) -> Arc<dyn Source> {
    Arc::new(Joined::new(pieces.to_vec()))
}

/// A place on the first page: `row` of five from its top, sized to what the page has.
fn place(intake: &Intake, row: u32) -> Rect {
    let (width, height) = intake.pages.first().map_or((100.0, 100.0), |page| (page.width, page.height));
    Rect {
        x: width * 0.1,
        y: height * 0.15 * f64::from(row),
        width: (width * 0.5).min(200.0),
        height: (height * 0.1).min(50.0),
    }
}

fn plan(intake: &Intake) -> Plan {
    let widget = |name: &str, kind, row| Widget {
        name: name.to_owned(),
        kind,
        page: 1,
        rect: place(intake, row),
        label: format!("Signer 1: {name}"),
        required: true,
        style: TextStyle::default(),
    };
    Plan {
        widgets: vec![
            widget("csgn_text_1", WidgetKind::Text, 1),
            widget("csgn_check_1", WidgetKind::CheckBox, 2),
            widget("csgn_mark_1", WidgetKind::Mark, 3),
        ],
        test_mark: Some("TEST".to_owned()),
        ..Plan::default()
    }
}

fn act(intake: &Intake, fresh: bool) -> Act {
    let names = ["csgn_text_1", "csgn_check_1", "csgn_mark_1"];
    let ink = || Ink::Typed { text: "Ada Žižková Ελένη".to_owned() };
    let fills = vec![
        Fill::Text {
            name: names[0].to_owned(),
            value: "Привет, Ada".to_owned(),
            style: TextStyle::default(),
        },
        Fill::Check { name: names[1].to_owned(), on: true },
        Fill::Mark { name: names[2].to_owned(), ink: ink() },
    ];
    // A new visible field after a certification counts as a change; an invisible one does not.
    let visible = intake.certification.is_none();
    Act {
        fills: if fresh { fills } else { Vec::new() },
        signature: SignatureField {
            name: "csgn_signature_1".to_owned(),
            page: 1,
            rect: visible.then(|| place(intake, 4)),
            ink: visible.then(ink),
            caption: vec!["Ada Žižková".to_owned(), "1 January 2026".to_owned()],
            lock: if fresh { Lock::Include(names.map(str::to_owned).to_vec()) } else { Lock::None },
        },
        signature_dictionary: signature_dictionary(&SignatureInfo {
            claimed_time: jiff::Timestamp::from_second(1_780_000_000).expect("a second of 2026 is in range"),
            name: Some("Ada Žižková".to_owned()),
            event_head: Some([7; 32]),
            ..SignatureInfo::default()
        }),
        contents_bytes: 8192,
        certify: None,
    }
}

fn write(source: &dyn Source, output: &Path) -> Result<(), Problem> {
    let mut file = File::create(output)?;
    let mut piece = vec![0; 1 << 16];
    let mut at = 0;
    while at < source.length() {
        let length = usize::try_from((source.length() - at).min(1 << 16))?;
        source.read_at(at, &mut piece[..length])?;
        file.write_all(&piece[..length])?;
        at += u64::try_from(length)?;
    }
    Ok(())
}
