//! Postmark's bounce webhook: <https://postmarkapp.com/developer/webhooks/bounce-webhook>. It is not signed; its sender is
//! known by the password in the address that it calls.

use super::name::{FAILED, is_name, status};
use super::{BounceFault, BounceReport};
use serde_json::Value;

/// Postmark gives a mail another Message-ID, and returns what stands in headers like this one under `Metadata`.
pub(super) const HEADER: &str = "X-PM-Metadata-dispatch";
/// The key there.
const KEY: &str = "dispatch";
/// The types that say that the address takes no mail, now and later. A block or a complaint speaks of us.
const FOR_GOOD: [&str; 3] = ["HardBounce", "BadEmailAddress", "ManuallyDeactivated"];

pub(super) fn read(body: &[u8]) -> Result<Vec<BounceReport>, BounceFault> {
    let said: Value = serde_json::from_slice(body).map_err(|_| BounceFault::NotUnderstood)?;
    let field = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default();
    if !said.is_object() {
        return Err(BounceFault::NotUnderstood);
    }
    if field("RecordType") != "Bounce" {
        return Ok(Vec::new());
    }
    let failed = FOR_GOOD.contains(&field("Type"));
    let name = said.pointer("/Metadata").and_then(|it| it.get(KEY)).and_then(Value::as_str);
    // What the receiving server said stands here, behind words of Postmark's own at times.
    let detail = field("Details").split_whitespace().find_map(status);
    Ok(vec![BounceReport {
        names: name.filter(|it| is_name(it)).map(str::to_owned).into_iter().collect(),
        failed,
        status: detail.unwrap_or_else(|| FAILED.to_owned()),
    }])
}
