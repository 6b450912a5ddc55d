//! The configuration: a TOML file, the environment (`COUNTERSIGN_…`), the command line; the later wins.

use crate::environment;
use deliver::SmtpSettings;
use deliver::bounce::BounceSettings;
use deliver::webhook::CallerSettings;
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What can be configured. Every key can also be an environment variable: `public_url` is
/// `COUNTERSIGN_PUBLIC_URL`, `mail.host` is `COUNTERSIGN_MAIL__HOST`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Folder of everything that is kept on this machine.
    pub(crate) data: PathBuf,
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// What links, CRL and AIA addresses begin with; from `listen` where it is left out.
    pub(crate) public_url: Option<String>,
    /// `sqlite:FILE` or `postgres://…`; a file in the data folder where it is left out.
    pub(crate) database: Option<String>,
    /// `file:DIR` or `s3://…`; a folder in the data folder where it is left out.
    pub(crate) blobs: Option<String>,
    /// What this process does: `api`, `worker`.
    #[serde(deserialize_with = "list")]
    pub(crate) role: Vec<Role>,
    /// Nothing leaves; everything that would be sent lies at `/dev/outbox`.
    pub(crate) dev: bool,
    /// Holds the master key; `master.key` in the data folder where it is left out.
    pub(crate) master_key_file: Option<PathBuf>,
    /// An upload has so many bytes at most.
    pub(crate) upload_bytes_max: u64,
    /// Proxies whose word about the client's address is believed, as addresses or networks.
    #[serde(deserialize_with = "list")]
    pub(crate) trusted_proxies: Vec<String>,
    /// Certificate and key, PEM files, to speak TLS.
    pub(crate) tls: Option<Tls>,
    /// The mail server.
    pub(crate) mail: Option<Mail>,
    /// How mails that come back are known.
    pub(crate) bounces: BounceSettings,
    /// How codes come to telephones.
    pub(crate) telephone: Option<deliver::channel::ChannelSettings>,
    /// Where people's own keys are, who sign with such.
    pub(crate) signing: Option<deliver::remote_key::RemoteKeySettings>,
    /// What webhooks may reach.
    pub(crate) webhooks: Webhooks,
    /// Where documents come from besides uploads, and how other kinds become PDF.
    pub(crate) documents: Documents,
    /// What is logged, as in `info` or `service=debug,info`.
    pub(crate) log: String,
    /// `text` or `json`.
    pub(crate) log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Api,
    Worker,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tls {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Mail {
    /// Address that mails come from.
    pub(crate) from: String,
    /// Documents of so many bytes together, at most, are attached to a mail; 0 for none.
    #[serde(default = "attachments_bytes_max")]
    pub(crate) attachments_bytes_max: u64,
    /// The server.
    #[serde(flatten)]
    pub(crate) smtp: SmtpSettings,
}

/// Many mail servers take 25 MB, and a file grows by a third on its way.
pub(crate) const ATTACHMENTS_BYTES_MAX: u64 = 10_000_000;

fn attachments_bytes_max() -> u64 {
    ATTACHMENTS_BYTES_MAX
}

/// What the operator says about documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Documents {
    /// Hosts that files are fetched from: `example.org`, `*.example.org`; every one of the public internet where none is
    /// named.
    #[serde(deserialize_with = "list")]
    pub(crate) hosts: Vec<String>,
    /// Programs that convert, and their limits.
    pub(crate) convert: convert::Settings,
}

/// What the operator says about webhooks. Without a word they reach the public internet by https, and nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Webhooks {
    /// What may be reached besides the public internet: blocks of addresses (`10.1.0.0/16`), addresses, host names.
    #[serde(deserialize_with = "list")]
    pub(crate) allow: Vec<String>,
    /// Whether an address may begin with `http://`.
    pub(crate) plain_http: bool,
    /// Milliseconds that an attempt may take.
    pub(crate) timeout_ms: u64,
    /// Certificates of further authorities to trust, PEM, one after another.
    pub(crate) authorities_pem: Option<String>,
}

impl Default for Webhooks {
    fn default() -> Self {
        let CallerSettings { allow, plain_http, timeout_ms, authorities_pem } = CallerSettings::default();
        Self { allow, plain_http, timeout_ms, authorities_pem }
    }
}

/// A list as TOML writes it, or as the environment does: separated by commas.
fn list<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        List(Vec<String>),
        Line(String),
    }
    let words = match Written::deserialize(deserializer)? {
        Written::List(words) => words,
        Written::Line(line) => {
            line.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
        }
    };
    words
        .into_iter()
        .map(|word| serde_json::from_value(serde_json::Value::String(word)).map_err(serde::de::Error::custom))
        .collect()
}

/// Options of the command line that change the configuration; those left out change nothing.
#[derive(Clone, Debug, Default, Serialize, clap::Args)]
pub(crate) struct Overrides {
    /// Folder of everything that is kept on this machine.
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, value_name = "ADDR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
    /// `sqlite:FILE` or `postgres://…`
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<String>,
    /// `file:DIR` or `s3://…`
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    blobs: Option<String>,
    /// Holds the master key.
    #[arg(long, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    master_key_file: Option<PathBuf>,
}

impl Config {
    /// Reads everything.
    pub(crate) fn load(file: Option<&Path>, overrides: &Overrides) -> Result<Self, String> {
        let mut figment = Figment::new().merge(Serialized::defaults(serde_json::json!({
            "data": "./data", "listen": "127.0.0.1:8480", "role": ["api", "worker"], "dev": false,
            "upload_bytes_max": 50_000_000_u64, "trusted_proxies": [], "log": "info", "log_format": "text", "webhooks": {}, "bounces": {}, "documents": {},
        })));
        if let Some(file) = file {
            let text = std::fs::read_to_string(file)
                .map_err(|error| format!("The configuration {} cannot be read: {error}.", file.display()))?;
            figment = figment.merge(Toml::string(&text));
        }
        environment::read(figment).merge(Serialized::defaults(overrides)).extract().map_err(|error| {
            format!("The configuration is not right: {error}. Correct that key and start again.")
        })
    }

    /// The master key's file.
    pub(crate) fn master_key_file(&self) -> PathBuf {
        self.master_key_file.clone().unwrap_or_else(|| self.data.join("master.key"))
    }

    /// What links begin with; no slash at the end.
    pub(crate) fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("{}://{}", if self.tls.is_some() { "https" } else { "http" }, self.listen),
        }
    }

    /// Where database and blobs are.
    pub(crate) fn store(&self) -> store::Options {
        let local = store::Options::in_folder(&self.data);
        store::Options {
            database: self.database.clone().unwrap_or_else(|| local.database.clone()),
            blobs: self.blobs.clone().unwrap_or_else(|| local.blobs.clone()),
            ..local
        }
    }

    /// What webhooks may reach; with `--dev` this machine too, so that a receiver can be tried out beside the server.
    pub(crate) fn caller(&self) -> CallerSettings {
        let Webhooks { mut allow, plain_http, timeout_ms, authorities_pem } = self.webhooks.clone();
        if self.dev {
            allow.extend(["127.0.0.0/8", "::1"].map(str::to_owned));
        }
        CallerSettings { plain_http: plain_http || self.dev, allow, timeout_ms, authorities_pem }
    }

    /// The configuration in force, without its secrets.
    pub(crate) fn shown(&self) -> String {
        let store = self.store();
        let shown = serde_json::json!({
            "data": self.data, "listen": self.listen, "public_url": self.public_url(),
            "database": without_password(&store.database), "blobs": without_password(&store.blobs),
            "role": self.role, "dev": self.dev, "master_key_file": self.master_key_file(),
            "upload_bytes_max": self.upload_bytes_max, "trusted_proxies": self.trusted_proxies,
            "tls": self.tls,
            "mail": self.mail.as_ref().map(|mail| serde_json::json!({
                "from": mail.from, "host": mail.smtp.host, "port": mail.smtp.port(),
                "username": mail.smtp.username, "attachments_bytes_max": mail.attachments_bytes_max,
            })),
            "bounces": self.bounces.shown(),
            "telephone": self.telephone.as_ref().map(deliver::channel::ChannelSettings::provider),
            "signing": self.signing.as_ref().map(|signing| serde_json::json!({
                "url": signing.url, "credentials": signing.credentials.len(),
            })),
            "webhooks": self.webhooks, "documents": self.documents, "log": self.log, "log_format": self.log_format,
        });
        serde_json::to_string_pretty(&shown).unwrap_or_default()
    }
}

/// An address without the password that may stand in it.
fn without_password(address: &str) -> String {
    // A query can hold a password too; nothing of it is shown.
    let (address, query) = address.split_once('?').map_or((address, ""), |(address, _)| (address, "?…"));
    match (address.split_once("://"), address.rfind('@')) {
        (Some((scheme, rest)), Some(_)) => {
            let (login, place) = rest.rsplit_once('@').unwrap_or(("", rest));
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{place}{query}")
        }
        _ => format!("{address}{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        assert_eq!(without_password("postgres://me:secret@db/x"), "postgres://me@db/x");
        assert_eq!(without_password("postgres://me:se@cret@db/x"), "postgres://me@db/x");
        assert_eq!(without_password("postgres://db/x?user=me&password=s"), "postgres://db/x?…");
        assert_eq!(without_password("sqlite:/var/x@y.db"), "sqlite:/var/x@y.db");
    }

    #[test]
    fn the_command_line_wins_over_the_file_and_the_file_over_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:1\"\npublic_url = \"https://sign.example/\"\n").unwrap();
        let overrides = Overrides { listen: Some("127.0.0.1:2".parse().unwrap()), ..Overrides::default() };
        let config = Config::load(Some(&file), &overrides).unwrap();
        assert_eq!(config.listen, "127.0.0.1:2".parse().unwrap());
        assert_eq!(config.public_url(), "https://sign.example");
        assert_eq!(config.upload_bytes_max, 50_000_000);
        std::fs::write(&file, "role = \"api, worker\"\ntrusted_proxies = [\"10.0.0.1\"]\n").unwrap();
        let config = Config::load(Some(&file), &overrides).unwrap();
        assert_eq!(config.role, [Role::Api, Role::Worker]);
        assert_eq!(config.trusted_proxies, ["10.0.0.1"]);
        std::fs::write(&file, "[webhooks]\nallow = \"10.1.0.0/16, hooks.internal\"\n").unwrap();
        let mut config = Config::load(Some(&file), &overrides).unwrap();
        assert_eq!(config.caller().allow, ["10.1.0.0/16", "hooks.internal"]);
        assert!(!config.caller().plain_http);
        config.dev = true;
        assert_eq!(
            config.caller().allow[2..],
            ["127.0.0.0/8", "::1"],
            "what is tried out here is let through"
        );
        assert!(config.caller().plain_http);
        std::fs::write(&file, "trusted_proxy = \"10.0.0.1\"\n").unwrap();
        let sentence = Config::load(Some(&file), &Overrides::default()).unwrap_err();
        assert!(sentence.contains("trusted_proxy"), "{sentence}");
        std::fs::write(&file, "listen = 7\n").unwrap();
        let sentence = Config::load(Some(&file), &Overrides::default()).unwrap_err();
        assert!(sentence.contains("listen"), "{sentence}");
    }
}
