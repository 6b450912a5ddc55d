//! What a recipient is asked to prove who they are, on the wire.

use super::ceremony::CeremonyAnswer;
use serde::{Deserialize, Serialize};
use service::ceremony::{Admission, CeremonyView, Challenge, Device};
use service::envelope::MethodKind;
use utoipa::ToSchema;

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct ChallengeAnswer {
    method: MethodKind,
    /// Where a code goes, masked; the name of the identity provider.
    destination: String,
    /// The secret question.
    question: Option<String>,
    code_sent_at: Option<String>,
    /// A (new) code can be sent from then on; `null`: at once.
    next_code_at: Option<String>,
    /// So many wrong answers are still taken.
    attempts_left: u8,
    /// Nobody gets in until the sender lifts it.
    locked: bool,
    /// The last code did not arrive, as its provider or the mail server says.
    undelivered: bool,
    /// It is asked once more, at the moment of signing.
    again: bool,
}

impl From<&Challenge> for ChallengeAnswer {
    fn from(it: &Challenge) -> Self {
        Self {
            method: it.method,
            destination: it.destination.clone(),
            question: it.question.clone(),
            code_sent_at: it.code_sent_at.map(|at| at.to_string()),
            next_code_at: it.next_code_at.map(|at| at.to_string()),
            attempts_left: it.attempts_left,
            locked: it.locked,
            undelivered: it.undelivered,
            again: it.again,
        }
    }
}

/// Which method is to begin.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginRequest {
    pub(crate) method: MethodKind,
}

/// An answer.
#[derive(Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerRequest {
    pub(crate) method: MethodKind,
    /// The code, the PIN, the answer; for a passkey its answer as JSON; for a sign-in elsewhere the query with which the
    /// browser came back.
    #[serde(default)]
    pub(crate) answer: String,
}

/// Shows no answer, so that one in a log is no leak.
impl std::fmt::Debug for AnswerRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("AnswerRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What was begun.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct BegunAnswer {
    /// Token of the visit, where it has just begun: give it as `X-Countersign-Visit` from now on.
    visit: Option<String>,
    challenge: Option<ChallengeAnswer>,
    /// What is needed for an app or a passkey.
    device: Option<DeviceAnswer>,
    /// Where the browser goes to sign in at the identity provider. It comes back to `/oidc/callback` with a query; that is
    /// the answer.
    sign_in: Option<String>,
}

impl BegunAnswer {
    pub(crate) fn of_device(view: &CeremonyView, device: Device) -> Self {
        let challenge = view.challenge.as_ref().map(ChallengeAnswer::from);
        Self { visit: None, challenge, device: Some(device.into()), sign_in: None }
    }
}

impl From<Admission> for BegunAnswer {
    fn from(begun: Admission) -> Self {
        let challenge = begun.ceremony.challenge.as_ref().map(ChallengeAnswer::from);
        Self { visit: begun.visit, challenge, device: None, sign_in: begun.sign_in }
    }
}

/// What is needed to prove oneself with something one holds.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum DeviceAnswer {
    /// A code of the app that was enrolled before.
    App,
    /// The app has to be enrolled first.
    NewApp {
        /// `otpauth://…`
        uri: String,
        /// To be typed into the app.
        secret: String,
        /// The same as a picture (SVG).
        picture: String,
    },
    /// For `navigator.credentials.get`.
    Passkey {
        /// JSON.
        options: String,
    },
    /// For `navigator.credentials.create`: none was enrolled before.
    NewPasskey {
        /// JSON.
        options: String,
    },
}

impl From<Device> for DeviceAnswer {
    fn from(device: Device) -> Self {
        match device {
            Device::App => Self::App,
            Device::NewApp { uri, secret, picture } => Self::NewApp { uri, secret, picture },
            Device::Passkey { options } => Self::Passkey { options },
            Device::NewPasskey { options } => Self::NewPasskey { options },
        }
    }
}

/// Whether a method is proved with something one holds.
pub(crate) fn is_of_device(method: MethodKind) -> bool {
    matches!(method, MethodKind::Totp | MethodKind::Passkey)
}

/// The way in.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct AdmissionAnswer {
    /// Token of the visit, where it has just begun: give it as `X-Countersign-Visit` from now on.
    visit: Option<String>,
    ceremony: CeremonyAnswer,
}

impl AdmissionAnswer {
    pub(crate) fn new(visit: Option<String>, view: &CeremonyView) -> Self {
        Self { visit, ceremony: CeremonyAnswer::from(view) }
    }
}
