//! Authenticator apps and passkeys that people enrolled.

use crate::{Fault, Row, Tx};

/// One authenticator of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthenticatorRow {
    /// The account.
    pub tenant: String,
    /// HMAC of the person's address, lower-case hex.
    pub person: String,
    /// What it is: a word of `service` (`totp`, `passkey`).
    pub kind: String,
    /// Its id.
    pub authenticator: String,
    /// What is needed to check an answer, sealed.
    pub sealed: Vec<u8>,
    /// When it was enrolled, microseconds.
    pub created_at: i64,
}

const PUT: &str = "INSERT INTO authenticators (tenant, person, kind, authenticator, sealed, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, person, kind, authenticator) DO UPDATE SET sealed = $5";
const OF: &str = "SELECT tenant, person, kind, authenticator, sealed, created_at FROM authenticators \
    WHERE tenant = $1 AND person = $2 AND kind = $3 ORDER BY created_at, authenticator";
const RENEW: &str = "UPDATE authenticators SET sealed = $5 \
    WHERE tenant = $1 AND person = $2 AND kind = $3 AND authenticator = $4 AND sealed = $6";
const REMOVE: &str =
    "DELETE FROM authenticators WHERE tenant = $1 AND person = $2 AND kind = $3 AND authenticator = $4";
const REMOVE_OF: &str = "DELETE FROM authenticators WHERE tenant = $1 AND person = $2";
const COUNT_OF: &str = "SELECT COUNT(*) FROM authenticators WHERE tenant = $1 AND person = $2";

/// Adds an authenticator, or writes down what changed in it (such as a counter).
pub async fn put(tx: &mut Tx<'_>, row: &AuthenticatorRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.person).into(),
        (&row.kind).into(),
        (&row.authenticator).into(),
        row.sealed.as_slice().into(),
        row.created_at.into(),
    ];
    tx.execute(PUT, &values).await.map(drop)
}

/// Writes down what changed in an authenticator, unless somebody else did so since it was read: `false` then.
pub async fn renew(tx: &mut Tx<'_>, read: &AuthenticatorRow, sealed: &[u8]) -> Result<bool, Fault> {
    let values = [
        (&read.tenant).into(),
        (&read.person).into(),
        (&read.kind).into(),
        (&read.authenticator).into(),
        sealed.into(),
        read.sealed.as_slice().into(),
    ];
    Ok(tx.execute(RENEW, &values).await? == 1)
}

/// A person's authenticators of one kind, oldest first.
pub async fn of(
    tx: &mut Tx<'_>,
    tenant: &str,
    person: &str,
    kind: &str,
) -> Result<Vec<AuthenticatorRow>, Fault> {
    tx.query(OF, &[tenant.into(), person.into(), kind.into()]).await?.into_iter().map(record).collect()
}

/// Removes one authenticator.
pub async fn remove(
    tx: &mut Tx<'_>,
    tenant: &str,
    person: &str,
    kind: &str,
    authenticator: &str,
) -> Result<(), Fault> {
    let values = [tenant.into(), person.into(), kind.into(), authenticator.into()];
    tx.execute(REMOVE, &values).await.map(drop)
}

/// Removes everything that a person enrolled and says how much.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, person: &str) -> Result<u64, Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), person.into()]).await
}

/// How much a person enrolled.
pub async fn count_of(tx: &mut Tx<'_>, tenant: &str, person: &str) -> Result<u64, Fault> {
    let row = tx.query_first(COUNT_OF, &[tenant.into(), person.into()]).await?;
    Ok(row.map(|mut row| row.int()).transpose()?.map_or(0, i64::unsigned_abs))
}

fn record(mut row: Row) -> Result<AuthenticatorRow, Fault> {
    Ok(AuthenticatorRow {
        tenant: row.text()?,
        person: row.text()?,
        kind: row.text()?,
        authenticator: row.text()?,
        sealed: row.bytes()?,
        created_at: row.int()?,
    })
}
