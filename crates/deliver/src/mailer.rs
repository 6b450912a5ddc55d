//! The way to a mail server.

use crate::fault::DeliveryFault;
use crate::message::Message;
use crate::settings::{Encryption, SettingsError, SmtpSettings};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::fmt;
use std::time::Duration;

/// How long a connection is kept for the next message. Servers commonly end theirs after five minutes.
const IDLE: Duration = Duration::from_secs(60);
/// A line so slow is still waited for: a mail with files gets a second more for so many bytes.
const BYTES_A_SECOND: u64 = 100_000;

/// Sends messages over SMTP, by connections that are kept and used again. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    timeout: Duration,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Mailer").finish_non_exhaustive()
    }
}

impl Mailer {
    /// Makes ready what is needed; connects only when there is something to send. Has to be called within a Tokio
    /// runtime, which tends the connections.
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub fn new(settings: &SmtpSettings) -> Result<Self, SettingsError> {
        if settings.host.is_empty() {
            return Err(SettingsError::NoHost);
        }
        let credentials = match (&settings.username, &settings.password) {
            (None, None) => None,
            (Some(_), Some(_)) if settings.encryption == Encryption::None => {
                return Err(SettingsError::PasswordInTheClear);
            }
            (Some(name), Some(password)) => {
                Some(Credentials::new(name.clone(), password.reveal().to_owned()))
            }
            _ => return Err(SettingsError::HalfALogIn),
        };
        let timeout = Duration::from_secs(settings.timeout_s);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.as_str())
            .port(settings.port())
            .tls(encryption(settings)?)
            .timeout(Some(timeout))
            .pool_config(PoolConfig::new().max_size(settings.connections).idle_timeout(IDLE));
        if let Some(name) = &settings.hello_name {
            builder = builder.hello_name(ClientId::Domain(name.clone()));
        }
        if let Some(credentials) = credentials {
            builder = builder.credentials(credentials);
        }
        Ok(Self { transport: builder.build(), timeout })
    }

    /// Sends one message. When this returns well, the server has taken it over.
    ///
    /// # Errors
    /// [`DeliveryFault`], which says whether to try again. Nobody knows whether a server that stopped answering at the
    /// last moment took the message; trying again with the same Message-ID is right then too.
    pub async fn send(&self, message: &Message) -> Result<(), DeliveryFault> {
        let mail = message.to_mail()?;
        let more = Duration::from_secs(message.length() as u64 / BYTES_A_SECOND);
        self.within_time(more, self.transport.send(mail)).await.map(drop)
    }

    /// Connects, encrypts and logs in, and sends nothing.
    ///
    /// # Errors
    /// [`DeliveryFault`]: what would keep a message from leaving.
    pub async fn try_connection(&self) -> Result<(), DeliveryFault> {
        let alive = self.within_time(Duration::ZERO, self.transport.test_connection()).await?;
        if alive { Ok(()) } else { Err(DeliveryFault::Unreachable) }
    }

    /// The library's own limit ends with the connection; a server that falls silent later would hold a worker for good.
    async fn within_time<T>(
        &self,
        more: Duration,
        work: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, DeliveryFault> {
        match tokio::time::timeout(self.timeout.saturating_add(more), work).await {
            Ok(done) => done.map_err(|error| DeliveryFault::of(&error)),
            Err(_) => Err(DeliveryFault::Unreachable),
        }
    }
}

fn encryption(settings: &SmtpSettings) -> Result<Tls, SettingsError> {
    if settings.encryption == Encryption::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.authorities_pem {
        // The library takes a text without any certificate for none to add.
        let certificates =
            Certificate::from_pem(pem.as_bytes()).ok().filter(|_| pem.contains("BEGIN CERTIFICATE"));
        parameters = parameters.add_root_certificate(certificates.ok_or(SettingsError::Authorities)?);
    }
    let parameters = parameters.build().map_err(|_| SettingsError::Authorities)?;
    Ok(match settings.encryption {
        Encryption::StartTls => Tls::Required(parameters),
        Encryption::Tls | Encryption::None => Tls::Wrapper(parameters),
    })
}
