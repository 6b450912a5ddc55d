//! Where a webhook may go.

use crate::server::Service;
use deliver::webhook::WebhookFault;
use envelope::Finding;

impl Service {
    /// Says at once what can never be right about an address. Each attempt looks again, at what is connected to: what
    /// is right now need not be so then, and a name that is not known yet may be soon.
    pub(super) async fn check_webhook_url(&self, url: &str, found: &mut Vec<Finding>) {
        let Err(fault) = self.inner.caller.admit(url).await else { return };
        if fault.again() && fault != WebhookFault::AddressRefused {
            return;
        }
        let sentence = format!("No webhook can go there: {fault}. Give another address.");
        found.push(Finding::new("/url", fault.code(), sentence));
    }
}
