//! Where messages go.

use crate::fault::DeliveryFault;
use crate::mailer::Mailer;
use crate::message::Message;
use std::fmt;
use std::sync::Arc;

/// Whatever takes messages in the place of a mail server.
pub trait Carrier: fmt::Debug + Send + Sync {
    /// Takes a message over.
    ///
    /// # Errors
    /// [`DeliveryFault`], which says whether to try again.
    fn carry(&self, message: &Message) -> Result<(), DeliveryFault>;
}

/// Where messages go.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Outlet {
    /// To a mail server.
    Smtp(Mailer),
    /// To something that stands in its place: a simulation that looks at what left.
    Other(Arc<dyn Carrier>),
    /// Nowhere: they are read where they are kept, in the outbox of `--dev` or among the test messages.
    None,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// A mail server took it over.
    Accepted,
    /// It stays where it is kept, as it should.
    Kept,
}

impl Outlet {
    /// Carries one message out. Messages of test envelopes go to [`Outlet::None`], whatever is configured.
    ///
    /// # Errors
    /// [`DeliveryFault`], which says whether to try again.
    pub async fn carry(&self, message: &Message) -> Result<Carried, DeliveryFault> {
        match self {
            Self::None => Ok(Carried::Kept),
            Self::Other(carrier) => carrier.carry(message).map(|()| Carried::Accepted),
            Self::Smtp(mailer) => match mailer.send(message).await {
                Ok(()) => {
                    tracing::info!(message = message.id, "mail accepted");
                    Ok(Carried::Accepted)
                }
                Err(fault) => {
                    tracing::warn!(
                        message = message.id,
                        fault = fault.code(),
                        again = fault.again(),
                        "{fault}"
                    );
                    Err(fault)
                }
            },
        }
    }
}
