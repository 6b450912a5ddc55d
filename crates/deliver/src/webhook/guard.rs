//! Looks names up and lets no connection be made to an address that is not permitted.

use super::fault::WebhookFault;
use super::permitted::Permitted;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

/// The addresses of a name, on their way.
pub type Found = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Looks up the addresses of a host's name.
pub trait Lookup: Send + Sync {
    /// All addresses of `name`, none left out.
    fn addresses(&self, name: &str) -> Found;
}

/// The operating system's way: its hosts file and its name servers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses(&self, name: &str) -> Found {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|it| it.ip()).collect())
        })
    }
}

/// The HTTP client connects to what this hands out and looks up nothing itself. A name is therefore checked by the very
/// addresses that are connected to, and a second look-up that answers otherwise gains nothing.
#[derive(Clone)]
pub(super) struct Guard {
    lookup: Arc<dyn Lookup>,
    permitted: Permitted,
}

impl Guard {
    pub(super) fn new(lookup: Arc<dyn Lookup>, permitted: Permitted) -> Self {
        Self { lookup, permitted }
    }

    /// An address that is written out in the URL, which the HTTP client connects to without asking anybody.
    pub(super) fn literal(&self, address: IpAddr) -> Result<(), WebhookFault> {
        if self.permitted.address(address) { Ok(()) } else { Err(WebhookFault::AddressRefused) }
    }

    /// The addresses of a name. One that is not permitted spoils them all: who mixes them has something in mind.
    pub(super) async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, WebhookFault> {
        let found = self.lookup.addresses(name).await.map_err(|_| WebhookFault::NameUnknown)?;
        if found.is_empty() {
            return Err(WebhookFault::NameUnknown);
        }
        let permitted = self.permitted.name(name) || found.iter().all(|it| self.permitted.address(*it));
        if permitted { Ok(found) } else { Err(WebhookFault::AddressRefused) }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = guard.addresses(name.as_str()).await?;
            // Port 0 stands for the URL's own.
            Ok(Box::new(found.into_iter().map(|it| SocketAddr::new(it, 0))) as Addrs)
        })
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Guard").field("permitted", &self.permitted).finish_non_exhaustive()
    }
}
