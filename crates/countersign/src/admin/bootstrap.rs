//! `countersign admin bootstrap`

use super::{Place, failed};
use crate::exit::{self, Exit, Outcome};

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
    arguments.place.with_service(async |service| {
        service.authority().await.map_err(failed)?;
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
        Ok(Exit::DONE)
    })
}
