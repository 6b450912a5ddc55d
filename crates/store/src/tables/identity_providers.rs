//! The identity provider of each tenant, at which the people it invites can sign in.

use crate::{Fault, Row, Tx};

/// A tenant's identity provider.
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityProviderRow {
    /// The account.
    pub tenant: String,
    /// What people call it.
    pub name: String,
    /// Its issuer.
    pub issuer: String,
    /// What the account is to it: the client id.
    pub client: String,
    /// The client secret, sealed; none for a public client.
    pub secret: Option<Vec<u8>>,
    /// The claim that has to be the recipient's address.
    pub claim: String,
    /// What is asked for, separated by spaces.
    pub scopes: String,
    /// When it was last changed, microseconds.
    pub changed_at: i64,
}

const PUT: &str = "INSERT INTO identity_providers (tenant, name, issuer, client, secret, claim, scopes, changed_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant) DO UPDATE SET name = $2, issuer = $3, client = $4, \
    secret = $5, claim = $6, scopes = $7, changed_at = $8";
const GET: &str = "SELECT tenant, name, issuer, client, secret, claim, scopes, changed_at FROM identity_providers \
    WHERE tenant = $1";
const REMOVE: &str = "DELETE FROM identity_providers WHERE tenant = $1";

/// Writes down the tenant's identity provider, in place of the one before.
pub async fn put(tx: &mut Tx<'_>, row: &IdentityProviderRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.name).into(),
        (&row.issuer).into(),
        (&row.client).into(),
        row.secret.as_deref().into(),
        (&row.claim).into(),
        (&row.scopes).into(),
        row.changed_at.into(),
    ];
    tx.execute(PUT, &values).await.map(drop)
}

/// The tenant's identity provider.
pub async fn get(tx: &mut Tx<'_>, tenant: &str) -> Result<Option<IdentityProviderRow>, Fault> {
    tx.query_first(GET, &[tenant.into()]).await?.map(record).transpose()
}

/// Removes it. `false` when there was none.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, &[tenant.into()]).await? == 1)
}

fn record(mut row: Row) -> Result<IdentityProviderRow, Fault> {
    Ok(IdentityProviderRow {
        tenant: row.text()?,
        name: row.text()?,
        issuer: row.text()?,
        client: row.text()?,
        secret: row.bytes_or_null()?,
        claim: row.text()?,
        scopes: row.text()?,
        changed_at: row.int()?,
    })
}
