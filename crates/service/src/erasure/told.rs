//! What customers' programs were told of a person, and are still to be told.
//!
//! What is on its way is sent all the same, without the person's name and address: that something happened is what a
//! program waits for, and what it may still know of whom it fetches by number. Dropping it would leave a hole in what
//! was promised to arrive at least once; sending it as it was would tell, after the erasure, what was erased. What was
//! answered goes whole: a receiver may have said back what it was told.

use crate::error::Error;
use serde_json::Value;
use std::collections::BTreeSet;
use store::webhook_deliveries::DeliveryRow;
use store::{Tx, webhook_attempts, webhook_deliveries};

/// Whom it is about.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Numbers of events, each with a place that was theirs after it.
    pub(super) places: BTreeSet<(i64, u16)>,
    /// Their address, in lower case: what is told shows the envelope as it is after all that happened at once.
    pub(super) email: String,
}

/// Takes name and address out of the bodies that tell of an envelope: those about this person, or about
/// anybody. Gives how many held any.
pub(super) async fn erase(
    tx: &mut Tx<'_>,
    tenant: &str,
    envelope: &str,
    person: Option<&About>,
    dry_run: bool,
) -> Result<u64, Error> {
    let mut count = 0;
    for row in webhook_deliveries::of_envelope(tx, tenant, envelope).await? {
        let Some(body) = without(&row, person)? else { continue };
        count += 1;
        if !dry_run {
            webhook_deliveries::rewrite(tx, tenant, &row.delivery, &body).await?;
            webhook_attempts::forget_answers(tx, tenant, &row.delivery).await?;
        }
    }
    Ok(count)
}

/// The body without them; `None` where it holds nothing of theirs.
fn without(row: &DeliveryRow, about: Option<&About>) -> Result<Option<String>, Error> {
    let mut body: Value = serde_json::from_str(&row.body).map_err(Error::fault)?;
    let Some(person) = body.pointer_mut("/data/recipient").and_then(Value::as_object_mut) else {
        return Ok(None);
    };
    let place = person.get("number").and_then(Value::as_u64).and_then(|it| u16::try_from(it).ok());
    let email = person.get("email").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let about_them = about.is_none_or(|about| {
        email == about.email || place.is_some_and(|place| about.places.contains(&(row.seq, place)))
    });
    let known = ["name", "email"].iter().any(|key| person.get(*key).is_some_and(|it| it != ""));
    if !about_them || !known {
        return Ok(None);
    }
    for key in ["name", "email"] {
        person.insert(key.to_owned(), Value::from(""));
    }
    Ok(Some(body.to_string()))
}
