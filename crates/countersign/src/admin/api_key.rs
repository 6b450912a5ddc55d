//! `countersign admin api-key create`

use super::{OfTenant, failed};
use crate::exit::{self, Exit, Outcome};
use clap::ValueEnum;
use service::Mode;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    of: OfTenant,
    /// Which wire format the key is for.
    #[arg(long, value_enum, default_value = "native")]
    dialect: Dialect,
    /// For the real thing; without it the key is for tests.
    #[arg(long)]
    live: bool,
    /// A site that may show the signers' page of what this key makes in a frame, such as `https://portal.example`;
    /// repeatable.
    #[arg(long = "frame-origin", value_name = "ORIGIN")]
    frame_origins: Vec<String>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dialect {
    Native,
    Xodo,
    Consigno,
    Signatureapi,
    Securedsigning,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if arguments.dialect != Dialect::Native {
        return Err(format!(
            "This version speaks the native API only; keys for {:?} come with that dialect. Use --dialect native.",
            arguments.dialect
        ));
    }
    arguments.of.with_service(async |service, tenant| {
        let mode = if arguments.live { Mode::Live } else { Mode::Test };
        let key = service
            .create_api_key(tenant, mode, "command line", &arguments.frame_origins)
            .await
            .map_err(failed)?;
        if arguments.json {
            exit::print(&serde_json::json!({ "id": key.id, "api_key": key.api_key }).to_string());
        } else {
            exit::print(&key.api_key);
        }
        Ok(Exit::DONE)
    })
}
