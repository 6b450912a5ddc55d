//! Receipts of a described service.

use super::Gateway;
use super::settings::{GatewayReceipts, SecretPlace};
use crate::channel::callback::{Callback, Receipt, ReceiptFault, ReceiptStatus, same, scalar};
use serde_json::Value;

impl Gateway {
    pub(in crate::channel) fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, ReceiptFault> {
        let described = self.receipts.as_ref().ok_or(ReceiptFault::NotAuthentic)?;
        if !is_authentic(described, callback) {
            return Err(ReceiptFault::NotAuthentic);
        }
        let said = Value::Object(callback.object());
        let field = |pointer: &str| said.pointer(pointer).and_then(scalar);
        let (id, status) =
            field(&described.id_at).zip(field(&described.status_at)).ok_or(ReceiptFault::NotUnderstood)?;
        let key = described.key_at.as_deref().and_then(field);
        let (status, reason) = match status {
            it if described.delivered.contains(&it) => (ReceiptStatus::Delivered, None),
            it if described.failed.contains(&it) => (ReceiptStatus::Failed, Some(it)),
            _ => (ReceiptStatus::Pending, None),
        };
        Ok(Receipt { id, key, status, reason })
    }
}

fn is_authentic(described: &GatewayReceipts, callback: &Callback<'_>) -> bool {
    let secret = described.secret.reveal().as_bytes();
    // Without a secret nobody is trusted, rather than everybody.
    if secret.is_empty() {
        return false;
    }
    match described.secret_in {
        SecretPlace::Header => callback.header(&described.secret_name).is_some_and(|said| {
            let bare = said.strip_prefix("Bearer ").unwrap_or(said);
            same(said.as_bytes(), secret) || same(bare.as_bytes(), secret)
        }),
        SecretPlace::Query => callback
            .query()
            .iter()
            .any(|(name, said)| *name == described.secret_name && same(said.as_bytes(), secret)),
    }
}
