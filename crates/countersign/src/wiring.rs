//! Puts the server together from its configuration.

use crate::config::{ATTACHMENTS_BYTES_MAX, Config, Role};
use crate::master_key;
use crate::pictures::OwnProcess;
use crate::world::{SystemClock, SystemRandomBytes};
use deliver::bounce::Bounces;
use deliver::channel::Channel;
use deliver::remote_key::RemoteKeys;
use deliver::webhook::Caller;
use deliver::{Mailer, Outlet};
use service::pictures::Pictures;
use service::{Parts, Service, Settings, Vault};
use std::sync::Arc;
use store::Store;

/// A service over the configured store.
pub(crate) async fn service(config: &Config) -> Result<Service, String> {
    std::fs::create_dir_all(&config.data)
        .map_err(|error| format!("The data folder {} cannot be made: {error}.", config.data.display()))?;
    let store = store(config).await?;
    let vault = match master_key::open(config, &store).await {
        Ok(key) => Vault::new(key),
        Err(sentence) => {
            store.close().await;
            return Err(sentence);
        }
    };
    Ok(Service::new(Parts {
        store,
        vault,
        clock: Arc::new(SystemClock::new(config.dev)),
        random: Arc::new(SystemRandomBytes::new()),
        outlet: outlet(config)?,
        channel: channel(config)?,
        caller: caller(config)?,
        remote_keys: remote_keys(config)?,
        bounces: Bounces::new(&config.bounces)
            .map_err(|error| format!("The settings of bounces are not right: {error}."))?,
        converter: convert::Converter::new(&config.documents.convert),
        pictures: Pictures::new(Arc::new(OwnProcess::new()?), cores()),
        settings: Settings {
            public_url: config.public_url(),
            upload_bytes_max: config.upload_bytes_max,
            dev: config.dev,
            patience: std::time::Duration::from_millis(2500),
            works: config.role.contains(&Role::Worker),
            workers: cores() * 4,
            attachments_bytes_max: config
                .mail
                .as_ref()
                .map_or(ATTACHMENTS_BYTES_MAX, |mail| mail.attachments_bytes_max),
            document_hosts: config.documents.hosts.clone(),
            mail_from: config.mail.as_ref().map_or(String::new(), |mail| mail.from.clone()),
        },
    }))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(4, usize::from)
}

/// The configured store, whether or not its master key is here.
pub(crate) async fn store(config: &Config) -> Result<Store, String> {
    Store::open(&config.store()).await.map_err(|fault| format!("The store cannot be opened: {fault}."))
}

fn outlet(config: &Config) -> Result<Outlet, String> {
    match &config.mail {
        Some(mail) if !config.dev => Mailer::new(&mail.smtp)
            .map(Outlet::Smtp)
            .map_err(|error| format!("The mail settings are not right: {error}.")),
        _ => Ok(Outlet::None),
    }
}

fn channel(config: &Config) -> Result<Channel, String> {
    match &config.telephone {
        Some(telephone) if !config.dev => {
            let mut telephone = telephone.clone();
            // Providers call the public internet, and nothing in the clear.
            let public_url = config.public_url();
            if public_url.starts_with("https://") {
                telephone.receipts_to(&format!("{public_url}/hooks/telephone/{}", telephone.provider()));
            }
            Channel::new(&telephone)
                .map_err(|error| format!("The telephone settings are not right: {error}."))
        }
        _ => Ok(Channel::None),
    }
}

fn caller(config: &Config) -> Result<Caller, String> {
    Caller::new(&config.caller()).map_err(|error| format!("The webhook settings are not right: {error}."))
}

fn remote_keys(config: &Config) -> Result<RemoteKeys, String> {
    config.signing.as_ref().map_or_else(
        || Ok(RemoteKeys::default()),
        |signing| {
            RemoteKeys::new(signing).map_err(|error| format!("The signing settings are not right: {error}."))
        },
    )
}

/// A runtime for commands that talk to the store.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, String> {
    // One provider of cryptography for all TLS of the process; a second call finds it installed.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("The runtime cannot be started: {error}."))
}
