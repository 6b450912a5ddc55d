//! `countersign admin api-key list` and `revoke`

use super::{Place, tenant};
use crate::exit::{self, Exit, Outcome};
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Listed {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation.
    #[arg(long)]
    tenant: String,
}

#[derive(clap::Args)]
pub(crate) struct Revoked {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation.
    #[arg(long)]
    tenant: String,
    /// The key's id, as `list` and the events show it: `key_…`.
    id: String,
}

pub(crate) fn list(arguments: &Listed) -> Outcome {
    let config = arguments.place.config()?;
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        let tenant = tenant(&service, &arguments.tenant).await?;
        let keys = service.api_keys(&tenant).await.map_err(|error| error.to_string())?;
        let keys: Vec<_> = keys
            .iter()
            .map(|key| {
                serde_json::json!({
                    "id": key.id, "label": key.label, "live": key.live, "revoked": key.revoked,
                    "frame_origins": key.frame_origins,
                })
            })
            .collect();
        exit::print(&serde_json::Value::from(keys).to_string());
        service.store().close().await;
        Ok(Exit::DONE)
    })
}

pub(crate) fn revoke(arguments: &Revoked) -> Outcome {
    let config = arguments.place.config()?;
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        let tenant = tenant(&service, &arguments.tenant).await?;
        let ended =
            service.revoke_api_key(&tenant, &arguments.id).await.map_err(|error| error.to_string())?;
        service.store().close().await;
        if ended {
            return Ok(Exit::DONE);
        }
        Err(format!(
            "There is no key `{}` that is in use; look with `countersign admin api-key list`.",
            arguments.id
        ))
    })
}
