//! Use a template: its roles get persons, and it becomes a draft.

use super::Asker;
use super::version::Found;
use crate::accounts::Reply;
use crate::envelopes::{EnvelopeView, RecipientInput};
use crate::error::{Class, Error};
use crate::execute::{Beside, MadeFrom, Scope};
use crate::server::Service;
use crate::telephone;
use crate::webhooks::NewWebhook;
use crate::world::to_micros;
use envelope::commands::create::CreateEnvelope;
use envelope::template::{Filling, RolePerson, filled, role_called};
use envelope::{Command, Draft, Sender};
use std::collections::BTreeMap;
use store::template_uses::UseRow;

/// A person who takes a role, and what is kept apart of how they prove who they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PersonInput {
    /// Who, and which role.
    pub person: RolePerson,
    /// The answer to their secret question.
    pub answer: Option<String>,
    /// Their PIN.
    pub pin: Option<String>,
}

/// What a template is used with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// The version; the newest where nothing is said.
    pub version: Option<i64>,
    /// Another title than the template's.
    pub title: Option<String>,
    /// Another message than the template's.
    pub message: Option<String>,
    /// Who takes the roles.
    pub people: Vec<PersonInput>,
    /// Values of fields, by merge key or id.
    pub values: BTreeMap<String, String>,
    /// It is sent at once.
    pub send: bool,
}

/// Who uses a template, and for what.
pub struct Use<'a> {
    /// Who asks.
    pub asker: &'a Asker,
    /// In whose name it is sent.
    pub sender: Sender,
    /// Whose pages may frame the signers' page too.
    pub frame_origins: &'a [String],
    /// Who is to be told of what happens in it.
    pub webhooks: Vec<NewWebhook>,
    /// What is kept for the same request made again.
    pub reply: Option<Reply<EnvelopeView>>,
}

impl Usage {
    pub(crate) fn filling(&self) -> Filling {
        Filling {
            title: self.title.clone(),
            message: self.message.clone(),
            people: self.people.iter().map(|it| it.person.clone()).collect(),
            values: self.values.clone(),
        }
    }
}

impl Service {
    /// Makes a draft from a template, and sends it where that is asked.
    ///
    /// # Errors
    /// A refusal that names what is wrong, where it is. What is wrong with sending leaves the draft.
    pub async fn use_template(&self, id: &str, of: Use<'_>, usage: Usage) -> Result<EnvelopeView, Error> {
        let found = self.find_template(of.asker, id, usage.version).await?;
        if found.row.archived_at.is_some() {
            return Err(archived());
        }
        let mut draft = self.cast(&of.asker.tenant, &found, &usage).await?;
        for origin in of.frame_origins {
            if !draft.frame_origins.contains(origin) {
                draft.frame_origins.push(origin.clone());
            }
        }
        let scope =
            Scope { tenant: of.asker.tenant.clone(), envelope: self.new_id("env"), mode: of.asker.mode };
        let webhooks = self.webhooks_of_draft(&scope, found.row.test, of.webhooks).await?;
        let command = Command::Create(CreateEnvelope { sender: of.sender, test: found.row.test, draft });
        let made_from = MadeFrom::template(self.use_row(&scope, &found));
        let reply = of.reply.filter(|_| !usage.send);
        let beside = Beside { webhooks: &webhooks, reply: reply.as_ref(), made_from: Some(&made_from) };
        let made = self.execute_first(&scope, &of.asker.actor, &command, beside).await?;
        if !usage.send {
            return Ok(made);
        }
        let sent = self.send_envelope(&scope, &of.asker.actor).await?;
        Ok(EnvelopeView { webhooks: made.webhooks, ..sent })
    }

    /// The draft that a template makes with these persons: secrets kept apart, telephones taken from contacts.
    pub(crate) async fn cast(&self, tenant: &str, found: &Found, usage: &Usage) -> Result<Draft, Error> {
        let mut draft = filled(&found.draft, &usage.filling())?;
        let mut inputs: Vec<RecipientInput> = draft
            .recipients
            .iter()
            .map(|it| RecipientInput { draft: it.clone(), answer: None, pin: None })
            .collect();
        for given in &usage.people {
            let place = role_called(&found.draft, &given.person.role).and_then(|it| inputs.get_mut(it));
            if let Some(input) = place {
                (input.answer, input.pin) = (given.answer.clone(), given.pin.clone());
            }
        }
        draft.recipients = self.keep_secrets(tenant, inputs, None).await?;
        self.take_phones(tenant, found.row.test, &mut draft.recipients).await?;
        telephone::dial_all(&mut draft.recipients)?;
        Ok(draft)
    }

    pub(crate) fn use_row(&self, scope: &Scope, found: &Found) -> UseRow {
        UseRow {
            tenant: scope.tenant.clone(),
            envelope: scope.envelope.clone(),
            template: found.row.template.clone(),
            version: found.version,
            link: None,
            whom: None,
            created_at: to_micros(self.now()),
        }
    }
}

pub(crate) fn archived() -> Error {
    Error::Wrong {
        class: Class::Conflict,
        code: "template_archived",
        sentence: "This template is archived; put it back into the list, or use another one.".to_owned(),
    }
}
