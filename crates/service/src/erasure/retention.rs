//! After so many days from its end, an envelope keeps nothing of the people in it.

use super::holding::{Holding, Whose};
use crate::error::{Class, Error};
use crate::execute::{Change, Scope};
use crate::record;
use crate::server::Service;
use crate::world::to_micros;
use envelope::commands::shelve::ShelveEnvelope;
use envelope::{Actor, Command, Refusal, Shelf, Status};
use jiff::SignedDuration;
use serde_json::Value;
use store::{dispatches, envelopes, tenants};

/// Name of the setting of a tenant.
const DAYS: &str = "retention_days";
/// A hundred years; more is no limit.
const DAYS_MAX: u16 = 36_525;
/// Mail servers try for five days (RFC 5321 4.5.4.1); a report can lie about for some more.
const COMES_BACK: SignedDuration = SignedDuration::from_hours(60 * 24);

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retained {
    /// The envelopes whose time was over.
    pub envelopes: Vec<String>,
}

impl Service {
    /// For how many days from its end an envelope of this tenant keeps its documents and the data of its people;
    /// `None` for as long as nobody deletes them.
    pub async fn retention(&self, tenant: &str) -> Result<Option<u16>, Error> {
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { tenants::find(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let settings = row.ok_or(Error::NotFound { what: "tenant" })?.settings;
        let settings: Value = serde_json::from_str(&settings).map_err(Error::fault)?;
        Ok(settings.get(DAYS).and_then(Value::as_u64).and_then(|days| u16::try_from(days).ok()))
    }

    /// Sets it.
    pub async fn set_retention(&self, tenant: &str, days: Option<u16>) -> Result<(), Error> {
        if days.is_some_and(|days| days > DAYS_MAX) {
            let sentence =
                format!("Data can be kept for {DAYS_MAX} days at most; choose fewer, or no limit.");
            return Err(Error::Wrong { class: Class::Malformed, code: "retention_malformed", sentence });
        }
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = tenants::find(tx, tenant).await?.ok_or(Error::NotFound { what: "tenant" })?;
                    let mut settings: serde_json::Map<String, Value> =
                        serde_json::from_str(&row.settings).map_err(Error::fault)?;
                    match days {
                        Some(days) => drop(settings.insert(DAYS.to_owned(), days.into())),
                        None => drop(settings.remove(DAYS)),
                    }
                    let settings = Value::Object(settings).to_string();
                    tenants::update(tx, tenant, &row.name, &settings).await?;
                    Ok::<_, Error>(())
                })
            })
            .await
    }

    /// Does it for every tenant; what fails for one is tried again the next day.
    pub(crate) async fn retain_everywhere(&self) {
        let all = self.store().read(|tx| Box::pin(async move { tenants::list(tx).await })).await;
        let all = match all {
            Ok(all) => all,
            Err(fault) => {
                let fault: store::Fault = fault;
                tracing::warn!(%fault, "retention: the tenants could not be read");
                return;
            }
        };
        for tenant in all {
            self.forget_what_left(&tenant.tenant).await;
            self.forget_unbegun_lists(&tenant.tenant).await;
            match self.retain(&tenant.tenant).await {
                Ok(done) if done.envelopes.is_empty() => {}
                Ok(done) => {
                    tracing::info!(tenant = %tenant.tenant, envelopes = done.envelopes.len(), "retention is over");
                }
                Err(error) => {
                    tracing::warn!(tenant = %tenant.tenant, code = error.code(), "retention: to be tried again");
                }
            }
        }
    }

    /// Nothing comes back after so long.
    async fn forget_what_left(&self, tenant: &str) {
        let before = to_micros(self.now().checked_sub(COMES_BACK).unwrap_or(jiff::Timestamp::MIN));
        let done = self
            .store()
            .write(move |tx| Box::pin(async move { dispatches::forget(tx, tenant, before).await }))
            .await;
        if let Err(fault) = done {
            let fault: store::Fault = fault;
            tracing::warn!(%tenant, %fault, "what left could not be forgotten");
        }
    }

    /// Deletes the documents, and erases the data of the people, of all envelopes of this tenant whose time is over.
    /// The events stay, with their hashes.
    pub async fn retain(&self, tenant: &str) -> Result<Retained, Error> {
        let mut done = Retained::default();
        let Some(days) = self.retention(tenant).await? else { return Ok(done) };
        let keep = SignedDuration::from_hours(i64::from(days) * 24);
        let candidates = self
            .store()
            .read(move |tx| Box::pin(async move { envelopes::with_values(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        for id in candidates {
            let scope = Scope { tenant: tenant.to_owned(), envelope: id.clone(), mode: None };
            let state = self.load(&scope).await?.envelope;
            let Status::Ended(ending) = &state.status else { continue };
            if self.now().duration_since(ending.at) < keep {
                continue;
            }
            let envelope = id.as_str();
            let entries = self
                .store()
                .read(move |tx| Box::pin(async move { record::entries(tx, tenant, envelope).await }))
                .await?;
            let Some(mut holding) = Holding::of(&id, &entries, Whose::All)?.filter(|it| it.over) else {
                continue;
            };
            self.delete_at_the_end(&scope).await?;
            self.spare_files_of_others(tenant, &id, &mut holding.blobs).await?;
            for digest in &holding.blobs {
                self.store().blobs().remove(tenant, digest).await?;
            }
            self.erase_in(tenant, &holding, false).await?;
            done.envelopes.push(id);
        }
        Ok(done)
    }

    /// Has the documents deleted, unless the sender had them deleted before.
    async fn delete_at_the_end(&self, scope: &Scope) -> Result<(), Error> {
        let commands = [Command::Shelve(ShelveEnvelope { shelf: Shelf::Deleted })];
        match self.execute(&Change::of(scope, &Actor::System, &commands)).await {
            Err(Error::Refused(Refusal::EnvelopeDeleted)) => Ok(()),
            other => other.map(drop),
        }
    }
}
