//! Change what a user may do, or switch them off.

use super::invite::owner_needed;
use super::role::{UserRole, admin};
use super::users::KnownUser;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::world::to_micros;
use envelope::{Contact, Refusal};
use store::sessions;
use store::users::{self, UserRow};

/// What is to be different; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserChange {
    /// Their name.
    pub name: Option<String>,
    /// What they may do.
    pub role: Option<UserRole>,
    /// Whether they may sign in.
    pub enabled: Option<bool>,
}

impl Service {
    /// Changes a user. Who is switched off is signed out everywhere in the same moment; their envelopes stay as they
    /// are, and can be handed over.
    ///
    /// # Errors
    /// `admin_needed`; `owner_needed` where an owner is changed or made; `user_is_oneself` for who would switch
    /// themselves off; `last_owner` where nobody would be left in whose name programs send.
    pub async fn change_user(
        &self,
        tenant: &str,
        by: &str,
        id: &str,
        change: UserChange,
    ) -> Result<KnownUser, Error> {
        let (change, now) = (&change, to_micros(self.now()));
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let all = users::lock_all(tx, tenant).await?;
                    let changed = decide(&all, by, id, change, now)?;
                    users::put(tx, &changed).await?;
                    if changed.disabled_at.is_some() {
                        sessions::end_of_user(tx, tenant, id).await?;
                    }
                    Ok(KnownUser::of(&changed))
                })
            })
            .await
    }
}

/// The row as it is afterwards, or why not.
fn decide(all: &[UserRow], by: &str, id: &str, change: &UserChange, now: i64) -> Result<UserRow, Error> {
    let own = admin(all.iter().find(|it| it.user == by))?;
    let before = all.iter().find(|it| it.user == id).ok_or(Error::NotFound { what: "user" })?;
    let owner = UserRole::Owner.word();
    let about_owner = before.role == owner || change.role == Some(UserRole::Owner);
    if about_owner && own != UserRole::Owner {
        return Err(owner_needed());
    }
    if change.enabled == Some(false) && by == id {
        return Err(wrong("user_is_oneself", "You cannot switch yourself off; ask another admin."));
    }
    let mut changed = before.clone();
    if let Some(role) = change.role {
        changed.role = role.word().to_owned();
    }
    match change.enabled {
        Some(true) => changed.disabled_at = None,
        Some(false) => changed.disabled_at = before.disabled_at.or(Some(now)),
        None => {}
    }
    if let Some(name) = &change.name {
        changed.name = name.trim().to_owned();
        let found = Contact { name: changed.name.clone(), ..Contact::default() }.findings();
        let found: Vec<_> = found.into_iter().filter(|it| it.pointer == "/name").collect();
        if !found.is_empty() {
            return Err(Refusal::Invalid(found).into());
        }
    }
    let others = all.iter().filter(|it| it.user != id);
    let owns = |it: &UserRow| it.role == owner && it.disabled_at.is_none();
    if owns(before) && !others.chain([&changed]).any(owns) {
        return Err(wrong(
            "last_owner",
            "An organisation has at least one owner; make somebody else one first.",
        ));
    }
    Ok(changed)
}

fn wrong(code: &'static str, sentence: &str) -> Error {
    Error::Wrong { class: Class::Conflict, code, sentence: sentence.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, role: UserRole) -> UserRow {
        UserRow {
            tenant: "acme".into(),
            user: id.into(),
            email: format!("{id}@example.org"),
            name: id.into(),
            role: role.word().into(),
            disabled_at: None,
        }
    }

    fn all() -> Vec<UserRow> {
        vec![
            user("olga", UserRole::Owner),
            user("adam", UserRole::Admin),
            user("mia", UserRole::Member),
            UserRow { disabled_at: Some(1), ..user("dan", UserRole::Owner) },
        ]
    }

    fn asked(by: &str, id: &str, change: UserChange) -> Result<UserRow, &'static str> {
        decide(&all(), by, id, &change, 7).map_err(|error| error.code())
    }

    fn role(role: UserRole) -> UserChange {
        UserChange { role: Some(role), ..UserChange::default() }
    }

    fn enabled(enabled: bool) -> UserChange {
        UserChange { enabled: Some(enabled), ..UserChange::default() }
    }

    #[test]
    fn an_admin_makes_admins_and_switches_people_off_and_on() {
        assert_eq!(asked("adam", "mia", role(UserRole::Admin)), Ok(user("mia", UserRole::Admin)));
        let off = UserRow { disabled_at: Some(7), ..user("mia", UserRole::Member) };
        assert_eq!(asked("adam", "mia", enabled(false)), Ok(off));
        assert_eq!(asked("olga", "dan", enabled(true)), Ok(user("dan", UserRole::Owner)));
        assert_eq!(asked("olga", "dan", enabled(false)).map(|it| it.disabled_at), Ok(Some(1)), "since then");
    }

    #[test]
    fn who_is_no_admin_changes_nobody_and_nobody_changes_strangers() {
        for by in ["mia", "dan", "nobody"] {
            assert_eq!(asked(by, "adam", enabled(false)), Err("admin_needed"), "{by}");
        }
        assert_eq!(asked("adam", "nobody", enabled(false)), Err("not_found"));
    }

    #[test]
    fn owners_are_the_owners_business_and_one_is_always_left() {
        assert_eq!(asked("adam", "olga", enabled(false)), Err("owner_needed"));
        assert_eq!(asked("adam", "adam", role(UserRole::Owner)), Err("owner_needed"));
        assert_eq!(asked("olga", "adam", role(UserRole::Owner)), Ok(user("adam", UserRole::Owner)));
        assert_eq!(asked("olga", "olga", role(UserRole::Admin)), Err("last_owner"));
        let mut two = all();
        two.push(user("otto", UserRole::Owner));
        assert!(decide(&two, "olga", "olga", &role(UserRole::Admin), 7).is_ok());
        assert!(decide(&two, "olga", "otto", &enabled(false), 7).is_ok());
    }

    #[test]
    fn nobody_switches_themselves_off_and_a_name_is_never_empty() {
        assert_eq!(asked("adam", "adam", enabled(false)), Err("user_is_oneself"));
        let named = |name: &str| UserChange { name: Some(name.into()), ..UserChange::default() };
        assert_eq!(asked("adam", "mia", named(" ")), Err("name_missing"));
        assert_eq!(asked("adam", "mia", named(" Mia M. ")).map(|it| it.name), Ok("Mia M.".into()));
    }
}
