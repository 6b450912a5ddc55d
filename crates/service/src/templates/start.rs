//! A visitor opens a public link and starts an envelope.
//!
//! Nothing of the documents is shown before the visitor has proved their address by a code, in the visit that follows.
//! Who gives the same address again comes back to what they began.

use super::links::{LinkWishes, as_visitor};
use super::{Asker, Found, PersonInput, Usage};
use crate::allowance::{Allowance, Subject};
use crate::error::{Class, Error};
use crate::execute::{Beside, MadeFrom, Scope};
use crate::server::Service;
use crate::world::to_micros;
use envelope::commands::create::CreateEnvelope;
use envelope::template::{RolePerson, role_called};
use envelope::{Actor, Command, Status};
use jiff::SignedDuration;
use store::template_links::{self, TemplateLinkRow};
use store::template_uses::{self, UseRow};

/// The short name of a tenant, at the front of a token, has so many letters.
const TENANT_LETTERS: usize = 8;
/// From one network, by one link.
const STARTS: [Allowance; 2] = [
    Allowance { at_most: 10, per: SignedDuration::from_mins(1) },
    Allowance { at_most: 60, per: SignedDuration::from_hours(1) },
];
/// With one address, over all links of a tenant: each one may cause a mail to somebody who asked for none.
const PER_ADDRESS: [Allowance; 2] = [
    Allowance { at_most: 3, per: SignedDuration::from_mins(1) },
    Allowance { at_most: 10, per: SignedDuration::from_hours(1) },
];
/// Wrong passwords, from one network, by one link.
const WRONG_PASSWORDS: [Allowance; 1] = [Allowance { at_most: 10, per: SignedDuration::from_hours(1) }];

/// What a visitor is shown before they say who they are.
#[derive(Clone, Debug, PartialEq)]
pub struct FormView {
    /// What it is about.
    pub title: String,
    /// A few words to whoever opens it.
    pub message: String,
    /// Who sends it.
    pub sender: String,
    /// The language of what they will read, where they choose none.
    pub language: String,
    /// They have to know a password.
    pub asks_password: bool,
    /// It is only a test.
    pub test: bool,
}

/// What a visitor says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visitor {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The language of the page.
    pub language: Option<String>,
    /// The link's password.
    pub password: String,
    /// The network address of the visit.
    pub address: String,
}

struct Open {
    row: TemplateLinkRow,
    wishes: LinkWishes,
    found: Found,
}

impl Service {
    /// What stands behind a public link.
    ///
    /// # Errors
    /// [`Error::LinkEnded`] where it is off, over or used up.
    pub async fn public_form(&self, token: &str, address: &str) -> Result<FormView, Error> {
        let open = self.open_form(token, address).await?;
        if open.row.uses_max.is_some_and(|most| open.row.uses >= most) {
            return Err(Error::LinkEnded);
        }
        let draft = &open.found.draft;
        let place = role_called(draft, &open.wishes.role).and_then(|it| draft.recipients.get(it));
        Ok(FormView {
            title: open.wishes.title.clone().unwrap_or_else(|| draft.title.clone()),
            message: open.wishes.message.clone().unwrap_or_else(|| draft.message.text().to_owned()),
            sender: open.wishes.sender.name.text().to_owned(),
            language: place.map_or_else(|| draft.language.clone(), |it| it.language.clone()),
            asks_password: open.wishes.password.is_some(),
            test: open.found.row.test,
        })
    }

    /// Starts an envelope for a visitor, or leads them back to the one they began; gives the address of their page.
    pub async fn start_form(&self, token: &str, visitor: Visitor) -> Result<String, Error> {
        let open = self.open_form(token, &visitor.address).await?;
        self.check_password(&open, &visitor).await?;
        let tenant = open.row.tenant.as_str();
        let email = visitor.email.trim().to_lowercase();
        let whom =
            self.inner.vault.digest("template-visitor", &format!("{tenant}/{}/{email}", open.row.link));
        // Judged before it is counted: whoever mistypes is not held up.
        let usage = usage(&open.wishes, &visitor);
        let mut draft = self.cast(tenant, &open.found, &usage).await?;
        self.allow_start(&open, &visitor.address, &email).await?;
        if let Some(url) = self.begun_before(&open, &whom).await? {
            return Ok(url);
        }
        let place = role_called(&open.found.draft, &open.wishes.role)
            .and_then(|it| Some((it, draft.recipients.get_mut(it)?)))
            .ok_or_else(|| Error::fault("a public link lost its role"))?;
        as_visitor(place.1);
        let recipient = u16::try_from(place.0 + 1).map_err(Error::fault)?;
        let scope = Scope { tenant: tenant.to_owned(), envelope: self.new_id("env"), mode: None };
        let sender = open.wishes.sender.clone();
        let create = Command::Create(CreateEnvelope { sender, test: open.found.row.test, draft });
        let used = UseRow {
            link: Some(open.row.link.clone()),
            whom: Some(whom),
            ..self.use_row(&scope, &open.found)
        };
        let made_from = MadeFrom::template(used);
        let beside = Beside { made_from: Some(&made_from), ..Beside::default() };
        self.execute_first(&scope, &Actor::System, &create, beside).await?;
        self.send_envelope(&scope, &Actor::System).await?;
        self.signing_link(&scope, &Actor::System, recipient).await
    }

    async fn open_form(&self, token: &str, address: &str) -> Result<Open, Error> {
        let unknown = Error::NotFound { what: "link" };
        let Some(tenant) = token.get(..TENANT_LETTERS).filter(|_| token.len() < 100) else {
            return Err(unknown);
        };
        let digest = self.inner.vault.digest("template-link", token);
        let digest = digest.as_str();
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { template_links::by_digest(tx, tenant, digest).await }))
            .await
            .map_err(Error::Fault)?;
        let row = match row {
            Some(row) => row,
            None if token.len() == TENANT_LETTERS + crate::ids::SECRET_LETTERS => {
                return Err(self.guessed(address, unknown).await);
            }
            None => return Err(unknown),
        };
        let over = row.expires_at.is_some_and(|at| at <= to_micros(self.now()));
        if over || row.ended_at.is_some() {
            return Err(Error::LinkEnded);
        }
        let asker = Asker { tenant: row.tenant.clone(), mode: None, actor: Actor::System };
        let found = self.find_template(&asker, &row.template, Some(row.version)).await?;
        if found.row.archived_at.is_some() {
            return Err(Error::LinkEnded);
        }
        let key = self.data_key(&row.tenant).await?;
        let wishes = self.open_link(&key, &row)?;
        Ok(Open { row, wishes, found })
    }

    async fn check_password(&self, open: &Open, visitor: &Visitor) -> Result<(), Error> {
        use subtle::ConstantTimeEq;
        let Some(kept) = &open.wishes.password else { return Ok(()) };
        let said = self.link_password(&open.row.tenant, &open.row.link, visitor.password.trim());
        if said.as_bytes().ct_eq(kept.as_bytes()).into() {
            return Ok(());
        }
        let whom = format!("{}/{}", open.row.link, visitor.address);
        let subject = Subject { tenant: &open.row.tenant, what: "form-password", whom: &whom };
        let counted = self
            .store()
            .write(move |tx| {
                Box::pin(async move { self.allow_once_more(tx, subject, &WRONG_PASSWORDS).await })
            })
            .await?;
        Err(if counted { wrong_password() } else { too_often() })
    }

    async fn allow_start(&self, open: &Open, address: &str, email: &str) -> Result<(), Error> {
        let network = format!("{}/{address}", open.row.link);
        let tenant = open.row.tenant.as_str();
        let by_network = Subject { tenant, what: "form-start", whom: &network };
        let by_address = Subject { tenant, what: "form-address", whom: email };
        let allowed = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    Ok::<_, Error>(
                        self.allow_once_more(tx, by_network, &STARTS).await?
                            && self.allow_once_more(tx, by_address, &PER_ADDRESS).await?,
                    )
                })
            })
            .await?;
        if allowed { Ok(()) } else { Err(too_often()) }
    }

    /// A fresh link to what this visitor began by the same link, as long as they can go on with it.
    async fn begun_before(&self, open: &Open, whom: &str) -> Result<Option<String>, Error> {
        let (tenant, link) = (open.row.tenant.as_str(), open.row.link.as_str());
        let used = self
            .store()
            .read(move |tx| Box::pin(async move { template_uses::by_whom(tx, tenant, link, whom).await }))
            .await
            .map_err(Error::Fault)?;
        let Some(used) = used else { return Ok(None) };
        let scope = Scope { tenant: tenant.to_owned(), envelope: used.envelope, mode: None };
        let state = self.load(&scope).await?.envelope;
        let place = role_called(&open.found.draft, &open.wishes.role).unwrap_or_default();
        let recipient = u16::try_from(place + 1).map_err(Error::fault)?;
        if !matches!(state.status, Status::Draft | Status::InProgress(_)) {
            return Ok(None);
        }
        // The process may have died between the two.
        if state.status == Status::Draft {
            self.send_envelope(&scope, &Actor::System).await?;
        }
        match self.signing_link(&scope, &Actor::System, recipient).await {
            Ok(url) => Ok(Some(url)),
            // They are done with that one; this is another.
            Err(Error::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn usage(wishes: &LinkWishes, visitor: &Visitor) -> Usage {
    let fixed = wishes.people.iter().map(|it| RolePerson {
        role: it.role.clone(),
        name: it.name.clone(),
        email: it.email.clone(),
        phone: it.phone.clone(),
        language: it.language.clone(),
    });
    let visitor = RolePerson {
        role: wishes.role.clone(),
        name: visitor.name.clone(),
        email: visitor.email.clone(),
        phone: String::new(),
        language: visitor.language.clone(),
    };
    // The visitor first: what is wrong with them is said at the places of the first person.
    let people = std::iter::once(visitor).chain(fixed);
    Usage {
        title: wishes.title.clone(),
        message: wishes.message.clone(),
        people: people.map(|person| PersonInput { person, ..PersonInput::default() }).collect(),
        ..Usage::default()
    }
}

fn wrong_password() -> Error {
    Error::Wrong {
        class: Class::Forbidden,
        code: "form_password_wrong",
        sentence: "This is not the password; ask whoever gave you the link.".to_owned(),
    }
}

fn too_often() -> Error {
    Error::Wrong {
        class: Class::TooOften { again_s: None },
        code: "form_too_often",
        sentence: "This was tried too often; wait a while, then try again.".to_owned(),
    }
}
