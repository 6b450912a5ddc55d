//! What an account's drafts begin with where they say nothing themselves.

use crate::{Fault, Tx};

const PUT: &str = "INSERT INTO draft_defaults (tenant, wishes, updated_at) VALUES ($1, $2, $3) \
    ON CONFLICT (tenant) DO UPDATE SET wishes = excluded.wishes, updated_at = excluded.updated_at";
const FIND: &str = "SELECT wishes FROM draft_defaults WHERE tenant = $1";

/// Writes them (JSON of `service`), in place of those before.
pub async fn put(tx: &mut Tx<'_>, tenant: &str, wishes: &str, updated_at: i64) -> Result<(), Fault> {
    tx.execute(PUT, &[tenant.into(), wishes.into(), updated_at.into()]).await.map(drop)
}

/// They, as JSON; none where the account never said anything.
pub async fn find(tx: &mut Tx<'_>, tenant: &str) -> Result<Option<String>, Fault> {
    tx.query_first(FIND, &[tenant.into()]).await?.map(|mut row| row.text()).transpose()
}
