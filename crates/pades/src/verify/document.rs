//! From the signatures to the document: what came after each, and all in one word.

use pdf::{Document, Source};

use super::report::{Changes, Coverage, DocumentVerdict, Indication, Integrity, Report, SignatureReport};

/// Puts the judgements together.
pub(super) fn conclude(
    document: &Document,
    source: &dyn Source,
    mut signatures: Vec<SignatureReport>,
    beyond: usize,
) -> Report {
    let boundaries = document.boundaries();
    let length = source.length();
    signatures.sort_by_key(|signature| signature.covered_to);
    let covered = signatures.iter().filter(|one| holds(one)).map(|one| one.covered_to).max().unwrap_or(0);
    let covers_all = signatures.iter().any(|one| holds(one) && one.coverage == Coverage::WholeFile);
    for signature in &mut signatures {
        if signature.coverage == Coverage::WholeFile || signature.covered_to == 0 {
            continue;
        }
        let revisions = boundaries.iter().filter(|end| **end > signature.covered_to + 2).count();
        signature.changes = if covers_all {
            Changes::LaterSignedRevisions { revisions }
        } else {
            Changes::Uncovered { bytes: length.saturating_sub(covered.max(signature.covered_to)) }
        };
        signature.not_judged.push("changes after the signature".into());
    }
    let mut remarks = Vec::new();
    if document.was_repaired() {
        remarks.push("the file is damaged and was read by searching for its objects".to_owned());
    }
    if document.offset_shift() > 0 {
        remarks.push("the file has bytes before its header".to_owned());
    }
    if beyond > 0 {
        remarks.push(format!("{beyond} further signatures were not judged"));
    }
    let (verdict, sentence) = word(&signatures, covers_all, length.saturating_sub(covered), beyond);
    Report {
        verdict,
        sentence,
        revisions: boundaries.len(),
        certification: signatures.iter().find_map(|signature| signature.certification),
        signatures,
        remarks,
    }
}

/// Intact and covering a whole revision at least.
fn holds(signature: &SignatureReport) -> bool {
    signature.integrity == Integrity::Intact
        && matches!(signature.coverage, Coverage::WholeFile | Coverage::WholeRevision)
}

fn word(
    signatures: &[SignatureReport],
    covers_all: bool,
    uncovered: u64,
    beyond: usize,
) -> (DocumentVerdict, String) {
    if signatures.is_empty() {
        return (DocumentVerdict::Unsigned, "The document carries no signature.".into());
    }
    let named = |one: &SignatureReport| format!("\u{201c}{}\u{201d}: {}", one.field, one.sentence);
    if let Some(broken) = signatures.iter().find(|one| one.indication == Indication::TotalFailed) {
        return (DocumentVerdict::Invalid, format!("A signature is broken. {}.", named(broken)));
    }
    if let Some(partial) = signatures.iter().find(|one| one.coverage == Coverage::Partial) {
        let sentence =
            format!("The signature \u{201c}{}\u{201d} does not cover a whole revision.", partial.field);
        return (DocumentVerdict::Suspicious, sentence);
    }
    let judged = signatures.iter().any(holds);
    if judged && !covers_all {
        let sentence =
            format!("The last {uncovered} bytes were added after the last signature and nobody signed them.");
        return (DocumentVerdict::Suspicious, sentence);
    }
    if let Some(open) = signatures.iter().find(|one| one.indication == Indication::Indeterminate) {
        return (
            DocumentVerdict::Indeterminate,
            format!("A signature could not be judged to the end. {}.", named(open)),
        );
    }
    if beyond > 0 {
        return (DocumentVerdict::Indeterminate, "Not every signature was judged.".into());
    }
    let sentence = match signatures.len() {
        1 => "The signature is valid and covers the whole document.".into(),
        count => format!(
            "All {count} signatures are valid, and the last covers the whole document. \
             What changed between them is not judged."
        ),
    };
    (DocumentVerdict::Valid, sentence)
}
