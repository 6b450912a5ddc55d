//! Authenticator apps and passkeys: enrolled at the first visit that asks for one, used again at every later one.
//! They belong to a person of a tenant, whoever sends to them next.

use super::visit::Visit;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::vault;
use crate::world::{self, to_micros};
use envelope::commands::answer_challenge::AnswerChallenge;
use envelope::{Envelope, MethodKind};
use identity::totp::{self, Secret};
use identity::{Credential, Passkeys};
use serde::{Deserialize, Serialize};
use store::authenticators::{self, AuthenticatorRow};

const APP: &str = "totp";
const PASSKEY: &str = "passkey";
/// Shown to somebody, and proved by nobody yet.
const APP_SHOWN: &str = "totp_shown";
/// The first half of a passkey's ceremony.
const PASSKEY_BEGUN: &str = "passkey_begun";

/// What a page needs to let somebody prove themselves with what they hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Device {
    /// A code of the app that they enrolled before.
    App,
    /// The app has to be enrolled first.
    NewApp {
        /// For a phone that opens it: `otpauth://…`.
        uri: String,
        /// To be typed into the app.
        secret: String,
        /// The same as a picture (SVG).
        picture: String,
    },
    /// JSON for `navigator.credentials.get`.
    Passkey {
        /// See [`identity::Started::options`].
        options: String,
    },
    /// JSON for `navigator.credentials.create`: none was enrolled before.
    NewPasskey {
        /// See [`identity::Started::options`].
        options: String,
    },
}

/// An app that was enrolled.
#[derive(Serialize, Deserialize)]
struct App {
    secret: Vec<u8>,
    /// The step of the last code, which is good once (RFC 6238 5.2).
    last_step: Option<u64>,
}

/// A passkey's ceremony that was begun.
#[derive(Serialize, Deserialize)]
struct Begun {
    state: String,
    enrols: bool,
}

impl Service {
    /// Prepares the proof by an app or a passkey.
    pub async fn prepare_device(&self, visit: &Visit, method: MethodKind) -> Result<Device, Error> {
        let state = self.load(&visit.scope).await?.envelope;
        let asked =
            AnswerChallenge { recipient: visit.recipient, method, right: false, detail: String::new() };
        asked.answerable(&state, &self.context_of(visit))?;
        if visit.is_over() {
            return Err(Error::LinkEnded);
        }
        let person = self.person(visit, &state)?;
        match method {
            MethodKind::Totp => self.prepare_app(visit, &state, &person).await,
            MethodKind::Passkey => self.prepare_passkey(visit, &state, &person).await,
            _ => Err(Error::Refused(envelope::Refusal::NothingAsked)),
        }
    }

    async fn prepare_app(&self, visit: &Visit, state: &Envelope, person: &str) -> Result<Device, Error> {
        if !self.authenticators::<App>(visit, person, APP).await?.is_empty() {
            return Ok(Device::App);
        }
        // Shown twice, it is the same: somebody may have photographed the first one.
        let shown = self.authenticators::<App>(visit, person, APP_SHOWN).await?;
        let secret = match shown.into_iter().next().and_then(|(_, app)| app.secret()) {
            Some(secret) => secret,
            None => {
                let secret = Secret::new(world::bytes::<20>(self.random()));
                let app = App { secret: secret.as_bytes().to_vec(), last_step: None };
                self.keep_authenticator(visit, person, APP_SHOWN, APP, &app).await?;
                secret
            }
        };
        let account = state.recipient(visit.recipient).map_or("", |it| it.email.text());
        let uri = secret.uri(&self.tenant_name(&visit.scope.tenant).await?, account);
        let picture =
            totp::svg(&uri, "QR").ok_or_else(|| Error::fault("an address is too long for a picture"))?;
        Ok(Device::NewApp { secret: secret.typed(), picture, uri })
    }

    pub(super) async fn is_code_of_app(
        &self,
        visit: &Visit,
        state: &Envelope,
        said: &str,
    ) -> Result<bool, Error> {
        let person = self.person(visit, state)?;
        let mut kind = APP;
        let mut apps = self.authenticators::<App>(visit, &person, APP).await?;
        if apps.is_empty() {
            kind = APP_SHOWN;
            apps = self.authenticators::<App>(visit, &person, APP_SHOWN).await?;
        }
        let now_s = u64::try_from(self.now().as_second()).unwrap_or_default();
        for (row, app) in apps {
            let Some(secret) = app.secret() else { continue };
            let Some(step) = totp::verify(&secret, said, now_s, app.last_step) else { continue };
            let app = App { last_step: Some(step), ..app };
            if kind == APP {
                // Of two who give the same code at once, one is right.
                return self.renew_authenticator(visit, &row, &app).await;
            }
            self.keep_authenticator(visit, &person, APP, APP, &app).await?;
            self.forget_authenticator(visit, &person, APP_SHOWN, APP).await?;
            return Ok(true);
        }
        Ok(false)
    }

    async fn prepare_passkey(&self, visit: &Visit, state: &Envelope, person: &str) -> Result<Device, Error> {
        let passkeys = self.passkeys(visit).await?;
        let held: Vec<Credential> =
            self.authenticators(visit, person, PASSKEY).await?.into_iter().map(|(_, it)| it).collect();
        let enrols = held.is_empty();
        let begun = if enrols {
            let name = state.recipient(visit.recipient).map_or("", |it| it.email.text());
            let bytes = self.inner.vault.derive("passkey-user", &format!("{}/{person}", visit.scope.tenant));
            let mut user = [0; 16];
            user.copy_from_slice(&bytes[..16]);
            passkeys.begin_registration(user, name, &[])
        } else {
            passkeys.begin_authentication(&held)
        };
        let begun = begun.map_err(not_usable)?;
        let kept = Begun { state: begun.state, enrols };
        self.keep_authenticator(visit, person, PASSKEY_BEGUN, &visit.scope.envelope, &kept).await?;
        Ok(match enrols {
            true => Device::NewPasskey { options: begun.options },
            false => Device::Passkey { options: begun.options },
        })
    }

    pub(super) async fn is_passkey(
        &self,
        visit: &Visit,
        state: &Envelope,
        said: &str,
    ) -> Result<bool, Error> {
        let person = self.person(visit, state)?;
        let passkeys = self.passkeys(visit).await?;
        let begun = self.authenticators::<Begun>(visit, &person, PASSKEY_BEGUN).await?;
        let ours = begun.into_iter().find(|(row, _)| row.authenticator == visit.scope.envelope);
        let Some((_, begun)) = ours else { return Ok(false) };
        // Good once, also where the answer is wrong.
        self.forget_authenticator(visit, &person, PASSKEY_BEGUN, &visit.scope.envelope).await?;
        if begun.enrols {
            let Ok(credential) = passkeys.finish_registration(&begun.state, said) else { return Ok(false) };
            self.keep_authenticator(visit, &person, PASSKEY, &credential.id(), &credential).await?;
            return Ok(true);
        }
        let held: Vec<Credential> =
            self.authenticators(visit, &person, PASSKEY).await?.into_iter().map(|(_, it)| it).collect();
        let Ok(outcome) = passkeys.finish_authentication(&begun.state, said, &held) else { return Ok(false) };
        if let Some(updated) = outcome.updated {
            self.keep_authenticator(visit, &person, PASSKEY, &outcome.credential_id, &updated).await?;
        }
        Ok(true)
    }

    async fn passkeys(&self, visit: &Visit) -> Result<Passkeys, Error> {
        let name = self.tenant_name(&visit.scope.tenant).await?;
        Passkeys::new(&self.settings().public_url, &name).map_err(not_usable)
    }

    /// The person behind a recipient, as a name that tells nobody anything.
    fn person(&self, visit: &Visit, state: &Envelope) -> Result<String, Error> {
        let recipient = state.recipient(visit.recipient).ok_or(Error::NotFound { what: "recipient" })?;
        let address = recipient.email.text().to_lowercase();
        let phone = recipient.phone.text();
        let whom = match (address.as_str(), phone) {
            // Nobody else is this person, as far as we know.
            ("", "") => format!("{}/{}", visit.scope.envelope, visit.recipient),
            ("", phone) => phone.to_owned(),
            (address, _) => address.to_owned(),
        };
        Ok(self.inner.vault.digest("person", &format!("{}/{whom}", visit.scope.tenant)))
    }

    async fn authenticators<T: for<'de> Deserialize<'de>>(
        &self,
        visit: &Visit,
        person: &str,
        kind: &str,
    ) -> Result<Vec<(AuthenticatorRow, T)>, Error> {
        let tenant = visit.scope.tenant.as_str();
        let key = self.data_key(tenant).await?;
        let rows = self
            .store()
            .read(move |tx| Box::pin(async move { authenticators::of(tx, tenant, person, kind).await }))
            .await
            .map_err(Error::Fault)?;
        rows.into_iter()
            .map(|row| {
                let opened = vault::open(&key, &label(kind, person), &row.sealed)
                    .ok_or_else(|| Error::fault("an authenticator cannot be opened"))?;
                let read = serde_json::from_slice(&opened)
                    .map_err(|_| Error::fault("an authenticator cannot be read"))?;
                Ok((row, read))
            })
            .collect()
    }

    async fn keep_authenticator<T: Serialize>(
        &self,
        visit: &Visit,
        person: &str,
        kind: &str,
        authenticator: &str,
        value: &T,
    ) -> Result<(), Error> {
        let tenant = visit.scope.tenant.as_str();
        let key = self.data_key(tenant).await?;
        let bytes = zeroize::Zeroizing::new(serde_json::to_vec(value).map_err(Error::fault)?);
        let row = AuthenticatorRow {
            tenant: tenant.to_owned(),
            person: person.to_owned(),
            kind: kind.to_owned(),
            authenticator: authenticator.to_owned(),
            sealed: vault::seal(&key, &label(kind, person), &bytes, self.random()),
            created_at: to_micros(self.now()),
        };
        let row = &row;
        self.store()
            .write(move |tx| Box::pin(async move { authenticators::put(tx, row).await }))
            .await
            .map_err(Error::Fault)
    }

    /// `false` where another request changed it since it was read.
    async fn renew_authenticator<T: Serialize>(
        &self,
        visit: &Visit,
        read: &AuthenticatorRow,
        value: &T,
    ) -> Result<bool, Error> {
        let key = self.data_key(&visit.scope.tenant).await?;
        let bytes = zeroize::Zeroizing::new(serde_json::to_vec(value).map_err(Error::fault)?);
        let sealed = vault::seal(&key, &label(&read.kind, &read.person), &bytes, self.random());
        let sealed = sealed.as_slice();
        self.store()
            .write(move |tx| Box::pin(async move { authenticators::renew(tx, read, sealed).await }))
            .await
            .map_err(Error::Fault)
    }

    async fn forget_authenticator(
        &self,
        visit: &Visit,
        person: &str,
        kind: &str,
        authenticator: &str,
    ) -> Result<(), Error> {
        let tenant = visit.scope.tenant.as_str();
        self.store()
            .write(move |tx| {
                Box::pin(async move { authenticators::remove(tx, tenant, person, kind, authenticator).await })
            })
            .await
            .map_err(Error::Fault)
    }
}

impl App {
    fn secret(&self) -> Option<Secret> {
        <[u8; 20]>::try_from(self.secret.as_slice()).ok().map(Secret::new)
    }
}

fn label(kind: &str, person: &str) -> String {
    format!("authenticator/{kind}/{person}")
}

fn not_usable(refusal: identity::PasskeyRefusal) -> Error {
    Error::Wrong { class: Class::Malformed, code: refusal.code(), sentence: refusal.to_string() }
}
