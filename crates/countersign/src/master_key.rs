//! The master key: never in the database, left out of backups unless asked.

use crate::config::Config;
use crate::world::SystemRandomBytes;
use base64::Engine as _;
use service::{Key, Random, Vault};
use std::io::{ErrorKind, Write};
use std::path::Path;
use store::{Fault, Store, secrets};
use zeroize::Zeroizing;

/// Whose secrets the server's own are.
const SYSTEM: &str = "system";
/// The one under which all others of the server are sealed: where it is, a master key was in use.
const DATA_KEY: &str = "data-key";
/// Beside the secrets, and so in a backup, stands which key they need; itself it is none.
const FINGERPRINT: &str = "master-key-fingerprint";
const FINGERPRINT_DIGITS: usize = 16;

/// The master key of a store, and nothing else: where the store was made with another one, or its own is not here,
/// a sentence says which is needed and where it goes. A new one is made only for a store that holds nothing sealed.
pub(crate) async fn open(config: &Config, store: &Store) -> Result<Key, String> {
    let (needed, sealed) = named(store).await?;
    let Some(key) = find(config)? else {
        return if needed.is_some() || sealed {
            Err(missing(config, needed.as_deref()))
        } else {
            let key = make(&config.master_key_file())?;
            name(config, store, &key).await?;
            Ok(key)
        };
    };
    match needed {
        Some(needed) if needed != fingerprint(&key) => Err(wrong(config, &key, &needed)),
        Some(_) => Ok(key),
        // A store that holds sealed values and no name says itself whether this key opens them.
        None if sealed => Ok(key),
        None => {
            name(config, store, &key).await?;
            Ok(key)
        }
    }
}

/// Whether the master key of a store that holds something is here; makes none and writes nothing.
pub(crate) async fn check(config: &Config, store: &Store) -> Result<(), String> {
    let (needed, sealed) = named(store).await?;
    match (find(config)?, needed) {
        (None, needed) if needed.is_some() || sealed => Err(missing(config, needed.as_deref())),
        (Some(key), Some(needed)) if needed != fingerprint(&key) => Err(wrong(config, &key, &needed)),
        _ => Ok(()),
    }
}

/// Reads the master key from the environment or its file.
pub(crate) fn find(config: &Config) -> Result<Option<Key>, String> {
    if let Ok(text) = std::env::var("COUNTERSIGN_MASTER_KEY") {
        return decode(&Zeroizing::new(text))
            .map(Some)
            .ok_or_else(|| "COUNTERSIGN_MASTER_KEY is not 32 bytes in base64; correct it.".to_owned());
    }
    let file = config.master_key_file();
    match std::fs::read_to_string(&file) {
        Ok(text) => decode(&Zeroizing::new(text))
            .map(Some)
            .ok_or_else(|| format!("{} does not hold a master key; restore the right file.", file.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("The master key {} cannot be read: {error}.", file.display())),
    }
}

/// Names a master key without giving anything of it away: the start of an HMAC under it.
fn fingerprint(key: &Key) -> String {
    Vault::new(key.clone()).digest(FINGERPRINT, "").chars().take(FINGERPRINT_DIGITS).collect()
}

/// The fingerprint of the key that a store was made with, and whether it holds anything sealed.
async fn named(store: &Store) -> Result<(Option<String>, bool), String> {
    let read = store
        .read(|tx| {
            Box::pin(async move {
                let named = secrets::get(tx, SYSTEM, FINGERPRINT).await?;
                Ok::<_, Fault>((named, secrets::get(tx, SYSTEM, DATA_KEY).await?.is_some()))
            })
        })
        .await;
    let (named, sealed) = read.map_err(unreadable)?;
    Ok((named.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()), sealed))
}

/// Writes into a store which key it is made with. Of two processes that start with two keys, the first one's stands.
async fn name(config: &Config, store: &Store, key: &Key) -> Result<(), String> {
    let ours = &fingerprint(key);
    let standing = store
        .write(|tx| {
            Box::pin(async move { secrets::insert_if_absent(tx, SYSTEM, FINGERPRINT, ours.as_bytes()).await })
        })
        .await
        .map_err(unreadable)?;
    if standing == ours.as_bytes() {
        return Ok(());
    }
    Err(wrong(config, key, &String::from_utf8_lossy(&standing)))
}

fn unreadable(fault: Fault) -> String {
    format!("The store cannot be read: {fault}.")
}

fn missing(config: &Config, needed: Option<&str>) -> String {
    let named = needed.map_or(String::new(), |it| format!(" with the fingerprint {it}"));
    format!(
        "The master key{named}, with which these data were sealed, is not here and no other opens them. Put it to {} \
         (it is the master.key of the former data folder, or FILE.key beside a backup made --with-master-key) and \
         start again.",
        config.master_key_file().display()
    )
}

fn wrong(config: &Config, key: &Key, needed: &str) -> String {
    let place = match std::env::var_os("COUNTERSIGN_MASTER_KEY") {
        Some(_) => "COUNTERSIGN_MASTER_KEY".to_owned(),
        None => config.master_key_file().display().to_string(),
    };
    format!(
        "The master key in {place} has the fingerprint {}, but these data were sealed under the one with the \
         fingerprint {needed}. Put that one in its place and start again.",
        fingerprint(key)
    )
}

fn decode(text: &str) -> Option<Key> {
    let bytes = Zeroizing::new(base64::engine::general_purpose::STANDARD.decode(text.trim()).ok()?);
    Some(Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?))
}

fn make(file: &Path) -> Result<Key, String> {
    let failed =
        |error: std::io::Error| format!("The master key {} cannot be made: {error}.", file.display());
    let mut key: Key = Zeroizing::new([0; 32]);
    SystemRandomBytes::new().fill(key.as_mut_slice());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    // Another process that starts at the same moment wins or loses here; the loser reads what the winner wrote.
    match write(file, &key) {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let text = Zeroizing::new(std::fs::read_to_string(file).map_err(failed)?);
            decode(&text).ok_or_else(|| {
                format!("{} does not hold a master key; restore the right file.", file.display())
            })
        }
        Err(error) => Err(failed(error)),
    }
}

/// Writes a key into a new file for its owner's eyes: whole, or not at all when the power goes in the middle.
pub(crate) fn write(file: &Path, key: &Key) -> std::io::Result<()> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let text = Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(key.as_slice()));
    let mut draft = tempfile::Builder::new().prefix(".key").tempfile_in(folder)?;
    draft.write_all(text.as_bytes())?;
    draft.as_file().sync_all()?;
    draft.persist_noclobber(file).map_err(|error| error.error)?;
    std::fs::File::open(folder)?.sync_all()
}
