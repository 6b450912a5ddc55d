//! What a subscription was told, and what it answered.

use super::Holder;
use super::list::LIMIT_MAX;
use crate::envelopes::cursor;
use crate::error::Error;
use crate::server::Service;
use crate::world::from_micros;
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::webhook_attempts::{self, AttemptRow};
use store::webhook_deliveries::{self, DeliveryRow, Filter, PENDING};

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is still tried.
    Pending,
    /// The receiver took it over.
    Delivered,
    /// It is not tried any more.
    Failed,
}

impl DeliveryState {
    /// The word of the API and the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => PENDING,
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// From its word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Pending, Self::Delivered, Self::Failed].into_iter().find(|it| it.word() == word)
    }
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Its id.
    pub id: String,
    /// What names the event to the receiver: the header `webhook-id`.
    pub message: String,
    /// Name of the event.
    pub event: String,
    /// Id of the envelope.
    pub envelope: String,
    /// Number of the envelope's event.
    pub sequence: i64,
    /// How far it has come.
    pub state: DeliveryState,
    /// So many attempts were made.
    pub attempts: i64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When the last attempt was made.
    pub last_at: Option<Timestamp>,
    /// When the next attempt is made.
    pub next_at: Option<Timestamp>,
    /// HTTP status of the last answer.
    pub status: Option<i64>,
    /// What went wrong at last.
    pub fault: Option<String>,
    /// The beginning of the last answer.
    pub answer: String,
    /// Milliseconds that the last attempt took.
    pub took_ms: Option<i64>,
    /// The delivery that was sent again by hand, where this is a repetition.
    pub replay_of: Option<String>,
    /// What is sent.
    pub body: String,
    /// Every attempt, in order.
    pub log: Vec<Attempt>,
}

/// One attempt, and what was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// When it began.
    pub at: Timestamp,
    /// HTTP status of the answer.
    pub status: Option<i64>,
    /// What went wrong.
    pub fault: Option<String>,
    /// The beginning of the answer.
    pub answer: String,
    /// Milliseconds that it took.
    pub took_ms: Option<i64>,
}

impl From<AttemptRow> for Attempt {
    fn from(row: AttemptRow) -> Self {
        let AttemptRow { at, status, fault, answer, took_ms, .. } = row;
        Self { at: from_micros(at), status, fault, answer, took_ms }
    }
}

impl Delivery {
    pub(super) fn of(row: DeliveryRow) -> Result<Self, Error> {
        let state = DeliveryState::of_word(&row.state);
        Ok(Self {
            id: row.delivery,
            message: row.message,
            event: row.event,
            envelope: row.envelope,
            sequence: row.seq,
            state: state.ok_or_else(|| Error::fault("a delivery in no state"))?,
            attempts: row.attempts,
            created_at: from_micros(row.created_at),
            last_at: row.last_at.map(from_micros),
            next_at: row.next_at.map(from_micros),
            status: row.status,
            fault: row.fault,
            answer: row.answer,
            took_ms: row.took_ms,
            replay_of: row.replay_of,
            body: row.body,
            log: Vec::new(),
        })
    }
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryPage {
    /// Its lines, newest first.
    pub items: Vec<Delivery>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

impl Service {
    /// Lists the deliveries of a subscription, newest first.
    pub async fn webhook_deliveries(
        &self,
        holder: &Holder,
        id: &str,
        state: Option<DeliveryState>,
        limit: Option<u32>,
        cursor: Option<&str>,
    ) -> Result<DeliveryPage, Error> {
        self.webhook_row(holder, id).await?;
        let limit = limit.unwrap_or(25).clamp(1, LIMIT_MAX);
        let filter = &Filter {
            state: state.map(|it| it.word().to_owned()),
            before: cursor.map(cursor::read).transpose()?,
            limit: i64::from(limit) + 1,
        };
        let tenant = holder.tenant.as_str();
        let (mut rows, attempts) = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let rows = webhook_deliveries::list(tx, tenant, id, filter).await?;
                    // Ids grow with time, as the list does: the page's attempts lie between its least and its greatest.
                    let ids = || rows.iter().map(|row| row.delivery.as_str());
                    let attempts = match ids().min().zip(ids().max()) {
                        Some((from, to)) => webhook_attempts::list(tx, tenant, id, from, to).await?,
                        None => Vec::new(),
                    };
                    Ok((rows, attempts))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next_cursor =
            rows.last().filter(|_| more).map(|row| cursor::write(row.created_at, &row.delivery));
        let mut log = BTreeMap::<String, Vec<Attempt>>::new();
        for row in attempts {
            log.entry(row.delivery.clone()).or_default().push(row.into());
        }
        let items = rows.into_iter().map(|row| {
            let log = log.remove(&row.delivery).unwrap_or_default();
            Ok(Delivery { log, ..Delivery::of(row)? })
        });
        Ok(DeliveryPage { items: items.collect::<Result<_, Error>>()?, next_cursor })
    }
}
