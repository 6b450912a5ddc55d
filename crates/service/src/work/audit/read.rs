//! Read the audit trail, in the reader's language.

use super::language::{Spoken, TrailWish, on_paper, writes, written};
use crate::documents::download::{self, Download};
use crate::envelopes::story::{Words, fill};
use crate::error::{Class, Error};
use crate::execute::Scope;
use crate::server::Service;

/// The audit trail on its way out.
pub enum Trail {
    /// As it was issued: its digest stands in the events.
    Issued(Download),
    /// The same events in another language, told and sealed when it was asked for; kept nowhere.
    Told {
        /// What it should be called.
        file_name: String,
        /// The PDF.
        bytes: Vec<u8>,
    },
}

impl Service {
    /// The audit trail; it is issued when the envelope ends.
    ///
    /// # Errors
    /// `language_unknown`, `language_not_drawable`; `audit_trail_not_issued`, `audit_trail_erased`.
    pub async fn audit_trail(&self, scope: &Scope, wish: TrailWish<'_>) -> Result<Trail, Error> {
        let state = self.load(scope).await?.envelope;
        let wished = match wish {
            TrailWish::AsIssued => None,
            TrailWish::Rather(language) => Words::find(language).filter(|words| writes(words)),
            TrailWish::Asked(language) => Some(written(language)?),
        };
        let digest = state.audit_trail.ok_or_else(|| Error::Wrong {
            class: Class::Conflict,
            code: "audit_trail_not_issued",
            sentence: "The audit trail is issued when the envelope ends; until then read its events."
                .to_owned(),
        })?;
        let blobs = self.store().blobs();
        if !blobs.exists(&scope.tenant, &digest.to_string()).await? {
            return Err(Error::Wrong {
                class: Class::Gone,
                code: "audit_trail_erased",
                sentence:
                    "The audit trail named somebody whose data were erased since; read the events, which \
                           still verify."
                        .to_owned(),
            });
        }
        let issued = on_paper(&state.draft.language).words;
        let words = wished.unwrap_or(issued);
        let name = fill(&words.report.file_name, &[("title", &state.draft.title)]);
        let file_name = download::file_name(&name);
        if words.language == issued.language {
            let blob = blobs.open_local(&scope.tenant, &digest.to_string()).await?;
            let pieces = vec![blob];
            return Ok(Trail::Issued(Download { file_name, digest: digest.to_string(), pieces }));
        }
        let bytes = self.told_and_sealed(scope, Spoken { words, instead_of: None }, Some(digest)).await?;
        Ok(Trail::Told { file_name, bytes })
    }
}
