//! `countersign admin retention`

use super::{Place, tenant};
use crate::exit::{self, Exit, Outcome};
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation.
    #[arg(long)]
    tenant: String,
    /// From now on, so many days after its end an envelope loses its documents and the data of its people.
    #[arg(long, conflicts_with = "off")]
    days: Option<u16>,
    /// From now on, everything is kept until somebody deletes it.
    #[arg(long)]
    off: bool,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let config = arguments.place.config()?;
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        let failed = |error: service::Error| error.to_string();
        let tenant = tenant(&service, &arguments.tenant).await?;
        if arguments.off || arguments.days.is_some() {
            service.set_retention(&tenant, arguments.days).await.map_err(failed)?;
        }
        let days = service.retention(&tenant).await.map_err(failed)?;
        if arguments.json {
            exit::print(
                &serde_json::json!({ "tenant": arguments.tenant, "retention_days": days }).to_string(),
            );
        } else {
            exit::print(&match days {
                Some(days) => format!("Kept for {days} days after the end"),
                None => "Kept until somebody deletes it".to_owned(),
            });
        }
        service.store().close().await;
        Ok(Exit::DONE)
    })
}
