//! `countersign admin restore`

use super::Place;
use super::backup::key_file;
use crate::exit::{self, Exit, Outcome};
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
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        let contents = service
            .store()
            .restore(std::io::BufReader::new(from))
            .await
            .map_err(|fault| format!("The restore failed: {fault}."))?;
        service.authority().await.map_err(|_| {
            "The data are back, but the master key is not the one they were made with; put the right one in its place."
                .to_owned()
        })?;
        let rows: u64 = contents.rows.values().sum();
        exit::print(&format!("{rows} rows and {} blobs restored", contents.blobs));
        service.store().close().await;
        Ok(Exit::DONE)
    })
}
