//! Short messages and telephone calls: codes on their way to a person.
//!
//! A [`Channel`] carries a [`TextMessage`] or a [`Call`] to one of the providers below and reads the receipts that the
//! provider sends back. Who is told what, and how often, is decided elsewhere; a channel keeps nothing, tries nothing
//! twice, and writes neither a number nor a word of a message into a log.
//!
//! To add one more provider: a folder beside [`TwilioSettings`]' own with settings, `text`, `call` and `receipt`, a
//! variant in [`Channel`] and in [`ChannelSettings`], and a test in which the provider's own client sends the same.

mod callback;
mod fault;
mod gateway;
mod message;
mod settings;
mod spoken;
mod twilio;
mod vonage;
pub(crate) mod wire;

pub use callback::{Callback, Receipt, ReceiptFault, ReceiptStatus};
pub use fault::ChannelFault;
pub use gateway::settings::{
    Encoding, GatewayReceipts, GatewayRequest, GatewaySettings, Method, SecretPlace,
};
pub use message::{Call, Medium, NotANumber, Phone, TextMessage, Ticket};
pub use settings::{ChannelError, ChannelSettings};
pub use spoken::spoken_code;
pub use twilio::TwilioSettings;
pub use vonage::VonageSettings;

use gateway::Gateway;
use std::sync::Arc;
use twilio::Twilio;
use vonage::Vonage;

/// The way to people's telephones. Cheap to clone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Channel {
    /// By Twilio.
    Twilio(TwilioChannel),
    /// By Vonage.
    Vonage(VonageChannel),
    /// By any HTTP service that the configuration describes.
    Gateway(GatewayChannel),
    /// Nowhere: messages are read where they are kept, in the outbox of `--dev` or among the test messages.
    None,
}

/// Twilio, made ready by [`Channel::new`].
#[derive(Clone, Debug)]
pub struct TwilioChannel(Arc<Twilio>);

/// Vonage, made ready by [`Channel::new`].
#[derive(Clone, Debug)]
pub struct VonageChannel(Arc<Vonage>);

/// A described HTTP service, made ready by [`Channel::new`].
#[derive(Clone, Debug)]
pub struct GatewayChannel(Arc<Gateway>);

/// What became of a message or call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// A provider took it over.
    Accepted {
        /// What the provider calls it, to match its receipts; a described HTTP service may give no name.
        id: Option<String>,
    },
    /// It stays where it is kept, as it should.
    Kept,
}

impl Channel {
    /// Makes ready what is needed; connects only when there is something to send.
    ///
    /// # Errors
    /// See [`ChannelError`].
    pub fn new(settings: &ChannelSettings) -> Result<Self, ChannelError> {
        Ok(match settings {
            ChannelSettings::Twilio(settings) => {
                Self::Twilio(TwilioChannel(Arc::new(Twilio::new(settings)?)))
            }
            ChannelSettings::Vonage(settings) => {
                Self::Vonage(VonageChannel(Arc::new(Vonage::new(settings)?)))
            }
            ChannelSettings::Http(settings) => {
                Self::Gateway(GatewayChannel(Arc::new(Gateway::new(settings)?)))
            }
        })
    }

    /// Whether messages of this kind can leave this way.
    pub fn carries(&self, medium: Medium) -> bool {
        match self {
            Self::Twilio(it) => it.0.carries(medium),
            Self::Vonage(it) => it.0.carries(medium),
            Self::Gateway(it) => it.0.carries(medium),
            Self::None => true,
        }
    }

    /// Hands a short message over. Messages of test envelopes go to [`Channel::None`], whatever is configured.
    ///
    /// # Errors
    /// [`ChannelFault`], which says whether to try again. Nobody knows whether a provider that stopped answering took
    /// the message; the person may get it twice then.
    pub async fn text(&self, message: &TextMessage) -> Result<Handed, ChannelFault> {
        let id = match self {
            Self::Twilio(it) => it.0.text(message).await.map(Some),
            Self::Vonage(it) => it.0.text(message).await.map(Some),
            Self::Gateway(it) => it.0.text(message).await,
            Self::None => return Ok(Handed::Kept),
        };
        told("sms", &message.key, id)
    }

    /// Has a telephone called and the words spoken twice. Calls of test envelopes go to [`Channel::None`].
    ///
    /// # Errors
    /// As [`Channel::text`].
    pub async fn call(&self, call: &Call, ticket: &Ticket) -> Result<Handed, ChannelFault> {
        let id = match self {
            Self::Twilio(it) => it.0.call(call).await.map(Some),
            Self::Vonage(it) => it.0.call(call, ticket).await.map(Some),
            Self::Gateway(it) => it.0.call(call).await,
            Self::None => return Ok(Handed::Kept),
        };
        told("voice", &call.key, id)
    }

    /// The word by which the configuration names the provider; none where nothing leaves.
    pub fn provider(&self) -> Option<&'static str> {
        match self {
            Self::Twilio(_) => Some("twilio"),
            Self::Vonage(_) => Some("vonage"),
            Self::Gateway(_) => Some("http"),
            Self::None => None,
        }
    }

    /// Where the provider was told to send receipts.
    pub fn receipts_url(&self) -> Option<&str> {
        match self {
            Self::Twilio(it) => it.0.receipts_url(),
            Self::Vonage(it) => it.0.receipts_url(),
            Self::Gateway(_) | Self::None => None,
        }
    }

    /// Reads a receipt, when it is the provider's own.
    ///
    /// # Errors
    /// [`ReceiptFault`]: it is not signed as the provider signs, or says nothing that can be understood.
    pub fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, ReceiptFault> {
        match self {
            Self::Twilio(it) => it.0.receipt(callback),
            Self::Vonage(it) => it.0.receipt(callback),
            Self::Gateway(it) => it.0.receipt(callback),
            Self::None => Err(ReceiptFault::NotAuthentic),
        }
    }
}

fn told(medium: &str, key: &str, id: Result<Option<String>, ChannelFault>) -> Result<Handed, ChannelFault> {
    match id {
        Ok(id) => {
            tracing::info!(medium, message = key, provider_id = id, "message handed over");
            Ok(Handed::Accepted { id })
        }
        Err(fault) => {
            tracing::warn!(
                medium,
                message = key,
                fault = fault.code(),
                reason = fault.reason(),
                again = fault.again(),
                "{fault}"
            );
            Err(fault)
        }
    }
}
