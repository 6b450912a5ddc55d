//! `countersign admin retention`

use super::{OfTenant, failed};
use crate::exit::{self, Exit, Outcome};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    of: OfTenant,
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
    arguments.of.with_service(async |service, tenant| {
        if arguments.off || arguments.days.is_some() {
            service.set_retention(tenant, arguments.days).await.map_err(failed)?;
        }
        let days = service.retention(tenant).await.map_err(failed)?;
        if arguments.json {
            exit::print(
                &serde_json::json!({ "tenant": arguments.of.tenant, "retention_days": days }).to_string(),
            );
        } else {
            exit::print(&match days {
                Some(days) => format!("Kept for {days} days after the end"),
                None => "Kept until somebody deletes it".to_owned(),
            });
        }
        Ok(Exit::DONE)
    })
}
