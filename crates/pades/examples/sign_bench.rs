//! Times signatures of one file: `sign_bench FILE [TIMES]`. Prints a JSON object a line, times in milliseconds (medians).
//!
//! For each kind of key: the whole way from the file on disk to the signed file on disk (`sign`), the same without
//! writing (`sign_in_memory`), and what it cannot be quicker than: the raw key operation (`key_operation`), hashing the
//! same bytes (`hash`), and hashing while copying them (`hash_and_copy`). Peak memory is VmHWM of the process.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use pades::{Prepared, SignatureInfo, contents_estimate, sign_while_copying, signature_dictionary};
use pdf::form::{Act, Lock, SignatureField, act};
use pdf::{Document, Source, Tail};
use pki::{
    Authority, Certificate, DigestAlgorithm, Hasher, KeyPair, NewAuthority, Profile, Request, Signer, Subject,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

struct Person {
    key: KeyPair,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: sign_bench FILE [TIMES]")?;
    let times: usize = arguments.next().map_or(Ok(31), |times| times.parse())?;
    let file = Path::new(&file);
    let hash_only = median(times, || hash(file, None))?;
    let output = std::env::temp_dir().join(format!("sign-bench-{}.pdf", std::process::id()));
    let hash_and_copy = median(times, || hash(file, Some(&output)))?;
    let mut lines = Vec::new();
    for (name, key) in [("P-256", KeyPair::generate_p256()?), ("RSA-2048", KeyPair::generate_rsa_2048()?)] {
        let person = person(key)?;
        let sign = median(times, || sign(file, &person, &output))?;
        let in_memory = median(times, || sign_in_memory(file, &person))?;
        let key_operation = median(times.max(100), || Ok(person.key.sign(&[7; 200]).map(drop)?))?;
        lines.push(format!(
            "{{\"key\":\"{name}\",\"bytes\":{},\"times\":{times},\"sign\":{sign:.4},\"sign_in_memory\":{in_memory:.4},\
             \"key_operation\":{key_operation:.4},\"hash\":{hash_only:.4},\"hash_and_copy\":{hash_and_copy:.4},\
             \"peak_kib\":{}}}",
            std::fs::metadata(file)?.len(),
            peak_kib(),
        ));
    }
    std::fs::remove_file(&output)?;
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn person(key: KeyPair) -> Outcome<Person> {
    let now = Timestamp::UNIX_EPOCH;
    let ca_key = KeyPair::generate_p256()?;
    let authority = Authority::create(NewAuthority {
        name: "Bench CA".into(),
        key: ca_key,
        serial: [1; 16],
        now,
        years: 99,
    })?;
    let subject = Subject { common_name: "Bench".into(), email: None, organization: None };
    let spki = key.public_key_spki_der()?;
    let certificate = authority.issue(Request {
        subject,
        spki: &spki,
        serial: [2; 16],
        not_before: now,
        not_after: None,
        methods: &[],
        profile: Profile::Act,
        public_url: "https://sign.example.org",
    })?;
    Ok(Person { key, certificate, chain: vec![authority.certificate().clone()] })
}

/// The revision with an invisible signature field.
fn prepare(source: &Arc<File>, person: &Person) -> Outcome<Tail> {
    let document = Document::open(Arc::clone(source) as Arc<dyn Source>)?;
    let field = SignatureField {
        name: "Signature".into(),
        page: 1,
        rect: None,
        ink: None,
        caption: Vec::new(),
        lock: Lock::None,
    };
    Ok(act(
        &document,
        &Act {
            fills: Vec::new(),
            signature: field,
            signature_dictionary: signature_dictionary(&SignatureInfo::default()),
            contents_bytes: contents_estimate(&person.certificate, &person.chain),
            certify: None,
        },
    )?)
}

fn sign(file: &Path, person: &Person, output: &Path) -> Outcome<()> {
    let source = Arc::new(File::open(file)?);
    let prepared = Prepared::new(prepare(&source, person)?)?;
    let mut output = fresh(output)?;
    sign_while_copying(prepared, &*source, &mut output, &person.key, &person.certificate, &person.chain)?;
    Ok(())
}

fn sign_in_memory(file: &Path, person: &Person) -> Outcome<()> {
    let source = Arc::new(File::open(file)?);
    let digested = Prepared::new(prepare(&source, person)?)?.digest(&*source)?;
    digested.sign(&person.key, &person.certificate, &person.chain)?;
    Ok(())
}

fn hash(file: &Path, copy_to: Option<&Path>) -> Outcome<()> {
    let source = File::open(file)?;
    let mut output = copy_to.map(fresh).transpose()?;
    let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
    let mut buffer = vec![0; 256 << 10];
    let (mut offset, length) = (0, source.length());
    while offset < length {
        let take = usize::try_from(length - offset)?.min(buffer.len());
        let piece = buffer.get_mut(..take).ok_or("a piece is never longer than the buffer")?;
        source.read_at(offset, piece)?;
        hasher.update(piece);
        if let Some(output) = &mut output {
            output.write_all(piece)?;
        }
        offset += take as u64;
    }
    std::hint::black_box(hasher.finish());
    Ok(())
}

/// A new file: some file systems write an old one's contents to the disk when it is truncated and closed.
fn fresh(path: &Path) -> Outcome<File> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    Ok(File::create(path)?)
}

/// Median of so many runs, in milliseconds.
fn median(times: usize, mut run: impl FnMut() -> Outcome<()>) -> Outcome<f64> {
    run()?;
    let mut all = Vec::with_capacity(times);
    for _ in 0..times.max(1) {
        let start = Instant::now();
        run()?;
        all.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().ok_or_else(|| "nothing was timed".into())
}

fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
