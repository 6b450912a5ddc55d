//! Files that are fetched from an address.

use super::Receiving;
use crate::error::{Class, Error};
use crate::server::Service;

/// Where a file is fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromAddress {
    /// `https://…`, on a host that the operator allows, in the public internet.
    pub url: String,
}

impl Service {
    /// Fetches a file.
    ///
    /// # Errors
    /// `url_not_allowed` where the operator does not allow the host, `url_not_fetched` with the reason, and what
    /// [`Receiving::take`] gives.
    pub async fn receive_from(&self, from: &FromAddress) -> Result<Receiving, Error> {
        if !is_allowed(&from.url, &self.settings().document_hosts) {
            return Err(Error::Wrong {
                class: Class::Unprocessable,
                code: "url_not_allowed",
                sentence:
                    "Files are not fetched from this host; upload the file, or ask the operator to allow it."
                        .to_owned(),
            });
        }
        let mut received = self.receive(None)?;
        let mut refused = None;
        let mut take = |piece: &[u8]| match received.take(piece) {
            Ok(()) => true,
            Err(error) => {
                refused = Some(error);
                false
            }
        };
        let fetched = self.inner.caller.download(&from.url, &mut take).await;
        match (fetched, refused) {
            (_, Some(error)) => Err(error),
            (Ok(()), None) => Ok(received),
            (Err(fault), None) => Err(Error::Wrong {
                class: Class::Unprocessable,
                code: "url_not_fetched",
                sentence: format!(
                    "The file could not be fetched: {fault}. Look at the address, or upload the file."
                ),
            }),
        }
    }
}

/// Whether the host of an address is among those allowed: `example.org` is that host alone, `*.example.org` what lies
/// under it, and an empty list allows every one.
fn is_allowed(url: &str, hosts: &[String]) -> bool {
    if hosts.is_empty() {
        return true;
    }
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default().to_ascii_lowercase();
    // Names and passwords in an address are refused later; here they must not pass for a host.
    !authority.contains('@')
        && hosts.iter().any(|allowed| match allowed.to_ascii_lowercase().strip_prefix("*.") {
            Some(parent) => host.strip_suffix(parent).is_some_and(|it| it.len() > 1 && it.ends_with('.')),
            None => allowed.eq_ignore_ascii_case(&host),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_allowed_by_its_whole_name_or_by_what_it_lies_under() {
        let hosts = ["files.example".to_owned(), "*.store.example".to_owned()];
        for url in ["https://files.example/a", "https://FILES.example:8443/a?b", "https://eu.store.example/x"]
        {
            assert!(is_allowed(url, &hosts), "{url}");
        }
        for url in [
            "https://store.example/x",
            "https://evilstore.example/x",
            "https://files.example.evil/a",
            "https://files.example@evil.example/",
            "https://evil.example/?files.example",
            "files.example",
        ] {
            assert!(!is_allowed(url, &hosts), "{url}");
        }
        assert!(is_allowed("https://anywhere.example/", &[]));
    }
}
