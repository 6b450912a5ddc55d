//! `countersign admin rebuild`

use super::Place;
use crate::exit::{self, Exit, Outcome};
use crate::wiring;

pub(crate) fn run(place: &Place) -> Outcome {
    let config = place.config()?;
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        let count = service.rebuild().await.map_err(|error| format!("It could not be rebuilt: {error:?}"))?;
        exit::print(&format!("{count} envelopes rebuilt from their events"));
        service.store().close().await;
        Ok(Exit::DONE)
    })
}
