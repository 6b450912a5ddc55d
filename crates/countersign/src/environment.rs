//! The configuration as it stands in the environment (`COUNTERSIGN_…`).

use figment::Figment;
use figment::providers::Env;
use figment::value::UncasedStr;

/// Keys that may stand in the environment; other variables of our prefix are not configuration.
const KEYS: &[&str] = &[
    "data",
    "listen",
    "public_url",
    "database",
    "blobs",
    "role",
    "dev",
    "master_key_file",
    "upload_bytes_max",
    "trusted_proxies",
    "log",
    "log_format",
    "tls",
    "mail",
    "bounces",
    "telephone",
    "signing",
    "webhooks",
    "documents",
];

/// Those of them that are read as values: numbers, yes or no, lists. All others are text, as it stands: a
/// password of digits is no number, and loses no zero.
const NO_TEXT: &[&str] = &[
    "dev",
    "role",
    "trusted_proxies",
    "upload_bytes_max",
    "mail.port",
    "mail.timeout_s",
    "mail.connections",
    "mail.attachments_bytes_max",
    "telephone.timeout_s",
    "telephone.plain_http",
    "signing.timeout_s",
    "signing.plain_http",
    "webhooks.plain_http",
    "webhooks.timeout_ms",
    "documents.convert.timeout_s",
    "documents.convert.memory_mb",
    "documents.convert.output_mb",
    "documents.convert.at_once",
    "documents.convert.isolate",
];

/// Merges what the environment says.
pub(crate) fn read(figment: Figment) -> Figment {
    let known = |key: &UncasedStr| {
        let key = key.as_str().to_ascii_lowercase();
        KEYS.contains(&key.split("__").next().unwrap_or_default())
    };
    let no_text = |key: &UncasedStr| NO_TEXT.iter().any(|it| key == it.replace('.', "__").as_str());
    let values = Env::prefixed("COUNTERSIGN_").filter(move |key| known(key) && no_text(key)).split("__");
    let texts = Env::prefixed("COUNTERSIGN_").filter(move |key| known(key) && !no_text(key)).split("__");
    texts.iter().fold(figment.merge(values), |figment, (key, text)| {
        figment.merge((key.as_str().to_ascii_lowercase(), text))
    })
}
