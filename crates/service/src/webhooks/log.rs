//! What a subscription was told, and what it answered.

use super::Holder;
use super::list::LIMIT_MAX;
use crate::envelopes::cursor;
use crate::error::Error;
use crate::server::Service;
use crate::world::from_micros;
use jiff::Timestamp;
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
        let mut rows = self
            .store()
            .read(move |tx| Box::pin(async move { webhook_deliveries::list(tx, tenant, id, filter).await }))
            .await
            .map_err(Error::Fault)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next_cursor =
            rows.last().filter(|_| more).map(|row| cursor::write(row.created_at, &row.delivery));
        Ok(DeliveryPage { items: rows.into_iter().map(Delivery::of).collect::<Result<_, _>>()?, next_cursor })
    }
}
