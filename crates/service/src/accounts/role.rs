//! What people of a tenant may do at the desk.

use crate::error::{Class, Error};
use store::users::UserRow;

/// What somebody may do at the desk. Everybody sends; who looks after people and keys is an admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserRole {
    /// As an admin; programs send in their name. Only an owner makes or unmakes another.
    Owner,
    /// Also looks after users and keys.
    Admin,
    /// Sends.
    Member,
}

impl UserRole {
    /// The word of the API and the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// From its word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Owner, Self::Admin, Self::Member].into_iter().find(|it| it.word() == word)
    }

    /// Whether they look after users and keys.
    pub fn administers(self) -> bool {
        self != Self::Member
    }
}

/// Refuses those who are no admin, or are one no more.
pub(super) fn admin(row: Option<&UserRow>) -> Result<UserRole, Error> {
    let role = row.filter(|it| it.disabled_at.is_none()).and_then(|it| UserRole::of_word(&it.role));
    role.filter(|it| it.administers()).ok_or_else(admin_needed)
}

/// What everybody else is told.
pub(super) fn admin_needed() -> Error {
    Error::Wrong {
        class: Class::Forbidden,
        code: "admin_needed",
        sentence: "Only an admin who is signed in at the desk can do this; ask one.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(role: &str, disabled_at: Option<i64>) -> UserRow {
        UserRow {
            tenant: "acme".into(),
            user: "usr_1".into(),
            email: "ada@example.org".into(),
            name: "Ada".into(),
            role: role.into(),
            disabled_at,
        }
    }

    #[test]
    fn owners_and_admins_look_after_people_as_long_as_they_may_sign_in() {
        assert_eq!(admin(Some(&user("owner", None))), Ok(UserRole::Owner));
        assert_eq!(admin(Some(&user("admin", None))), Ok(UserRole::Admin));
        for nobody in
            [Some(user("member", None)), Some(user("owner", Some(1))), Some(user("king", None)), None]
        {
            assert_eq!(admin(nobody.as_ref()), Err(admin_needed()), "{nobody:?}");
        }
    }

    #[test]
    fn each_role_has_its_word() {
        for role in [UserRole::Owner, UserRole::Admin, UserRole::Member] {
            assert_eq!(UserRole::of_word(role.word()), Some(role));
        }
        assert_eq!(UserRole::of_word("king"), None);
    }
}
