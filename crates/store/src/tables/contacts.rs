//! The address book of an account.

use crate::{Fault, Row, Tx, Value};

/// Somebody whom an account knows.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactRow {
    /// The account.
    pub tenant: String,
    /// The contact's id.
    pub contact: String,
    /// Whether it stands in the address book of tests.
    pub test: bool,
    /// E-mail address in lower case.
    pub email: String,
    /// Name.
    pub name: String,
    /// Telephone, E.164; empty where none is known.
    pub phone: String,
    /// Language.
    pub language: String,
    /// Where they work; may be empty.
    pub company: String,
    /// What they are there; may be empty.
    pub title: String,
    /// What a search looks in: letters and digits alone, lower-case, without accents.
    pub search: String,
    /// Its place in the list, different from every other's.
    pub sort_key: Vec<u8>,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// When it was changed last, microseconds.
    pub updated_at: i64,
}

/// Which contacts a list is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Those of tests, or the others.
    pub test: bool,
    /// Only where this occurs: letters and digits, folded as `search` is. Empty for all.
    pub q: String,
    /// Only what comes after this sort key.
    pub after: Vec<u8>,
    /// So many at most.
    pub limit: i64,
}

const INSERT: &str = "INSERT INTO contacts (tenant, contact, test, email, name, phone, language, company, title, \
    search, sort_key, updated_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
const UPDATE: &str = "UPDATE contacts SET email = $4, name = $5, phone = $6, language = $7, company = $8, title = $9, \
    search = $10, sort_key = $11, updated_at = $12 WHERE tenant = $1 AND contact = $2 AND test = $3";
const FIND: &str = "SELECT tenant, contact, test, email, name, phone, language, company, title, search, sort_key, \
    created_at, updated_at FROM contacts WHERE tenant = $1 AND contact = $2";
const LOCK: &str = "SELECT tenant, contact, test, email, name, phone, language, company, title, search, sort_key, \
    created_at, updated_at FROM contacts WHERE tenant = $1 AND contact = $2 {LOCK}";
const BY_EMAIL: &str = "SELECT tenant, contact, test, email, name, phone, language, company, title, search, sort_key, \
    created_at, updated_at FROM contacts WHERE tenant = $1 AND test = $2 AND email = $3";
const LIST: &str = "SELECT tenant, contact, test, email, name, phone, language, company, title, search, sort_key, \
    created_at, updated_at FROM contacts WHERE tenant = $1 AND test = $2 AND ($3 = '' OR search LIKE $3) \
    AND sort_key > $4 ORDER BY sort_key LIMIT $5";
const REMOVE: &str = "DELETE FROM contacts WHERE tenant = $1 AND contact = $2";
const REMOVE_OF: &str = "DELETE FROM contacts WHERE tenant = $1 AND email = $2";
const COUNT_OF: &str = "SELECT COUNT(*) FROM contacts WHERE tenant = $1 AND email = $2";

/// Adds a contact. A second one of the same address is a conflict.
pub async fn insert(tx: &mut Tx<'_>, row: &ContactRow) -> Result<(), Fault> {
    let mut values = values(row).to_vec();
    values.push(row.created_at.into());
    tx.execute(INSERT, &values).await.map(drop)
}

/// Writes down what changed in a contact.
pub async fn update(tx: &mut Tx<'_>, row: &ContactRow) -> Result<(), Fault> {
    tx.execute(UPDATE, &values(row)).await.map(drop)
}

/// What is written of a contact, in the order of both statements; when it was made stands last in the first.
fn values(row: &ContactRow) -> [Value; 12] {
    [
        (&row.tenant).into(),
        (&row.contact).into(),
        row.test.into(),
        (&row.email).into(),
        (&row.name).into(),
        (&row.phone).into(),
        (&row.language).into(),
        (&row.company).into(),
        (&row.title).into(),
        (&row.search).into(),
        row.sort_key.as_slice().into(),
        row.updated_at.into(),
    ]
}

/// The contact of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, contact: &str) -> Result<Option<ContactRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), contact.into()]).await?.map(record).transpose()
}

/// The contact of this id, locked until the transaction ends.
pub async fn lock(tx: &mut Tx<'_>, tenant: &str, contact: &str) -> Result<Option<ContactRow>, Fault> {
    tx.query_first(LOCK, &[tenant.into(), contact.into()]).await?.map(record).transpose()
}

/// The contact of this address, given in lower case.
pub async fn by_email(
    tx: &mut Tx<'_>,
    tenant: &str,
    test: bool,
    email: &str,
) -> Result<Option<ContactRow>, Fault> {
    tx.query_first(BY_EMAIL, &[tenant.into(), test.into(), email.into()]).await?.map(record).transpose()
}

/// A page of the address book, in its order.
pub async fn list(tx: &mut Tx<'_>, tenant: &str, filter: &Filter) -> Result<Vec<ContactRow>, Fault> {
    // Letters and digits alone, so that none of them is a wildcard.
    let pattern = if filter.q.is_empty() { String::new() } else { format!("%{}%", filter.q) };
    let values = [
        tenant.into(),
        filter.test.into(),
        pattern.into(),
        filter.after.as_slice().into(),
        filter.limit.into(),
    ];
    tx.query(LIST, &values).await?.into_iter().map(record).collect()
}

/// Removes a contact. `false` when there was none.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, contact: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, &[tenant.into(), contact.into()]).await? == 1)
}

/// Removes whoever has this address, given in lower case, from both address books; says how many that were.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, email: &str) -> Result<u64, Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), email.into()]).await
}

/// How often this address, given in lower case, stands in the address books.
pub async fn count_of(tx: &mut Tx<'_>, tenant: &str, email: &str) -> Result<u64, Fault> {
    let row = tx.query_first(COUNT_OF, &[tenant.into(), email.into()]).await?;
    Ok(row.map(|mut row| row.int()).transpose()?.map_or(0, i64::unsigned_abs))
}

fn record(mut row: Row) -> Result<ContactRow, Fault> {
    Ok(ContactRow {
        tenant: row.text()?,
        contact: row.text()?,
        test: row.flag()?,
        email: row.text()?,
        name: row.text()?,
        phone: row.text()?,
        language: row.text()?,
        company: row.text()?,
        title: row.text()?,
        search: row.text()?,
        sort_key: row.bytes()?,
        created_at: row.int()?,
        updated_at: row.int()?,
    })
}
