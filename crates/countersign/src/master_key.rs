//! The master key: never in the database, left out of backups unless asked.

use crate::config::Config;
use crate::world::SystemRandomBytes;
use base64::Engine as _;
use service::{Key, Random};
use std::io::{ErrorKind, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Reads the master key from the environment or its file; makes the file at the first start.
pub(crate) fn load(config: &Config) -> Result<Key, String> {
    if let Ok(text) = std::env::var("COUNTERSIGN_MASTER_KEY") {
        return decode(&Zeroizing::new(text))
            .ok_or_else(|| "COUNTERSIGN_MASTER_KEY is not 32 bytes in base64; correct it.".to_owned());
    }
    let file = config.master_key_file();
    match std::fs::read_to_string(&file) {
        Ok(text) => decode(&Zeroizing::new(text))
            .ok_or_else(|| format!("{} does not hold a master key; restore the right file.", file.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => make(&file),
        Err(error) => Err(format!("The master key {} cannot be read: {error}.", file.display())),
    }
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
