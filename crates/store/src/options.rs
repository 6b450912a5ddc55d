//! Where the store is: two addresses and a few numbers.

use std::path::PathBuf;

use crate::Fault;

/// What [`Store::open`](crate::Store::open) needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// `sqlite:FILE` or `postgres://user:password@host:port/database`.
    pub database: String,
    /// `file:DIR`, or `s3://BUCKET[/PREFIX]?endpoint=URL&region=NAME` with the credentials in the environment
    /// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, or what else the AWS variables name).
    pub blobs: String,
    /// Connections to PostgreSQL, or readers of SQLite.
    pub max_connections: u32,
    /// Whether migrations take PostgreSQL's advisory lock. Off for databases that have none (CockroachDB)
    /// and behind a pooler in transaction mode; then start one process first.
    pub migration_lock: bool,
    /// Where local copies of remote blobs are kept; a folder of this process in the system's temporary place
    /// when `None`. Not used when `blobs` is a folder.
    pub cache: Option<PathBuf>,
    /// So many bytes of local copies are kept at most, not counting those in use.
    pub cache_bytes: u64,
}

impl Options {
    /// Options with everything but the two addresses at its default.
    pub fn new(database: impl Into<String>, blobs: impl Into<String>) -> Options {
        Options {
            database: database.into(),
            blobs: blobs.into(),
            max_connections: 16,
            migration_lock: true,
            cache: None,
            cache_bytes: 1 << 30,
        }
    }

    /// SQLite and a folder below `data`: what a server without any configuration uses.
    pub fn in_folder(data: &std::path::Path) -> Options {
        Options::new(
            format!("sqlite:{}", data.join("countersign.db").display()),
            format!("file:{}", data.join("blobs").display()),
        )
    }
}

/// The database's address, taken apart.
#[derive(Debug, PartialEq)]
pub(crate) enum DatabaseAddress<'a> {
    Sqlite(&'a str),
    Postgres(&'a str),
}

/// The blobs' address, taken apart.
#[derive(Debug, PartialEq)]
pub(crate) enum BlobAddress<'a> {
    Folder(&'a str),
    Bucket { name: &'a str, prefix: &'a str, endpoint: Option<&'a str>, region: Option<&'a str> },
}

pub(crate) fn database(address: &str) -> Result<DatabaseAddress<'_>, Fault> {
    if let Some(file) = address.strip_prefix("sqlite:") {
        let file = file.strip_prefix("//").unwrap_or(file);
        if !file.is_empty() && !file.starts_with(":memory:") {
            return Ok(DatabaseAddress::Sqlite(file));
        }
    }
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        return Ok(DatabaseAddress::Postgres(address));
    }
    Err(Fault::configuration("the database address has to be sqlite:FILE or postgres://…"))
}

pub(crate) fn blobs(address: &str) -> Result<BlobAddress<'_>, Fault> {
    if let Some(folder) = address.strip_prefix("file:").filter(|folder| !folder.is_empty()) {
        return Ok(BlobAddress::Folder(folder.strip_prefix("//").unwrap_or(folder)));
    }
    let Some(rest) = address.strip_prefix("s3://") else {
        return Err(Fault::configuration("the blob address has to be file:DIR or s3://BUCKET?…"));
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
    if name.is_empty() {
        return Err(Fault::configuration("the blob address names no bucket"));
    }
    let (mut endpoint, mut region) = (None, None);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("endpoint", value)) => endpoint = Some(value),
            Some(("region", value)) => region = Some(value),
            _ => return Err(Fault::configuration(format!("the blob address knows no parameter {pair:?}"))),
        }
    }
    Ok(BlobAddress::Bucket { name, prefix: prefix.trim_matches('/'), endpoint, region })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_all_four_kinds_are_read() {
        assert_eq!(database("sqlite:data/c.db"), Ok(DatabaseAddress::Sqlite("data/c.db")));
        assert_eq!(database("sqlite:///var/c.db"), Ok(DatabaseAddress::Sqlite("/var/c.db")));
        assert_eq!(database("postgres://h/d"), Ok(DatabaseAddress::Postgres("postgres://h/d")));
        assert_eq!(blobs("file:data/blobs"), Ok(BlobAddress::Folder("data/blobs")));
        assert_eq!(
            blobs("s3://documents/live?endpoint=http://127.0.0.1:9000&region=eu-west-1"),
            Ok(BlobAddress::Bucket {
                name: "documents",
                prefix: "live",
                endpoint: Some("http://127.0.0.1:9000"),
                region: Some("eu-west-1")
            })
        );
    }

    #[test]
    fn addresses_that_would_lose_data_or_mean_nothing_are_refused() {
        for address in ["", "sqlite:", "sqlite::memory:", "mysql://h/d"] {
            assert!(database(address).is_err(), "{address}");
        }
        for address in ["", "file:", "s3://", "s3://b?secret=1", "/srv"] {
            assert!(blobs(address).is_err(), "{address}");
        }
    }
}
