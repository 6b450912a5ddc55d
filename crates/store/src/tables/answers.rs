//! Answers to secret questions: only their HMAC.

use crate::{Fault, Tx};

const INSERT: &str = "INSERT INTO answers (tenant, answer, digest) VALUES ($1, $2, $3)";
const GET: &str = "SELECT digest FROM answers WHERE tenant = $1 AND answer = $2";
const REMOVE: &str = "DELETE FROM answers WHERE tenant = $1 AND answer = $2";

/// Keeps an answer under an id. `digest` is its HMAC, lower-case hex.
pub async fn insert(tx: &mut Tx<'_>, tenant: &str, answer: &str, digest: &str) -> Result<(), Fault> {
    tx.execute(INSERT, &[tenant.into(), answer.into(), digest.into()]).await.map(drop)
}

/// HMAC of the answer of this id.
pub async fn get(tx: &mut Tx<'_>, tenant: &str, answer: &str) -> Result<Option<String>, Fault> {
    tx.query_first(GET, &[tenant.into(), answer.into()]).await?.map(|mut row| row.text()).transpose()
}

/// Forgets the answer of this id; `false` when there was none.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, answer: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, &[tenant.into(), answer.into()]).await? > 0)
}
