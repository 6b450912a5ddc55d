//! People of an account who sign in at the desk.

use crate::{Fault, Row, Tx};

/// A person of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct UserRow {
    /// The account.
    pub tenant: String,
    /// The person's id.
    pub user: String,
    /// E-mail address in lower case.
    pub email: String,
    /// Name as others see it.
    pub name: String,
    /// What they may do; a word of `service`.
    pub role: String,
    /// Since when they may sign in no more, microseconds.
    pub disabled_at: Option<i64>,
}

const PUT: &str = "INSERT INTO users (tenant, user_id, email, name, role, disabled_at) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, user_id) DO UPDATE SET email = excluded.email, \
    name = excluded.name, role = excluded.role, disabled_at = excluded.disabled_at";
const FIND: &str =
    "SELECT tenant, user_id, email, name, role, disabled_at FROM users WHERE tenant = $1 AND user_id = $2";
const LIST: &str = "SELECT tenant, user_id, email, name, role, disabled_at FROM users \
    WHERE tenant = $1 ORDER BY email, user_id";
const LOCK_ALL: &str = "SELECT tenant, user_id, email, name, role, disabled_at FROM users \
    WHERE tenant = $1 ORDER BY email, user_id {LOCK}";
const BY_EMAIL: &str =
    "SELECT tenant, user_id FROM users WHERE email = $1 AND disabled_at IS NULL ORDER BY tenant, user_id";
const REMOVE: &str = "DELETE FROM users WHERE tenant = $1 AND user_id = $2";

/// Adds the person or changes what is known of them.
pub async fn put(tx: &mut Tx<'_>, row: &UserRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.user).into(),
        (&row.email).into(),
        (&row.name).into(),
        (&row.role).into(),
        row.disabled_at.into(),
    ];
    tx.execute(PUT, &values).await.map(drop)
}

/// The person of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, user: &str) -> Result<Option<UserRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), user.into()]).await?.map(record).transpose()
}

/// Everybody of an account, by address.
pub async fn list(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<UserRow>, Fault> {
    tx.query(LIST, &[tenant.into()]).await?.into_iter().map(record).collect()
}

/// Everybody of an account, held until the transaction ends: what is decided about one depends on the others.
pub async fn lock_all(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<UserRow>, Fault> {
    tx.query(LOCK_ALL, &[tenant.into()]).await?.into_iter().map(record).collect()
}

/// The directory: (tenant, user) of everybody with this address who may sign in, given in lower case. Somebody who asks for a
/// sign-in link has not said yet which account they mean.
pub async fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Vec<(String, String)>, Fault> {
    let rows = tx.query(BY_EMAIL, &[email.into()]).await?;
    rows.into_iter().map(|mut row| Ok((row.text()?, row.text()?))).collect()
}

/// Removes the person. `false` when there was none.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, user: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, &[tenant.into(), user.into()]).await? == 1)
}

fn record(mut row: Row) -> Result<UserRow, Fault> {
    Ok(UserRow {
        tenant: row.text()?,
        user: row.text()?,
        email: row.text()?,
        name: row.text()?,
        role: row.text()?,
        disabled_at: row.int_or_null()?,
    })
}
