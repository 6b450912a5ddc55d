//! A revision of a document is a list of blobs: the base, then one tail for each act.
//!
//! A 50 MB contract with five signers is stored as 50 MB and five tails, not as six files.

use serde_json::Value as Json;

use crate::{Fault, Tx};

/// A revision.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionRow {
    /// The account.
    pub tenant: String,
    /// SHA-256 of the whole revision, lower-case hex.
    pub digest: String,
    /// Length of the whole revision in bytes.
    pub length: i64,
    /// The revision that this one goes on from; none for what was uploaded or rewritten.
    pub base_digest: Option<String>,
    /// Its bytes, one piece after the other.
    pub pieces: Vec<Piece>,
}

/// A blob that is a part of a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// SHA-256 of the blob, lower-case hex.
    pub digest: String,
    /// Its length in bytes.
    pub length: i64,
}

const PUT: &str = "INSERT INTO revisions (tenant, digest, length, base_digest, pieces) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (tenant, digest) DO NOTHING";
const REMOVE: &str = "DELETE FROM revisions WHERE tenant = $1 AND digest = $2";
const FIND: &str = "SELECT tenant, digest, length, base_digest, pieces FROM revisions \
    WHERE tenant = $1 AND digest = $2";

/// Adds a revision; the same bytes twice are one revision.
///
/// # Errors
/// [`FaultKind::Corrupt`](crate::FaultKind) when the pieces are not as long as the whole: we are wrong then.
pub async fn put(tx: &mut Tx<'_>, row: &RevisionRow) -> Result<(), Fault> {
    check(row)?;
    let pieces: Vec<Json> = row
        .pieces
        .iter()
        .map(|piece| Json::from(vec![Json::from(piece.digest.as_str()), piece.length.into()]))
        .collect();
    let values = [
        (&row.tenant).into(),
        (&row.digest).into(),
        row.length.into(),
        row.base_digest.as_deref().into(),
        Json::from(pieces).to_string().into(),
    ];
    tx.execute(PUT, &values).await.map(drop)
}

/// The revision with this digest.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<Option<RevisionRow>, Fault> {
    let Some(mut row) = tx.query_first(FIND, &[tenant.into(), digest.into()]).await? else {
        return Ok(None);
    };
    let row = RevisionRow {
        tenant: row.text()?,
        digest: row.text()?,
        length: row.int()?,
        base_digest: row.text_or_null()?,
        pieces: parse(&row.text()?)?,
    };
    check(&row)?;
    Ok(Some(row))
}

/// The pieces of the revision with this digest, in order.
///
/// # Errors
/// [`FaultKind::Missing`](crate::FaultKind) when there is no such revision.
pub async fn pieces(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<Vec<Piece>, Fault> {
    match find(tx, tenant, digest).await? {
        Some(revision) => Ok(revision.pieces),
        None => Err(Fault::missing(format!("there is no revision {digest}"))),
    }
}

/// Forgets a revision. Its bytes stay until [`crate::Blobs::remove`].
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<(), Fault> {
    tx.execute(REMOVE, &[tenant.into(), digest.into()]).await.map(drop)
}

fn check(row: &RevisionRow) -> Result<(), Fault> {
    let total: i64 = row.pieces.iter().map(|piece| piece.length).sum();
    if total == row.length && !row.pieces.is_empty() {
        return Ok(());
    }
    Err(Fault::corrupt(format!("revision {} is not as long as its pieces", row.digest)))
}

fn parse(text: &str) -> Result<Vec<Piece>, Fault> {
    let wrong = |_| Fault::corrupt("the pieces of a revision cannot be read");
    let pairs: Vec<(String, i64)> = serde_json::from_str(text).map_err(wrong)?;
    Ok(pairs.into_iter().map(|(digest, length)| Piece { digest, length }).collect())
}
