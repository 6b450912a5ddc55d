//! Invite a colleague.

use super::role::{UserRole, admin};
use super::users::KnownUser;
use crate::effects::{Greeting, Work};
use crate::error::{Class, Error};
use crate::server::Service;
use envelope::{Contact, Finding, Refusal};
use jiff::SignedDuration;
use store::sessions;
use store::users::{self, UserRow};

/// An invitation can be followed so long; after that a link is asked for at the desk, as always.
const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who is to work here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// Their address.
    pub email: String,
    /// Their name; what stands before the @ where it is empty.
    pub name: String,
    /// What they may do.
    pub role: UserRole,
    /// Language of the mail.
    pub language: String,
}

impl Service {
    /// Makes a user and mails them a link to sign in.
    ///
    /// # Errors
    /// `admin_needed`, `owner_needed` for another owner, `user_exists`, or a refusal that names what is wrong.
    pub async fn invite_user(&self, tenant: &str, by: &str, new: NewUser) -> Result<KnownUser, Error> {
        let email = new.email.trim().to_lowercase();
        let name = match new.name.trim() {
            "" => email.split('@').next().unwrap_or(&email).to_owned(),
            name => name.to_owned(),
        };
        let row = UserRow {
            tenant: tenant.to_owned(),
            user: self.new_id("usr"),
            email,
            name,
            role: new.role.word().to_owned(),
            disabled_at: None,
        };
        check(&row, &new.language)?;
        self.data_key(tenant).await?;
        let (token, session) = self.session_row(tenant, &row.user, "sign_in", LIFE)?;
        let greeting = Greeting { by: by.to_owned(), language: new.language };
        let work = &Work::SignInMail {
            user: row.user.clone(),
            link: self.sealed_for_job(tenant, &token)?,
            greeting: Some(greeting),
        };
        let (row, session, role) = (&row, &session, new.role);
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let all = users::lock_all(tx, tenant).await?;
                    let own = admin(all.iter().find(|it| it.user == by))?;
                    if role == UserRole::Owner && own != UserRole::Owner {
                        return Err(owner_needed());
                    }
                    if let Some(there) = all.iter().find(|it| it.email == row.email) {
                        return Err(exists(there));
                    }
                    users::put(tx, row).await?;
                    sessions::insert(tx, session).await?;
                    self.enqueue(tx, tenant, work.clone(), self.now()).await
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        Ok(KnownUser::of(row))
    }
}

/// What is wrong with who is invited: name and address are held to what those of a contact are held to.
fn check(row: &UserRow, language: &str) -> Result<(), Error> {
    let person = Contact {
        name: row.name.clone(),
        email: row.email.clone(),
        language: language.to_owned(),
        ..Contact::default()
    };
    let mut found: Vec<Finding> = person.findings();
    // Without an address there is no name to be taken from it either, and that is one thing to say.
    if row.email.is_empty() {
        found.retain(|it| it.pointer != "/name");
    }
    if found.is_empty() { Ok(()) } else { Err(Refusal::Invalid(found).into()) }
}

pub(super) fn owner_needed() -> Error {
    Error::Wrong {
        class: Class::Forbidden,
        code: "owner_needed",
        sentence: "Only an owner can make or change an owner; ask one.".to_owned(),
    }
}

fn exists(there: &UserRow) -> Error {
    let sentence = match there.disabled_at {
        None => "Somebody with this e-mail address works here already; look in the list.",
        Some(_) => "This person was switched off; switch them on again in the list.",
    };
    Error::Wrong { class: Class::Conflict, code: "user_exists", sentence: sentence.to_owned() }
}
