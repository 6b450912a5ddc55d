//! `countersign admin backup`

use super::Place;
use crate::exit::{self, Exit, Outcome};
use crate::master_key;
use crate::wiring;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file to be written; it must not exist.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Write the master key beside it, as FILE.key. Without it the secrets in the backup cannot be opened.
    #[arg(long)]
    with_master_key: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let config = arguments.place.config()?;
    let failed = |error: std::io::Error| format!("{} cannot be written: {error}.", arguments.file.display());
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        // Names and addresses of people are in it.
        let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&arguments.file).map_err(failed)?;
        let sync = out.try_clone().map_err(failed)?;
        let contents = service
            .store()
            .backup(std::io::BufWriter::new(out))
            .await
            .map_err(|fault| format!("The backup failed: {fault}."))?;
        sync.sync_all().map_err(failed)?;
        service.store().close().await;
        if arguments.with_master_key {
            let key = key_file(&arguments.file);
            // The key in force, wherever it came from.
            let in_force = master_key::find(&config)?
                .ok_or_else(|| "The master key went away while the backup was made.".to_owned())?;
            master_key::write(&key, &in_force)
                .map_err(|error| format!("The master key cannot be written to {}: {error}.", key.display()))?;
        }
        let rows: u64 = contents.rows.values().sum();
        exit::print(&format!("{rows} rows and {} blobs written to {}", contents.blobs, arguments.file.display()));
        if !arguments.with_master_key {
            exit::complain("The master key is not in it: keep that file elsewhere, or nothing can be signed after a restore.");
        }
        Ok(Exit::DONE)
    })
}

/// Where the master key lies beside a backup.
pub(super) fn key_file(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".key");
    name.into()
}
