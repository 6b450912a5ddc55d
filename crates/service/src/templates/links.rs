//! Public links: who opens one gives name and e-mail, and starts an envelope of the template.

use super::sendable::what_hinders;
use super::version::Found;
use super::{Asker, unknown};
use crate::accounts::Reply;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::vault::{self, Key};
use crate::world::{from_micros, to_micros};
use envelope::template::{
    Filling, LINKS_MAX, PublicLink, RolePerson, filled, has_room_for_link, public_link_findings, role_called,
    roles, visitor_findings,
};
use envelope::{Arrival, Finding, Method, MethodKind, RecipientDraft, Refusal, Sender};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::template_links::{self, TemplateLinkRow};
use store::templates;

/// A link that is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewTemplateLink {
    /// What its owners call it.
    pub label: String,
    /// The version that is used; the newest where nothing is said.
    pub version: Option<i64>,
    /// The role that the visitor takes; the first where nothing is said.
    pub role: Option<String>,
    /// Who takes the other roles.
    pub people: Vec<RolePerson>,
    /// Another title than the template's.
    pub title: Option<String>,
    /// Another message than the template's.
    pub message: Option<String>,
    /// So many uses at most.
    pub uses_max: Option<i64>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// A password that a visitor has to know.
    pub password: Option<String>,
}

/// What holds for every use of a link, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LinkWishes {
    pub(crate) sender: Sender,
    pub(crate) role: String,
    pub(crate) people: Vec<Fixed>,
    pub(crate) title: Option<String>,
    pub(crate) message: Option<String>,
    /// HMAC of the password.
    pub(crate) password: Option<String>,
}

/// Somebody who takes another role each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fixed {
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) language: Option<String>,
}

/// A link, as its owners see it.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateLinkView {
    /// Its id.
    pub id: String,
    /// The template.
    pub template: String,
    /// The version that is used.
    pub version: i64,
    /// What its owners call it.
    pub label: String,
    /// The address.
    pub url: String,
    /// The same as a picture for a camera, SVG.
    pub qr: String,
    /// The role that the visitor takes.
    pub role: String,
    /// A visitor has to know a password.
    pub password_set: bool,
    /// So many uses at most.
    pub uses_max: Option<i64>,
    /// So often it was used.
    pub uses: i64,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was turned off.
    pub ended_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Service {
    /// Makes a link. It sends in the name of whoever makes it.
    ///
    /// # Errors
    /// Everything that would keep what it makes from being sent.
    pub async fn create_template_link(
        &self,
        asker: &Asker,
        sender: Sender,
        template: &str,
        new: NewTemplateLink,
        reply: Option<Reply<TemplateLinkView>>,
    ) -> Result<TemplateLinkView, Error> {
        let found = self.find_template(asker, template, new.version).await?;
        if found.row.archived_at.is_some() {
            return Err(super::archived());
        }
        let now = self.now();
        let role = judge(&found, &new, &sender, now)?;
        let link = self.new_id("tln");
        let wishes = LinkWishes {
            sender,
            role,
            people: new.people.into_iter().map(Fixed::from).collect(),
            title: new.title,
            message: new.message,
            password: new.password.map(|it| self.link_password(&asker.tenant, &link, &it)),
        };
        let key = self.data_key(&asker.tenant).await?;
        let token = format!("{}{}", asker.tenant, crate::ids::secret(self.random()));
        let row = TemplateLinkRow {
            tenant: asker.tenant.clone(),
            template: found.row.template.clone(),
            version: found.version,
            digest: self.inner.vault.digest("template-link", &token),
            token: vault::seal(&key, &link, token.as_bytes(), self.random()),
            wishes: self.seal_link(&key, &link, &wishes)?,
            label: new.label.trim().to_owned(),
            uses_max: new.uses_max,
            uses: 0,
            expires_at: new.expires_at.map(to_micros),
            ended_at: None,
            made_by: asker.name().to_owned(),
            created_at: to_micros(now),
            link,
        };
        let view = self.link_view(&key, &row)?;
        let (row, view_, reply) = (&row, &view, reply.as_ref());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let known = template_links::of_template(tx, &row.tenant, &row.template).await?;
                    if !has_room_for_link(known.iter().filter(|it| it.ended_at.is_none()).count()) {
                        return Err(too_many());
                    }
                    template_links::insert(tx, row).await?;
                    if let Some(reply) = reply {
                        reply.keep(tx, view_, self.random()).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        Ok(view)
    }

    /// The links of a template, newest first.
    pub async fn template_links(
        &self,
        asker: &Asker,
        template: &str,
    ) -> Result<Vec<TemplateLinkView>, Error> {
        let key = self.data_key(&asker.tenant).await?;
        let tenant = asker.tenant.as_str();
        let found = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let row = templates::find(tx, tenant, template).await?;
                    Ok::<_, store::Fault>((row, template_links::of_template(tx, tenant, template).await?))
                })
            })
            .await
            .map_err(Error::Fault)?;
        found.0.filter(|row| asker.sees(row.test)).ok_or_else(unknown)?;
        found.1.iter().map(|row| self.link_view(&key, row)).collect()
    }

    /// Turns a link off. What was started by it goes on.
    pub async fn end_template_link(
        &self,
        asker: &Asker,
        template: &str,
        link: &str,
    ) -> Result<TemplateLinkView, Error> {
        let all = self.template_links(asker, template).await?;
        if !all.iter().any(|it| it.id == link) {
            return Err(Error::NotFound { what: "link" });
        }
        let (tenant, now) = (asker.tenant.as_str(), to_micros(self.now()));
        self.store()
            .write(move |tx| Box::pin(async move { template_links::end(tx, tenant, link, now).await }))
            .await
            .map_err(Error::Fault)?;
        let all = self.template_links(asker, template).await?;
        all.into_iter().find(|it| it.id == link).ok_or(Error::NotFound { what: "link" })
    }

    fn link_view(&self, key: &Key, row: &TemplateLinkRow) -> Result<TemplateLinkView, Error> {
        let token = vault::open(key, &row.link, &row.token)
            .ok_or_else(|| Error::fault("a public link cannot be opened"))?;
        let token = String::from_utf8(token.to_vec()).map_err(Error::fault)?;
        let wishes = self.open_link(key, row)?;
        let url = format!("{}/f/{token}", self.settings().public_url);
        Ok(TemplateLinkView {
            id: row.link.clone(),
            template: row.template.clone(),
            version: row.version,
            label: row.label.clone(),
            qr: identity::totp::svg(&url, "QR").unwrap_or_default(),
            url,
            role: wishes.role,
            password_set: wishes.password.is_some(),
            uses_max: row.uses_max,
            uses: row.uses,
            expires_at: row.expires_at.map(from_micros),
            ended_at: row.ended_at.map(from_micros),
            created_at: from_micros(row.created_at),
        })
    }

    pub(crate) fn seal_link(&self, key: &Key, link: &str, wishes: &LinkWishes) -> Result<Vec<u8>, Error> {
        let json = serde_json::to_vec(wishes).map_err(Error::fault)?;
        Ok(vault::seal(key, &sealed_as(link), &json, self.random()))
    }

    pub(crate) fn open_link(&self, key: &Key, row: &TemplateLinkRow) -> Result<LinkWishes, Error> {
        let opened = vault::open(key, &sealed_as(&row.link), &row.wishes)
            .ok_or_else(|| Error::fault("a public link cannot be opened"))?;
        serde_json::from_slice(&opened).map_err(Error::fault)
    }

    /// HMAC of a link's password, bound to its place.
    pub(crate) fn link_password(&self, tenant: &str, link: &str, password: &str) -> String {
        self.inner.vault.digest("template-link-password", &format!("{tenant}/{link}/{password}"))
    }
}

fn sealed_as(link: &str) -> String {
    format!("template-link/{link}")
}

fn too_many() -> Error {
    Error::Wrong {
        class: Class::Conflict,
        code: "template_links_too_many",
        sentence: format!("A template has at most {LINKS_MAX} links that are on; turn one off first."),
    }
}

/// The visitor as a recipient: they come by the page that started it, and their address is proved by a code first.
pub(super) fn as_visitor(recipient: &mut RecipientDraft) {
    if recipient.method(MethodKind::EmailCode).is_none() {
        recipient.authentication.insert(0, Method::EmailCode);
    }
    recipient.arrival = Arrival::Handed;
}

/// Judges a link by an envelope that it would make; gives the name of the visitor's role.
fn judge(found: &Found, new: &NewTemplateLink, sender: &Sender, now: Timestamp) -> Result<String, Error> {
    let link = PublicLink {
        label: &new.label,
        uses_max: new.uses_max,
        expires_at: new.expires_at,
        password: new.password.as_deref(),
    };
    let mut wrong = public_link_findings(&link, now);
    let mut say = |pointer: &str, code, sentence: &str| wrong.push(Finding::new(pointer, code, sentence));
    let first = || roles(&found.draft).next().map(|(_, role, _)| role.to_owned());
    let Some(role) = new.role.clone().or_else(first) else {
        say("/role", "role_unknown", "The template has no role that a visitor could take; give it one.");
        return Err(Refusal::Invalid(wrong).into());
    };
    let place = role_called(&found.draft, &role).and_then(|it| found.draft.recipients.get(it));
    match place {
        Some(place) if place.is_vacant() => {
            for finding in visitor_findings(&found.draft, place) {
                say(&finding.pointer, finding.code, &finding.sentence);
            }
        }
        _ => say(
            "/role",
            "role_unknown",
            "The template has no such role without a person; use one of its own.",
        ),
    }
    if wrong.is_empty() {
        // Anybody at all, in the visitor's place.
        let visitor = RolePerson {
            role: role.clone(),
            name: "Visitor".to_owned(),
            email: "visitor@example.org".to_owned(),
            ..RolePerson::default()
        };
        // The visitor last, so that the places of the others are those of the request.
        let people = new.people.iter().cloned().chain([visitor]).collect();
        let filling =
            Filling { title: new.title.clone(), message: new.message.clone(), people, ..Filling::default() };
        let mut draft = filled(&found.draft, &filling)?;
        if let Some(recipient) = role_called(&found.draft, &role).and_then(|it| draft.recipients.get_mut(it))
        {
            as_visitor(recipient);
        }
        wrong = what_hinders(draft, sender, found.row.test, now);
    }
    Refusal::unless_empty(wrong)?;
    Ok(role)
}

impl From<RolePerson> for Fixed {
    fn from(it: RolePerson) -> Self {
        let RolePerson { role, name, email, phone, language } = it;
        Self { role, name, email, phone, language }
    }
}
