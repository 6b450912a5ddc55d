//! Fields that stand wherever a text stands. Which fields are allowed the rules say, as of all others.

mod search;

use crate::error::Error;
use crate::server::Service;
use envelope::{DocumentDraft, FieldDraft, FieldId, Finding, PageList, Refusal, TagText, TagTextWish};
use search::Hit;
use std::collections::{BTreeMap, BTreeSet};

/// So many fields come of the anchors of one draft at most: more than the rules allow.
const PLACED_MAX: usize = 2500;

/// A text in a document, and what is to be filled there.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// The text; found anywhere, also inside a word.
    pub text: String,
    /// Number of the document, from 1.
    pub document: u16,
    /// On which pages.
    pub pages: PageList,
    /// Only the nth of them, from 1; every one where nothing is said.
    pub occurrence: Option<u32>,
    /// From the upper left corner of the text to that of the field, in points.
    pub offset: (f64, f64),
    /// Where the text is nowhere, there is no field, and nothing is wrong.
    pub skip_if_not_found: bool,
    /// What becomes of the text in the document that is sent; it stays where nothing is said.
    pub tag_text: Option<TagTextWish>,
    /// The field; its place is not used, its size is.
    pub field: FieldDraft,
}

/// Which fields of a draft came of which anchor, so that what is wrong with one is said at its anchor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchored {
    /// Fields that were given as such come first.
    given: usize,
    /// The anchor, from 0, of each field after them.
    anchors: Vec<usize>,
}

impl Anchored {
    /// Lets findings about a placed field point to its anchor, which is all that the caller knows of it.
    pub(crate) fn blame(&self, error: Error) -> Error {
        let Error::Refused(Refusal::Invalid(mut findings)) = error else { return error };
        for finding in &mut findings {
            let Some(rest) = finding.pointer.strip_prefix("/fields/") else { continue };
            let (number, rest) = rest
                .split_once('/')
                .map_or((rest, String::new()), |(number, rest)| (number, format!("/{rest}")));
            let anchor = number.parse::<usize>().ok().and_then(|number| number.checked_sub(self.given));
            if let Some(anchor) = anchor.and_then(|placed| self.anchors.get(placed)) {
                finding.pointer = format!("/anchors/{anchor}/field{rest}");
            }
        }
        let mut told = BTreeSet::new();
        // What is wrong with an anchor is wrong with each of its fields; it is said once.
        findings.retain(|finding| told.insert((finding.pointer.clone(), finding.code)));
        Error::Refused(Refusal::Invalid(findings))
    }
}

impl Service {
    /// Makes fields of the anchors, after those that are given.
    ///
    /// # Errors
    /// What is wrong with an anchor, at its place; `anchor_not_found` where its text is nowhere.
    pub(crate) async fn place_anchors(
        &self,
        tenant: &str,
        documents: &[DocumentDraft],
        anchors: Vec<Anchor>,
        fields: &mut Vec<FieldDraft>,
    ) -> Result<Anchored, Error> {
        let mut anchored = Anchored { given: fields.len(), anchors: Vec::new() };
        if anchors.is_empty() {
            return Ok(anchored);
        }
        let mut found: Vec<Finding> = Vec::new();
        let mut of_documents: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for (index, anchor) in anchors.iter().enumerate() {
            found.extend(malformed(index, anchor, documents.len()));
            of_documents.entry(anchor.document).or_default().push(index);
        }
        if !found.is_empty() {
            return Err(Refusal::Invalid(found).into());
        }
        let mut hits: Vec<Vec<Hit>> = vec![Vec::new(); anchors.len()];
        for (number, indices) in of_documents {
            let Some(document) = usize::from(number).checked_sub(1).and_then(|place| documents.get(place))
            else {
                continue;
            };
            let source = self.source(tenant, document.facts.sent.digest).await?;
            let texts: Vec<_> = indices.iter().filter_map(|index| anchors.get(*index).cloned()).collect();
            let searched = tokio::task::spawn_blocking(move || search::search(source, &texts))
                .await
                .map_err(Error::fault)??;
            for (index, of_anchor) in indices.into_iter().zip(searched) {
                if let Some(place) = hits.get_mut(index) {
                    *place = of_anchor;
                }
            }
        }
        let mut taken: BTreeSet<String> = fields.iter().map(|field| field.id.0.clone()).collect();
        for (index, (anchor, hits)) in anchors.iter().zip(&hits).enumerate() {
            if hits.is_empty() && !anchor.skip_if_not_found {
                found.push(not_found(index, anchor));
            }
            for hit in hits {
                if anchored.anchors.len() >= PLACED_MAX {
                    break;
                }
                let (x, y) = (hit.x + anchor.offset.0, hit.y + anchor.offset.1);
                let size = anchor.field.rect;
                let Some(rect) = envelope::Rect::new(x, y, size.width.get(), size.height.get()) else {
                    found.push(Finding::new(
                        format!("/anchors/{index}"),
                        "length_malformed",
                        "One of offset_x and offset_y is no length on a page; give points.",
                    ));
                    break;
                };
                fields.push(FieldDraft {
                    id: FieldId(free_id(&mut taken, &anchor.field.id.0, index)),
                    document: anchor.document,
                    page: hit.page,
                    rect,
                    origin: Some(anchor.text.clone()),
                    tag_text: tag_text(anchor, document_of(documents, anchor), *hit),
                    ..anchor.field.clone()
                });
                anchored.anchors.push(index);
            }
        }
        if found.is_empty() { Ok(anchored) } else { Err(Refusal::Invalid(found).into()) }
    }
}

fn document_of<'d>(documents: &'d [DocumentDraft], anchor: &Anchor) -> Option<&'d DocumentDraft> {
    documents.get(usize::from(anchor.document).checked_sub(1)?)
}

/// What becomes of the text that was found here: as much of it as lies on the page.
fn tag_text(anchor: &Anchor, document: Option<&DocumentDraft>, hit: Hit) -> Option<TagText> {
    let what = anchor.tag_text?;
    let size = document?.facts.pages.get(usize::try_from(hit.page).ok()?.checked_sub(1)?)?;
    let place = envelope::Rect::new(hit.x, hit.y, hit.width, hit.height)?;
    let places = place.within(size.width, size.height).into_iter().collect();
    Some(TagText { what, page: hit.page, places })
}

/// The id of the next field of an anchor: the one that was wished, or one of ours, with a number from the second on.
fn free_id(taken: &mut BTreeSet<String>, wished: &str, index: usize) -> String {
    let base = if wished.is_empty() { format!("anchor_{}", index + 1) } else { wished.to_owned() };
    let mut id = base.clone();
    let mut number = 1_u32;
    while !taken.insert(id.clone()) {
        number += 1;
        id = format!("{base}_{number}");
    }
    id
}

fn malformed(index: usize, anchor: &Anchor, documents: usize) -> Option<Finding> {
    let at = |key: &str, code: &'static str, sentence: String| {
        Some(Finding::new(format!("/anchors/{index}/{key}"), code, sentence))
    };
    if anchor.text.trim().is_empty() || anchor.text.chars().count() > search::TEXT_CHARACTERS_MAX {
        let limit = search::TEXT_CHARACTERS_MAX;
        return at(
            "text",
            "anchor_malformed",
            format!("Give a text of 1 to {limit} characters, not only blanks."),
        );
    }
    if anchor.document == 0 || usize::from(anchor.document) > documents {
        let number = anchor.document;
        return at(
            "document",
            "document_unknown",
            format!("There is no document {number}; they are numbered from 1."),
        );
    }
    if anchor.occurrence == Some(0) {
        return at(
            "occurrence",
            "anchor_malformed",
            "Occurrences are numbered from 1; leave it out for every one.".to_owned(),
        );
    }
    None
}

fn not_found(index: usize, anchor: &Anchor) -> Finding {
    let text = &anchor.text;
    Finding::new(
        format!("/anchors/{index}/text"),
        "anchor_not_found",
        match anchor.occurrence {
            Some(number) => format!(
                "\u{201c}{text}\u{201d} does not stand {number} times on these pages of document {}; ask for another \
                 occurrence or set skip_if_not_found.",
                anchor.document
            ),
            None => format!(
                "\u{201c}{text}\u{201d} is nowhere on these pages of document {}; correct it or set skip_if_not_found.",
                anchor.document
            ),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_about_a_placed_field_points_to_its_anchor_once() {
        let anchored = Anchored { given: 2, anchors: vec![0, 0, 3] };
        let finding = |pointer: &str| Finding::new(pointer, "wrong", "Mend it.");
        let findings =
            ["/fields/1/page", "/fields/2/page", "/fields/3/page", "/fields/4", "/fields", "/title"]
                .map(finding)
                .to_vec();
        let blamed = anchored.blame(Error::Refused(Refusal::Invalid(findings)));
        let pointers: Vec<_> = blamed.findings().iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            ["/fields/1/page", "/anchors/0/field/page", "/anchors/3/field", "/fields", "/title"]
        );
    }

    #[test]
    fn fields_of_one_anchor_have_ids_of_their_own() {
        let mut taken = BTreeSet::from(["sign_2".to_owned()]);
        let ids: Vec<_> = (0..3).map(|_| free_id(&mut taken, "sign", 0)).collect();
        assert_eq!(ids, ["sign", "sign_3", "sign_4"]);
        assert_eq!(free_id(&mut taken, "", 1), "anchor_2");
    }
}
