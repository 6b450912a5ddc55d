//! `countersign admin bounce`

use super::{Place, tenant};
use crate::exit::{self, Exit, Outcome};
use crate::wiring;
use service::deliver::bounce::REPORT_BYTES_MAX;
use service::reports::Reported;
use std::io::Read;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation; mails of others are then unknown.
    #[arg(long)]
    tenant: Option<String>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut config = arguments.place.config()?;
    // What follows from it is done by the server that runs.
    config.role.retain(|role| *role != crate::config::Role::Worker);
    let mut message = Vec::new();
    let limit = u64::try_from(REPORT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    std::io::stdin()
        .take(limit)
        .read_to_end(&mut message)
        .map_err(|error| format!("Standard input cannot be read: {error}."))?;
    let taken = wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        let tenant = match &arguments.tenant {
            Some(name) => Some(tenant(&service, name).await?),
            None => None,
        };
        let taken = service.take_notification(&message, tenant.as_deref()).await;
        service.store().close().await;
        taken.map_err(|error| error.to_string())
    })?;
    if arguments.json {
        exit::print(&serde_json::json!({ "result": taken.word() }).to_string());
    } else {
        exit::print(match taken {
            Reported::Recorded => "recorded: the sender is told",
            Reported::Known => "known already: nothing was recorded",
            Reported::NotFinal => "not final: the mail may yet arrive, so nothing was recorded",
            _ => "unknown: no such mail left from here, so nothing was recorded",
        });
    }
    Ok(if taken == Reported::Unknown { Exit::NO } else { Exit::DONE })
}
