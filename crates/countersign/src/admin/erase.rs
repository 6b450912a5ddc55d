//! `countersign admin erase`

use super::{OfTenant, failed};
use crate::exit::{self, Exit, Outcome};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    of: OfTenant,
    /// The person's e-mail address.
    #[arg(long, value_name = "EMAIL")]
    person: String,
    /// Only count what would be erased.
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    arguments.of.with_service(async |service, tenant| {
        let erased =
            service.erase_person(tenant, &arguments.person, arguments.dry_run).await.map_err(failed)?;
        if arguments.json {
            let shown = serde_json::json!({
                "person": arguments.person, "dry_run": arguments.dry_run, "envelopes": erased.envelopes,
                "values": erased.values, "links": erased.links, "authenticators": erased.authenticators,
                "messages": erased.messages, "contacts": erased.contacts, "webhooks": erased.webhooks,
                "files": erased.files, "templates": erased.templates,
                "rows": erased.rows,
            });
            exit::print(&shown.to_string());
        } else {
            let verb = if arguments.dry_run { "would be erased" } else { "erased" };
            exit::print(&format!(
                "{} values in {} envelopes, {} links, {} authenticators, {} messages, {} contacts, {} webhooks, {} \
                 templates, {} rows of lists and {} files {verb}",
                erased.values,
                erased.envelopes.len(),
                erased.links,
                erased.authenticators,
                erased.messages,
                erased.contacts,
                erased.webhooks,
                erased.templates,
                erased.rows,
                erased.files
            ));
        }
        Ok(Exit::DONE)
    })
}
