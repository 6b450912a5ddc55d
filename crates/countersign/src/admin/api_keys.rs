//! `countersign admin api-key list` and `revoke`

use super::{OfTenant, failed};
use crate::exit::{self, Exit, Outcome};

#[derive(clap::Args)]
pub(crate) struct Listed {
    #[command(flatten)]
    of: OfTenant,
}

#[derive(clap::Args)]
pub(crate) struct Revoked {
    #[command(flatten)]
    of: OfTenant,
    /// The key's id, as `list` and the events show it: `key_…`.
    id: String,
}

pub(crate) fn list(arguments: &Listed) -> Outcome {
    arguments.of.with_service(async |service, tenant| {
        let keys = service.api_keys(tenant).await.map_err(failed)?;
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
        Ok(Exit::DONE)
    })
}

pub(crate) fn revoke(arguments: &Revoked) -> Outcome {
    arguments.of.with_service(async |service, tenant| {
        let ended = service.revoke_api_key(tenant, &arguments.id).await.map_err(failed)?;
        if ended {
            return Ok(Exit::DONE);
        }
        Err(format!(
            "There is no key `{}` that is in use; look with `countersign admin api-key list`.",
            arguments.id
        ))
    })
}
