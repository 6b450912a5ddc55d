//! A provider says what became of a short message or a call.

use super::Reported;
use crate::error::{Class, Error};
use crate::execute::{Change, Scope};
use crate::server::Service;
use crate::work::undelivered;
use crate::world::from_micros;
use deliver::channel::{Callback, ReceiptFault, ReceiptStatus};
use envelope::{Actor, MethodKind};

impl Service {
    /// Takes a receipt. `path` is how the provider came here, from the first slash on: what it signed is the address
    /// that it was told to call.
    ///
    /// # Errors
    /// `receipts_not_configured` where this provider is not used here; a stable code of [`ReceiptFault`]; a fault.
    pub async fn take_receipt(
        &self,
        provider: &str,
        path: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Result<Reported, Error> {
        let channel = &self.inner.channel;
        if channel.provider() != Some(provider) {
            return Err(Error::Wrong {
                class: Class::NotFound,
                code: "receipts_not_configured",
                sentence: "This server sends nothing by this provider; check the address that it calls."
                    .to_owned(),
            });
        }
        let query = path.split_once('?').map(|(_, query)| query);
        let url = match channel.receipts_url() {
            Some(known) => called(known, query),
            None => format!("{}{path}", self.settings().public_url),
        };
        let receipt = channel.receipt(&Callback { url: &url, headers, body }).map_err(refused)?;
        if receipt.status != ReceiptStatus::Failed {
            return Ok(Reported::NotFinal);
        }
        let names: Vec<String> = receipt.key.into_iter().collect();
        let Some(sent) = self.dispatched(&names, None).await? else { return Ok(Reported::Unknown) };
        let method =
            [MethodKind::SmsCode, MethodKind::VoiceCode].into_iter().find(|it| it.word() == sent.kind);
        let number = sent.recipient.and_then(|number| u16::try_from(number).ok());
        let Some((method, number)) = method.zip(number) else { return Ok(Reported::Unknown) };
        let scope = Scope { tenant: sent.tenant, envelope: sent.envelope, mode: None };
        let state = self.load(&scope).await?.envelope;
        let command = undelivered(&state, number, method, from_micros(sent.created_at), receipt.reason);
        let commands: Vec<_> = command.into_iter().collect();
        let changed = self.execute(&Change::of(&scope, &Actor::System, &commands)).await?;
        Ok(if changed.events.is_empty() { Reported::Known } else { Reported::Recorded })
    }
}

/// The address that the provider was told, with the query that it came with.
fn called(known: &str, query: Option<&str>) -> String {
    let bare = known.split(['?', '#']).next().unwrap_or(known);
    query.map_or_else(|| bare.to_owned(), |query| format!("{bare}?{query}"))
}

fn refused(fault: ReceiptFault) -> Error {
    let (class, sentence) = match fault {
        ReceiptFault::NotAuthentic => (
            Class::NotAuthentic,
            "This receipt does not come from the provider of the configuration; check its secret and the public address.",
        ),
        _ => (Class::Malformed, "This receipt names no message and no status; send it as the provider does."),
    };
    Error::Wrong { class, code: fault.code(), sentence: sentence.to_owned() }
}
