//! Asks a server that a customer named for something, and reads its answer.

use super::caller::{Caller, fault, headers};
use super::fault::WebhookFault;
use std::fmt;
use std::time::Duration;

/// A file may take so long.
const DOWNLOAD: Duration = Duration::from_secs(60);

/// A question to another server.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Inquiry {
    /// Where it goes; checked as the address of a webhook is.
    pub url: String,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body, which is posted; `None` for a GET.
    pub body: Option<String>,
    /// Bytes that the answer may have; it is cut off and refused beyond.
    pub longest: usize,
}

/// What a server answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its status.
    pub status: u16,
    /// Its whole body.
    pub body: String,
}

/// Header and body may hold a secret.
impl fmt::Debug for Inquiry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Inquiry").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The body may hold a secret.
impl fmt::Debug for Fetched {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Fetched").field("status", &self.status).finish_non_exhaustive()
    }
}

impl Caller {
    /// Asks once. It ends within the time of the settings, goes nowhere a webhook could not go, follows no redirection and
    /// reads no more than was said, whatever the other side does.
    ///
    /// # Errors
    /// See [`WebhookFault`]. An answer that says no is an answer, as long as it can be read.
    pub async fn fetch(&self, inquiry: &Inquiry) -> Result<Fetched, WebhookFault> {
        tokio::time::timeout(self.timeout, self.ask(inquiry)).await.unwrap_or(Err(WebhookFault::TimedOut))
    }

    /// Fetches a file piece by piece, for as long as `take` wants more of it. The same holds as for [`Caller::fetch`], but
    /// for the time: a file may take a minute.
    ///
    /// # Errors
    /// See [`WebhookFault`]; `AnswerTooLong` where `take` wanted no more.
    pub async fn download(
        &self,
        url: &str,
        take: &mut (dyn FnMut(&[u8]) -> bool + Send),
    ) -> Result<(), WebhookFault> {
        tokio::time::timeout(DOWNLOAD, self.pieces(url, take)).await.unwrap_or(Err(WebhookFault::TimedOut))
    }

    async fn pieces(
        &self,
        url: &str,
        take: &mut (dyn FnMut(&[u8]) -> bool + Send),
    ) -> Result<(), WebhookFault> {
        let url = self.readable(url)?;
        let mut response = self.client.get(url).send().await.map_err(|error| fault(&error))?;
        match response.status().as_u16() {
            200..300 => {}
            300..400 => return Err(WebhookFault::Redirected),
            _ => return Err(WebhookFault::Status),
        }
        while let Some(piece) = response.chunk().await.map_err(|error| fault(&error))? {
            if !take(&piece) {
                return Err(WebhookFault::AnswerTooLong);
            }
        }
        Ok(())
    }

    async fn ask(&self, inquiry: &Inquiry) -> Result<Fetched, WebhookFault> {
        let url = self.readable(&inquiry.url)?;
        let headers = headers(&inquiry.headers).ok_or(WebhookFault::HeaderInvalid)?;
        let request = match &inquiry.body {
            Some(body) => self.client.post(url).headers(headers).body(body.clone()),
            None => self.client.get(url).headers(headers),
        };
        let mut response = request.send().await.map_err(|error| fault(&error))?;
        let status = response.status().as_u16();
        if (300..400).contains(&status) {
            return Err(WebhookFault::Redirected);
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| fault(&error))? {
            if bytes.len().saturating_add(piece.len()) > inquiry.longest {
                return Err(WebhookFault::AnswerTooLong);
            }
            bytes.extend_from_slice(&piece);
        }
        let body = String::from_utf8(bytes).map_err(|_| WebhookFault::Status)?;
        Ok(Fetched { status, body })
    }
}
