//! `countersign admin restore`

use super::Place;
use super::backup::key_file;
use crate::exit::{self, Exit, Outcome};
use crate::master_key;
use crate::wiring;
use std::fs::File;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file that `admin backup` wrote.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let config = arguments.place.config()?;
    let from = File::open(&arguments.file)
        .map_err(|error| format!("{} cannot be read: {error}.", arguments.file.display()))?;
    let (key, target) = (key_file(&arguments.file), config.master_key_file());
    if key.exists() && !target.exists() {
        std::fs::create_dir_all(&config.data)
            .and_then(|()| std::fs::copy(&key, &target).map(drop))
            .map_err(|error| format!("The master key cannot be put to {}: {error}.", target.display()))?;
    }
    std::fs::create_dir_all(&config.data)
        .map_err(|error| format!("The data folder {} cannot be made: {error}.", config.data.display()))?;
    wiring::runtime()?.block_on(async {
        // Without a master key: what is sealed stays sealed, and a new key would open none of it.
        let store = wiring::store(&config).await?;
        let contents = store
            .restore(std::io::BufReader::new(from))
            .await
            .map_err(|fault| format!("The restore failed: {fault}."))?;
        let rows: u64 = contents.rows.values().sum();
        exit::print(&format!("{rows} rows and {} blobs restored", contents.blobs));
        let usable = master_key::check(&config, &store).await;
        store.close().await;
        Ok(match usable {
            Ok(()) => Exit::DONE,
            Err(sentence) => {
                exit::complain(&format!("The data are back, but cannot be used yet. {sentence}"));
                Exit::NO
            }
        })
    })
}
