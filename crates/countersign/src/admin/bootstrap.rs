//! `countersign admin bootstrap`

use super::Place;
use crate::exit::{self, Exit, Outcome};
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation.
    #[arg(long)]
    tenant: String,
    /// The owner's e-mail address.
    #[arg(long)]
    email: String,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let config = arguments.place.config()?;
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        service.authority().await.map_err(|error| error.to_string())?;
        let made = service
            .bootstrap(&arguments.tenant, &arguments.email)
            .await
            .map_err(|error| format!("It could not be made: {error}"))?;
        if arguments.json {
            let shown = serde_json::json!({
                "tenant": arguments.tenant, "tenant_id": made.tenant, "user": made.user,
                "email": arguments.email, "api_key": made.api_key,
            });
            exit::print(&shown.to_string());
        } else {
            exit::print(&format!(
                "Tenant   {}\nOwner    {}\nAPI key  {}",
                arguments.tenant, arguments.email, made.api_key
            ));
        }
        service.store().close().await;
        Ok(Exit::DONE)
    })
}
