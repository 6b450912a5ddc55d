//! Passkeys (WebAuthn): two ceremonies of two steps each, with the browser between the steps.
//!
//! `begin` gives options for the browser and a state for the caller; `finish` takes that state and the browser's answer.
//! The state holds the challenge, so the caller keeps it sealed, with the person and the kind of ceremony it is for, and
//! **uses it once**: an answer fits as long as its state is accepted. The person always proves themselves to the device
//! (user verification); no attestation is asked for, so any device will do.

mod refusal;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use url::{Host, Url};
use webauthn_rs::prelude::{Credential as Inner, Passkey, Uuid};
use webauthn_rs::{Webauthn, WebauthnBuilder};

pub use refusal::PasskeyRefusal;

/// The ceremonies of one server under one public URL. Passkeys are bound to its host name: they are lost when it changes.
#[derive(Debug, Clone)]
pub struct Passkeys {
    webauthn: Webauthn,
}

/// The first half of a ceremony.
#[derive(Clone, PartialEq, Eq)]
pub struct Started {
    /// JSON for the browser: `publicKey` inside goes to `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.
    pub options: String,
    /// JSON for the second half: to be kept sealed, and used once.
    pub state: String,
}

/// What is stored of one passkey: public key, counter and identifier. There is no secret in it, but whoever can change it
/// can sign in, so it is stored like a password.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Credential(Passkey);

/// A person proved that they hold a passkey.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Which of the credentials: [`Credential::id`].
    pub credential_id: String,
    /// The credential with its new counter, to be stored in the place of the old one; nothing where nothing changed (the
    /// passkeys of phones count nothing).
    pub updated: Option<Credential>,
}

impl Passkeys {
    /// The ceremonies under `public_url`, whose host is the name that passkeys are bound to; the browser shows `name`.
    /// Refused without `https` (except on `localhost`) and for an address in the place of a name: browsers offer no
    /// passkeys there.
    pub fn new(public_url: &str, name: &str) -> Result<Self, PasskeyRefusal> {
        let url = Url::parse(public_url).map_err(|_| PasskeyRefusal::PublicUrl)?;
        let Some(Host::Domain(host)) = url.host() else { return Err(PasskeyRefusal::PublicUrl) };
        let local = host == "localhost" || host.ends_with(".localhost");
        if url.scheme() != "https" && !(url.scheme() == "http" && local) {
            return Err(PasskeyRefusal::PublicUrl);
        }
        let origin =
            Url::parse(&url.origin().ascii_serialization()).map_err(|_| PasskeyRefusal::PublicUrl)?;
        let builder = WebauthnBuilder::new(host, &origin).map_err(|_| PasskeyRefusal::PublicUrl)?;
        let webauthn = builder.rp_name(name).build().map_err(|_| PasskeyRefusal::PublicUrl)?;
        Ok(Self { webauthn })
    }

    /// First half of enrolling a device. `user_id` names the person to the device: 16 bytes that tell nobody anything
    /// and are the same at each enrolment of that person; `name` is what the device shows. Devices that hold one of
    /// `exclude` offer themselves no second time.
    pub fn begin_registration(
        &self,
        user_id: [u8; 16],
        name: &str,
        exclude: &[Credential],
    ) -> Result<Started, PasskeyRefusal> {
        let exclude = exclude.iter().map(|credential| credential.0.cred_id().clone()).collect();
        let user = Uuid::from_bytes(user_id);
        let (options, state) = self.webauthn.start_passkey_registration(user, name, name, Some(exclude))?;
        Started::of(&options, &state)
    }

    /// Second half of enrolling: the browser's answer (`credential.toJSON()`) to the options of this state.
    pub fn finish_registration(&self, state: &str, answer: &str) -> Result<Credential, PasskeyRefusal> {
        let state = read(state, PasskeyRefusal::State)?;
        let answer = read(answer, PasskeyRefusal::Answer)?;
        Ok(Credential(self.webauthn.finish_passkey_registration(&answer, &state)?))
    }

    /// First half of proving: any of the credentials of one person will do. Refused when there is none.
    pub fn begin_authentication(&self, credentials: &[Credential]) -> Result<Started, PasskeyRefusal> {
        // The library takes an empty list for "any passkey of anybody".
        if credentials.is_empty() {
            return Err(PasskeyRefusal::NoCredential);
        }
        let passkeys: Vec<Passkey> = credentials.iter().map(|credential| credential.0.clone()).collect();
        let (options, state) = self.webauthn.start_passkey_authentication(&passkeys)?;
        Started::of(&options, &state)
    }

    /// Second half of proving. `credentials` are those of the person as they are stored now: one that was removed since
    /// the first half does not count, and a counter that moved since has to move on.
    pub fn finish_authentication(
        &self,
        state: &str,
        answer: &str,
        credentials: &[Credential],
    ) -> Result<Outcome, PasskeyRefusal> {
        let state = read(state, PasskeyRefusal::State)?;
        let answer = read(answer, PasskeyRefusal::Answer)?;
        let result = self.webauthn.finish_passkey_authentication(&answer, &state)?;
        let current = credentials.iter().find(|credential| credential.0.cred_id() == result.cred_id());
        let Some(current) = current else { return Err(PasskeyRefusal::UnknownCredential) };
        // Web Authentication Level 3, 7.2 step 22: the state's own counter was compared by the library, but a ceremony
        // beside this one may have moved the stored one since. Where both are 0, the device counts nothing.
        let stored = current.counter();
        if stored > 0 && result.counter() <= stored {
            return Err(PasskeyRefusal::Cloned);
        }
        let mut passkey = current.0.clone();
        let changed = passkey.update_credential(&result) == Some(true);
        Ok(Outcome {
            credential_id: current.id(),
            updated: if changed { Some(Credential(passkey)) } else { None },
        })
    }
}

impl Credential {
    /// The identifier that the device gave it, in base64url: unique, and as public as a user name.
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.cred_id())
    }

    /// How often the device says it was used; 0 where it does not count.
    pub fn counter(&self) -> u32 {
        Inner::from(self.0.clone()).counter
    }
}

impl Started {
    fn of(options: &impl Serialize, state: &impl Serialize) -> Result<Self, PasskeyRefusal> {
        let written = |value: serde_json::Result<String>| value.map_err(|_| PasskeyRefusal::State);
        Ok(Self {
            options: written(serde_json::to_string(options))?,
            state: written(serde_json::to_string(state))?,
        })
    }
}

/// The state is left out: it stays sealed.
impl std::fmt::Debug for Started {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Started").field("options", &self.options).finish_non_exhaustive()
    }
}

fn read<T: DeserializeOwned>(json: &str, otherwise: PasskeyRefusal) -> Result<T, PasskeyRefusal> {
    serde_json::from_str(json).map_err(|_| otherwise)
}
