//! Make a template, of a draft or of an envelope that is there.

use super::version::uploads_of;
use super::{Asker, TemplateLine, TemplateView, VersionLine};
use crate::accounts::Reply;
use crate::envelopes::{Completing, DraftInput};
use crate::error::{Class, Error};
use crate::execute::Scope;
use crate::server::Service;
use crate::world::to_micros;
use envelope::template::{as_template, template_findings, without_secrets};
use envelope::{Draft, Finding, Refusal};
use store::template_versions::{self, VersionRow};
use store::templates::{self, TemplateRow};

/// A name has so many characters at most.
const NAME_CHARACTERS_MAX: usize = 200;

/// What a template, or a version of one, is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplateSource {
    /// A draft as a sender writes it.
    Draft(Box<DraftInput>),
    /// What an envelope was made with; these of its recipients become roles of these names, everybody where nothing is
    /// said.
    Envelope {
        /// Id of the envelope.
        envelope: String,
        /// Number of the recipient, and name of the role.
        roles: Option<Vec<(u16, String)>>,
    },
}

impl Service {
    /// Makes a template. `test` counts at the desk alone: a key makes templates of its own mode.
    ///
    /// # Errors
    /// A refusal that names what is wrong, where it is.
    pub async fn create_template(
        &self,
        asker: &Asker,
        test: bool,
        name: &str,
        source: TemplateSource,
        reply: Option<Reply<TemplateView>>,
    ) -> Result<TemplateView, Error> {
        let name = named(name)?;
        let test = asker.mode.map_or(test, |mode| mode == crate::Mode::Test);
        let draft = self.template_draft(asker, test, source, None).await?;
        let now = to_micros(self.now());
        let row = TemplateRow {
            tenant: asker.tenant.clone(),
            template: self.new_id("tpl"),
            test,
            name,
            version: 1,
            archived_at: None,
            created_at: now,
            updated_at: now,
        };
        let version = self.version_row(asker, &row, &draft).await?;
        let view = TemplateView {
            template: TemplateLine::of(&row),
            version: 1,
            draft,
            versions: vec![VersionLine {
                version: 1,
                made_by: version.made_by.clone(),
                created_at: self.now(),
            }],
            uses: 0,
        };
        let (row, version, view_, reply) = (&row, &version, &view, reply.as_ref());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    templates::insert(tx, row).await?;
                    template_versions::insert(tx, version).await?;
                    if let Some(reply) = reply {
                        reply.keep(tx, view_, self.random()).await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .await?;
        Ok(view)
    }

    /// The version that stands in `row`, ready to be written down.
    pub(super) async fn version_row(
        &self,
        asker: &Asker,
        row: &TemplateRow,
        draft: &Draft,
    ) -> Result<VersionRow, Error> {
        let key = self.data_key(&asker.tenant).await?;
        Ok(VersionRow {
            tenant: row.tenant.clone(),
            template: row.template.clone(),
            version: row.version,
            draft: self.seal_version(&key, &row.template, row.version, draft)?,
            uploads: uploads_of(draft)?,
            made_by: asker.name().to_owned(),
            created_at: to_micros(self.now()),
        })
    }

    /// What a template is to hold, judged. Where a draft says nothing of rules it takes those of `before`, or the
    /// tenant's.
    pub(super) async fn template_draft(
        &self,
        asker: &Asker,
        test: bool,
        source: TemplateSource,
        before: Option<&Draft>,
    ) -> Result<Draft, Error> {
        match source {
            TemplateSource::Draft(mut input) => {
                // A secret is its person's, and is given with them at each use.
                for recipient in &mut input.recipients {
                    (recipient.answer, recipient.pin) = (None, None);
                }
                let completing = Completing { mode: asker.mode, test, held: None };
                let (draft, anchored) =
                    self.complete_draft(&asker.tenant, completing, *input, before).await?;
                Refusal::unless_empty(template_findings(&draft))
                    .map_err(|refusal| anchored.blame(refusal.into()))?;
                Ok(without_secrets(draft))
            }
            TemplateSource::Envelope { envelope, roles } => {
                let scope = Scope { tenant: asker.tenant.clone(), envelope, mode: asker.mode };
                let state = self.load(&scope).await?.envelope;
                if state.shelf == envelope::Shelf::Deleted {
                    return Err(Refusal::EnvelopeDeleted.into());
                }
                if state.test != test {
                    return Err(Error::Wrong { class: Class::Conflict,
                        code: "mode_mismatch",
                        sentence: "A test envelope makes a template of tests, and one in earnest the other; say the \
                                   same for both."
                            .to_owned(),
                    });
                }
                Ok(as_template(&state.draft, roles.as_deref())?)
            }
        }
    }
}

/// A template's name without the spaces around it.
pub(super) fn named(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let wrong = |code, sentence| Err(Refusal::Invalid(vec![Finding::new("/name", code, sentence)]).into());
    if name.is_empty() {
        return wrong("name_missing", "Give the template a name, by which you find it again.");
    }
    if name.chars().count() > NAME_CHARACTERS_MAX || name.chars().any(char::is_control) {
        return wrong("text_malformed", "The name is one line of at most 200 characters; shorten it.");
    }
    Ok(name.to_owned())
}
