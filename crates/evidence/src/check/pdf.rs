//! A PDF beside the chain.

use super::chain::Chain;
use super::misfit::{Misfit, What};
use super::report::FittingPdf;
use super::revision::{Named, lineage};
use super::witness::Witness;

/// Finds the revision that this PDF is and what that revision was made on.
pub(super) fn fit(name: &str, pdf: &Witness, chain: &Chain) -> Result<FittingPdf, Misfit> {
    let revisions = &chain.revisions;
    let matches = |it: &Named| it.length == pdf.length && it.digest == pdf.digest;
    let index = revisions.iter().rposition(matches).ok_or_else(|| first_unlike(name, pdf, revisions))?;
    let lineage = lineage(revisions, index);
    let mut event_heads = Vec::new();
    for revision in &lineage {
        let unfit = |what, sentence: String| Misfit::new(Some(revision.seq), what, sentence);
        if !begins_with(pdf, revision) {
            return Err(unfit(What::Pdf, format!("{name} does not begin with the revision that it names")));
        }
        let found = pdf.heads_between(revision.base_length, revision.length);
        let expected: Vec<_> = revision.event_head.iter().map(String::as_bytes).collect();
        if found != expected {
            let sentence = format!("{name} does not carry the event head that it names, and no other");
            return Err(unfit(What::EventHead, sentence));
        }
        event_heads.extend(revision.event_head.clone());
    }
    let this = lineage.last().map_or((0, 0), |it| (it.document, it.seq));
    let later = revisions.iter().skip(index + 1).find(|it| it.document == this.0);
    if let Some(later) = later.filter(|_| chain.ended) {
        let sentence = format!("{name} is an earlier revision of document {} than the one it names", this.0);
        return Err(Misfit::new(Some(later.seq), What::Superseded, sentence));
    }
    let digest = pdf.digest.clone();
    Ok(FittingPdf { name: name.to_owned(), document: this.0, seq: this.1, digest, event_heads })
}

fn begins_with(pdf: &Witness, revision: &Named) -> bool {
    let base = revision.base.as_ref().is_none_or(|base| pdf.begins_with(revision.base_length, base));
    base && pdf.begins_with(revision.length, &revision.digest)
}

/// A PDF that is no revision: taken for the document that it shares most revisions with, the entry that names the
/// first one that is not in it.
fn first_unlike(name: &str, pdf: &Witness, revisions: &[Named]) -> Misfit {
    let mut best: Option<(usize, &Named)> = None;
    let mut documents: Vec<u64> = revisions.iter().map(|it| it.document).collect();
    documents.sort_unstable();
    documents.dedup();
    for document in documents {
        let Some(last) = revisions.iter().rposition(|it| it.document == document) else { continue };
        let lineage = lineage(revisions, last);
        let shared = lineage.iter().take_while(|it| begins_with(pdf, it)).count();
        // Past the last revision stand bytes that no entry names; then it is the last entry that says too little.
        let Some(unlike) = lineage.get(shared).or(lineage.last()) else { continue };
        if best.is_none_or(|(most, _)| shared > most) {
            best = Some((shared, unlike));
        }
    }
    match best {
        Some((_, unlike)) => {
            let sentence = format!("{name} is not the document {} that it names", unlike.document);
            Misfit::new(Some(unlike.seq), What::Pdf, sentence)
        }
        None => Misfit::new(None, What::Pdf, format!("no entry names a PDF, so {name} is none of them")),
    }
}
