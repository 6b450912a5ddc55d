//! A PDF beside the chain.

use super::chain::Chain;
use super::misfit::{Misfit, What};
use super::report::FittingPdf;
use super::revision::Named;
use super::witness::Witness;

/// Finds the revision that this PDF is, and looks at every revision of that document that it begins with.
///
/// The same file may be several documents of one envelope, and stay in one what in another was signed since: it is
/// then the document in which nothing came after it.
pub(super) fn fit(name: &str, pdf: &Witness, chain: &Chain) -> Result<FittingPdf, Misfit> {
    let revisions = &chain.revisions;
    let whole = || revisions.iter().filter(|it| it.length == pdf.length && holds(pdf, it));
    let whole = whole()
        .rfind(|it| later(revisions, it).is_none())
        .or_else(|| whole().next_back())
        .ok_or_else(|| first_unlike(name, pdf, revisions))?;
    let mut event_heads = Vec::new();
    for revision in revisions.iter().filter(|it| it.document == whole.document && holds(pdf, it)) {
        let unfit = |what, sentence: String| Misfit::new(Some(revision.seq), what, sentence);
        if !holds_base(pdf, revision) {
            return Err(unfit(
                What::Pdf,
                format!("{name} does not begin with the revision that it was made on"),
            ));
        }
        let found = pdf.heads_between(revision.base_length, revision.length);
        let expected: Vec<_> = revision.event_head.iter().map(String::as_bytes).collect();
        if found != expected {
            let sentence = format!("{name} does not carry the event head that it names, or another one");
            return Err(unfit(What::EventHead, sentence));
        }
        event_heads.extend(revision.event_head.clone());
    }
    if let Some(later) = later(revisions, whole).filter(|_| chain.ended) {
        let sentence =
            format!("{name} is an earlier revision of document {} than the one it names", whole.document);
        return Err(Misfit::new(Some(later.seq), What::Superseded, sentence));
    }
    Ok(FittingPdf {
        name: name.to_owned(),
        document: whole.document,
        seq: whole.seq,
        digest: pdf.digest.clone(),
        event_heads,
    })
}

/// The first revision of the same document that came after this one.
fn later<'r>(revisions: &'r [Named], revision: &Named) -> Option<&'r Named> {
    revisions.iter().find(|it| it.document == revision.document && it.seq > revision.seq)
}

fn holds(pdf: &Witness, revision: &Named) -> bool {
    pdf.begins_with(revision.length, &revision.digest)
}

fn holds_base(pdf: &Witness, revision: &Named) -> bool {
    revision.base.as_ref().is_none_or(|base| pdf.begins_with(revision.base_length, base))
}

/// A PDF that is no revision: the first entry that adds to what is in it something that is not. Where all that is
/// added is in it, it goes on after the last entry's; where nothing is, it differs from the first.
fn first_unlike(name: &str, pdf: &Witness, revisions: &[Named]) -> Misfit {
    let unlike = revisions
        .iter()
        .find(|it| holds_base(pdf, it) && !holds(pdf, it))
        .or_else(|| revisions.iter().rfind(|it| holds(pdf, it)))
        .or_else(|| revisions.first());
    match unlike {
        Some(unlike) => {
            let sentence = format!("{name} is not document {} as it names it", unlike.document);
            Misfit::new(Some(unlike.seq), What::Pdf, sentence)
        }
        None => Misfit::new(None, What::Pdf, format!("no entry names a PDF, so {name} is none of them")),
    }
}
