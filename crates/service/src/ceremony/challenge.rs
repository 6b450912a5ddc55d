//! The recipient proves who they are: what is asked, a code that is sent, an answer that is compared.

use super::sign_in::NewAttempt;
use super::view::CeremonyView;
use super::visit::Visit;
use crate::error::Error;
use crate::execute::Change;
use crate::server::Service;
use crate::world::to_micros;
use envelope::commands::answer_challenge::AnswerChallenge;
use envelope::commands::begin_challenge::BeginChallenge;
use envelope::{Command, Envelope, Event, Method, MethodKind, RecipientDraft, VISIT};
use jiff::Timestamp;
use store::Tx;
use store::codes;
use store::visits::{self, VisitRow};
use subtle::ConstantTimeEq;

/// What a recipient's page asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Challenge {
    /// By which method.
    pub method: MethodKind,
    /// Where a code goes, masked; the name of the identity provider; empty where they go nowhere.
    pub destination: String,
    /// The secret question.
    pub question: Option<String>,
    /// When the code that is out was sent.
    pub code_sent_at: Option<Timestamp>,
    /// When it can be begun (anew); `None` for at once.
    pub next_code_at: Option<Timestamp>,
    /// So many wrong answers are still taken.
    pub attempts_left: u8,
    /// Nobody gets in until the sender lifts it.
    pub locked: bool,
    /// The last code did not arrive, as far as is known.
    pub undelivered: bool,
    /// It is asked once more, at the moment of signing.
    pub again: bool,
}

/// What became of a step on the way in.
#[derive(Clone, Debug, PartialEq)]
pub struct Admission {
    /// Token of the visit, where it has just begun: the page gives it with everything it asks from now on.
    pub visit: Option<String>,
    /// What the page shows now.
    pub ceremony: CeremonyView,
    /// Where the browser goes to sign in, where that has just begun.
    pub sign_in: Option<String>,
}

/// What goes into the transaction of a step on the way in.
pub(super) enum Also<'a> {
    Nothing,
    /// The code that is out is good no more.
    CodeUsed,
    /// A sign-in elsewhere has begun.
    SignIn(&'a NewAttempt),
}

impl Challenge {
    /// What this visit is asked; `None` where nothing is left to prove.
    pub(crate) fn of(state: &Envelope, visit: &Visit, context: &envelope::Context) -> Option<Self> {
        let asked = state.asked_of(visit.recipient, context)?;
        let recipient = state.recipient(visit.recipient)?;
        Some(Self {
            method: asked.method.kind(),
            destination: destination(recipient, asked.method.kind()),
            question: match asked.method {
                Method::Secret { question, .. } => Some(question.text().to_owned()),
                _ => None,
            },
            code_sent_at: asked.code_sent_at,
            next_code_at: asked.next_code_at,
            attempts_left: asked.attempts_left,
            locked: asked.locked,
            undelivered: asked.undelivered,
            again: asked.again,
        })
    }
}

impl Service {
    /// Sends the code that comes next in this visit, or begins the sign-in elsewhere; a visit begins with it.
    pub async fn begin_challenge(&self, visit: &Visit, method: MethodKind) -> Result<Admission, Error> {
        if method == MethodKind::Oidc {
            return self.begin_sign_in(visit).await;
        }
        let state = self.load(&visit.scope).await?.envelope;
        let recipient = state.recipient(visit.recipient).ok_or(Error::NotFound { what: "recipient" })?;
        let destination = destination(recipient, method);
        let begin = BeginChallenge { recipient: visit.recipient, method, destination };
        self.admit(visit, Command::BeginChallenge(begin), &Also::Nothing).await
    }

    /// Takes an answer. A wrong one is counted; after the last one nobody gets in until the sender lifts it.
    ///
    /// # Errors
    /// `answer_wrong` with how many answers are still taken; a refusal where none is taken.
    pub async fn answer_challenge(
        &self,
        visit: &Visit,
        method: MethodKind,
        said: &str,
    ) -> Result<Admission, Error> {
        let state = self.load(&visit.scope).await?.envelope;
        let mut answer =
            AnswerChallenge { recipient: visit.recipient, method, right: false, detail: String::new() };
        answer.answerable(&state, &self.context_of(visit))?;
        let known = state.recipient(visit.recipient).and_then(|it| it.method(method));
        let known = known.ok_or_else(|| Error::fault("a method that is asked is in the chain"))?;
        answer.right = match method {
            MethodKind::EmailCode | MethodKind::SmsCode | MethodKind::VoiceCode => {
                self.is_code_that_is_out(visit, said).await?
            }
            MethodKind::Secret | MethodKind::Pin => self.knows(&visit.scope.tenant, known, said).await?,
            MethodKind::Totp => self.is_code_of_app(visit, &state, said).await?,
            MethodKind::Passkey => self.is_passkey(visit, &state, said).await?,
            MethodKind::Oidc => {
                let (right, detail) = self.who_signed_in(visit, &state, known, said).await?;
                answer.detail = detail;
                right
            }
            MethodKind::EmailLink | MethodKind::Custom | MethodKind::Host => {
                return Err(Error::Refused(envelope::Refusal::NothingAsked));
            }
        };
        let right = answer.right;
        let also = if right { Also::CodeUsed } else { Also::Nothing };
        let admitted = self.admit(visit, Command::AnswerChallenge(answer), &also).await?;
        if right {
            return Ok(admitted);
        }
        let challenge = admitted.ceremony.challenge;
        let left = challenge.map_or(0, |it| if it.locked { 0 } else { it.attempts_left });
        Err(Error::AnswerWrong { attempts_left: left })
    }

    /// Executes a step on the way in; in the same transaction the visit gets its token, if it began with it.
    pub(super) async fn admit(
        &self,
        visit: &Visit,
        command: Command,
        also: &Also<'_>,
    ) -> Result<Admission, Error> {
        let commands = [command];
        let actor = visit.actor();
        let change = Change::of(&visit.scope, &actor, &commands).in_visit(visit.number, &visit.link);
        let tenant = visit.scope.tenant.as_str();
        self.data_key(tenant).await?;
        let change = &change;
        let (token, queued) = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let (changed, queued) = self.change(tx, change).await?;
                    let token = self.token_of_new_visit(tx, visit, &changed.events).await?;
                    match also {
                        Also::Nothing => {}
                        Also::CodeUsed => {
                            let recipient = i64::from(visit.recipient);
                            codes::remove(tx, tenant, &visit.scope.envelope, recipient).await?;
                        }
                        Also::SignIn(attempt) => {
                            let number = token.as_ref().map(|(number, _)| *number).or(visit.number);
                            self.keep_attempt(tx, visit, number, attempt).await?;
                        }
                    }
                    Ok::<_, Error>((token, queued))
                })
            })
            .await?;
        self.inner.jobs.submit(queued);
        let mut visit = visit.clone();
        if let Some((number, _)) = &token {
            visit.number = Some(*number);
        }
        let ceremony = self.ceremony(&visit).await?;
        let sign_in = match also {
            Also::SignIn(attempt) => Some(attempt.address.clone()),
            _ => None,
        };
        Ok(Admission { visit: token.map(|(_, token)| token), ceremony, sign_in })
    }

    async fn token_of_new_visit(
        &self,
        tx: &mut Tx<'_>,
        visit: &Visit,
        events: &[Event],
    ) -> Result<Option<(u16, String)>, Error> {
        let begun = events.iter().find_map(|event| match event {
            Event::ChallengeIssued { visit, .. } | Event::ChallengePassed { visit, .. } => Some(*visit),
            _ => None,
        });
        let Some(number) = begun.filter(|_| visit.number.is_none()) else { return Ok(None) };
        let token = crate::ids::secret(self.random());
        let now = self.now();
        visits::forget(tx, &visit.scope.tenant, to_micros(now)).await?;
        let row = VisitRow {
            tenant: visit.scope.tenant.clone(),
            digest: self.inner.vault.digest("visit", &token),
            envelope: visit.scope.envelope.clone(),
            recipient: i64::from(visit.recipient),
            visit: i64::from(number),
            // Until then it can be proved in it; how long a proof holds, the rules say.
            expires_at: to_micros(now.checked_add(VISIT.saturating_mul(2)).unwrap_or(Timestamp::MAX)),
        };
        visits::insert(tx, &row).await?;
        Ok(Some((number, token)))
    }

    async fn is_code_that_is_out(&self, visit: &Visit, said: &str) -> Result<bool, Error> {
        let (tenant, envelope) = (visit.scope.tenant.as_str(), visit.scope.envelope.as_str());
        let recipient = i64::from(visit.recipient);
        let out = self
            .store()
            .read(move |tx| Box::pin(async move { codes::get(tx, tenant, envelope, recipient).await }))
            .await
            .map_err(Error::Fault)?;
        let said = identity::normalised_code(said).unwrap_or_default();
        let digest = self.code_digest(tenant, envelope, visit.recipient, &said);
        let Some((number, kept)) = out else { return Ok(false) };
        let same_visit = visit.number.map(i64::from) == Some(number);
        Ok(bool::from(digest.as_bytes().ct_eq(kept.as_bytes())) && same_visit)
    }

    /// HMAC of a code, bound to whom it was sent for.
    pub(crate) fn code_digest(&self, tenant: &str, envelope: &str, recipient: u16, code: &str) -> String {
        self.inner.vault.digest("code", &format!("{tenant}/{envelope}/{recipient}/{code}"))
    }
}

/// Where a code goes, masked.
pub(crate) fn destination(recipient: &RecipientDraft, method: MethodKind) -> String {
    match method {
        MethodKind::EmailCode => identity::mask_email(recipient.email.text()),
        MethodKind::SmsCode | MethodKind::VoiceCode => {
            identity::Phone::parse(recipient.phone.text()).map(|phone| phone.masked()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
