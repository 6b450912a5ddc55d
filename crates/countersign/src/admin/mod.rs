//! `countersign admin`

mod api_key;
mod api_keys;
mod backup;
mod bootstrap;
mod bounce;
mod erase;
mod identity_provider;
mod rebuild;
mod restore;
mod retention;

use crate::config::{Config, Overrides};
use crate::exit::Outcome;
use crate::wiring;
use clap::Subcommand;
use service::Service;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make the first tenant, its owner and a key; safe to repeat.
    Bootstrap(bootstrap::Arguments),
    /// Keys of programs.
    #[command(subcommand)]
    ApiKey(ApiKey),
    /// Where the people whom an organisation invites can sign in.
    #[command(subcommand)]
    IdentityProvider(identity_provider::Command),
    /// Make all projections again from the events.
    Rebuild(Place),
    /// Erase what is known of a person in the envelopes that have ended; the evidence still verifies.
    Erase(erase::Arguments),
    /// Take a report of a mail that came back (RFC 3464) from standard input; ends with 1 where no such mail left.
    Bounce(bounce::Arguments),
    /// For how long envelopes that have ended keep their documents and the data of their people.
    Retention(retention::Arguments),
    /// Add the next archive time stamp.
    Renew,
    /// Write everything into one file.
    Backup(backup::Arguments),
    /// Fill an empty server from such a file; ends with 1 where the master key it needs is not here yet.
    Restore(restore::Arguments),
}

#[derive(Subcommand)]
pub(crate) enum ApiKey {
    /// Make a key.
    Create(api_key::Arguments),
    /// Show the keys of an organisation, without the keys themselves.
    List(api_keys::Listed),
    /// End a key at once, and for good.
    Revoke(api_keys::Revoked),
}

/// Where the server's things are.
#[derive(clap::Args)]
pub(crate) struct Place {
    /// A TOML file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    overrides: Overrides,
}

impl Place {
    pub(crate) fn config(&self) -> Result<Config, String> {
        Config::load(self.config.as_deref(), &self.overrides)
    }
}

/// Where the server's things are, and whose of them it is about.
#[derive(clap::Args)]
pub(crate) struct OfTenant {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation.
    #[arg(long)]
    tenant: String,
}

impl Place {
    /// Does something with the service, and closes the store whatever came of it.
    fn with_service(&self, work: impl AsyncFnOnce(&Service) -> Outcome) -> Outcome {
        let config = self.config()?;
        wiring::runtime()?.block_on(async {
            let service = wiring::service(&config).await?;
            let outcome = work(&service).await;
            service.store().close().await;
            outcome
        })
    }
}

impl OfTenant {
    /// Does something for the tenant, whose id it is given.
    fn with_service(&self, work: impl AsyncFnOnce(&Service, &str) -> Outcome) -> Outcome {
        self.place.with_service(async |service| {
            let tenant = tenant(service, &self.tenant).await?;
            work(service, &tenant).await
        })
    }
}

/// As the command line says what failed.
fn failed(error: service::Error) -> String {
    error.to_string()
}

/// Id of the tenant of this name.
async fn tenant(service: &Service, name: &str) -> Result<String, String> {
    let tenant = service.tenant_by_name(name).await.map_err(failed)?;
    tenant.map(|it| it.tenant).ok_or_else(|| {
        format!(
            "There is no tenant `{name}`; use the name that it was made with, or make it with `countersign admin bootstrap`."
        )
    })
}

pub(crate) fn run(command: &Command) -> Outcome {
    match command {
        Command::Bootstrap(arguments) => bootstrap::run(arguments),
        Command::ApiKey(ApiKey::Create(arguments)) => api_key::run(arguments),
        Command::ApiKey(ApiKey::List(arguments)) => api_keys::list(arguments),
        Command::ApiKey(ApiKey::Revoke(arguments)) => api_keys::revoke(arguments),
        Command::IdentityProvider(command) => identity_provider::run(command),
        Command::Rebuild(place) => rebuild::run(place),
        Command::Erase(arguments) => erase::run(arguments),
        Command::Bounce(arguments) => bounce::run(arguments),
        Command::Retention(arguments) => retention::run(arguments),
        Command::Renew => {
            Err("This version makes signatures of level B-B, which have no archive time stamp to renew."
                .to_owned())
        }
        Command::Backup(arguments) => backup::run(arguments),
        Command::Restore(arguments) => restore::run(arguments),
    }
}
