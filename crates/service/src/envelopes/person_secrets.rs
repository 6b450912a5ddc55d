//! Answers and PINs of a draft's recipients, kept apart from its events.

use super::draft::RecipientInput;
use crate::error::Error;
use crate::server::Service;
use crate::vault;
use envelope::{Draft, Finding, Method, MethodKind, RecipientDraft, Refusal};
use store::{answers, secrets};

impl Service {
    /// Keeps what is secret of these recipients, and names it in their methods. What is not given again stays as it
    /// was for the recipient of that address, or else of that number.
    pub(crate) async fn keep_secrets(
        &self,
        tenant: &str,
        inputs: Vec<RecipientInput>,
        before: Option<&Draft>,
    ) -> Result<Vec<RecipientDraft>, Error> {
        let mut recipients = Vec::with_capacity(inputs.len());
        let mut found = Vec::new();
        for (index, input) in inputs.into_iter().enumerate() {
            let mut recipient = input.draft;
            let old = before.and_then(|draft| same_person(draft, index, &recipient));
            for (place, method) in recipient.authentication.iter_mut().enumerate() {
                let kept = old.and_then(|old| old.method(method.kind()));
                let pointer = || format!("/recipients/{index}/authentication/{place}");
                match method {
                    Method::Secret { answer, .. } => {
                        *answer = match (&input.answer, kept) {
                            (Some(given), _) => {
                                self.keep_answer(tenant, given, &pointer(), &mut found).await?
                            }
                            (None, Some(Method::Secret { answer, .. })) => answer.clone(),
                            (None, _) => None,
                        };
                    }
                    Method::Pin { pin } => {
                        *pin = match (&input.pin, kept) {
                            (Some(given), _) => self.keep_pin(tenant, given, &pointer(), &mut found).await?,
                            (None, Some(Method::Pin { pin })) => pin.clone(),
                            (None, _) => None,
                        };
                    }
                    // Told when it is asked for, not when somebody stands before it.
                    Method::Oidc { .. } if self.identity_provider_row(tenant).await?.is_none() => {
                        found.push(Finding::new(
                            pointer(),
                            "identity_provider_missing",
                            "Your organisation has no identity provider here; set one up, or use another method.",
                        ));
                    }
                    _ => {}
                }
            }
            recipients.push(recipient);
        }
        if found.is_empty() { Ok(recipients) } else { Err(Refusal::Invalid(found).into()) }
    }

    async fn keep_answer(
        &self,
        tenant: &str,
        given: &str,
        pointer: &str,
        found: &mut Vec<Finding>,
    ) -> Result<Option<String>, Error> {
        let Some(normalised) = identity::normalised_answer(given) else {
            found.push(Finding::new(
                format!("{pointer}/answer"),
                "secret_answer_malformed",
                "This answer holds no letter and no digit; write one that can be typed.",
            ));
            return Ok(None);
        };
        let id = self.new_id("ans");
        let digest = self.answer_digest(tenant, &id, &normalised);
        let (name, digest) = (id.as_str(), digest.as_str());
        self.store()
            .write(move |tx| Box::pin(async move { answers::insert(tx, tenant, name, digest).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(Some(id))
    }

    async fn keep_pin(
        &self,
        tenant: &str,
        given: &str,
        pointer: &str,
        found: &mut Vec<Finding>,
    ) -> Result<Option<String>, Error> {
        let Ok(pin) = identity::Pin::parse(given) else {
            found.push(Finding::new(
                format!("{pointer}/pin"),
                "pin_malformed",
                "A PIN has 4 to 12 letters or digits; choose another one.",
            ));
            return Ok(None);
        };
        let id = self.new_id("pin");
        let key = self.data_key(tenant).await?;
        let sealed = vault::seal(&key, &id, pin.as_str().as_bytes(), self.random());
        let (name, sealed) = (id.as_str(), sealed.as_slice());
        self.store()
            .write(move |tx| {
                Box::pin(async move { secrets::insert_if_absent(tx, tenant, name, sealed).await })
            })
            .await
            .map_err(Error::Fault)?;
        Ok(Some(id))
    }

    /// HMAC of a normalised answer, bound to its place.
    pub(crate) fn answer_digest(&self, tenant: &str, id: &str, normalised: &str) -> String {
        self.inner.vault.digest("answer", &format!("{tenant}/{id}/{normalised}"))
    }

    /// Whether an answer or a PIN is the right one. Takes the same time for wrong ones of any kind.
    pub(crate) async fn knows(&self, tenant: &str, method: &Method, said: &str) -> Result<bool, Error> {
        use subtle::ConstantTimeEq;
        match method {
            Method::Secret { answer: Some(id), .. } => {
                let kept = self
                    .store()
                    .read(move |tx| Box::pin(async move { answers::get(tx, tenant, id).await }))
                    .await
                    .map_err(Error::Fault)?;
                let kept = kept.ok_or_else(|| Error::fault("an answer was lost"))?;
                let normalised = identity::normalised_answer(said).unwrap_or_default();
                let digest = self.answer_digest(tenant, id, &normalised);
                Ok(digest.as_bytes().ct_eq(kept.as_bytes()).into())
            }
            Method::Pin { pin: Some(id) } => {
                let sealed = self
                    .store()
                    .read(move |tx| Box::pin(async move { secrets::get(tx, tenant, id).await }))
                    .await
                    .map_err(Error::Fault)?;
                let sealed = sealed.ok_or_else(|| Error::fault("a PIN was lost"))?;
                let key = self.data_key(tenant).await?;
                let kept =
                    vault::open(&key, id, &sealed).ok_or_else(|| Error::fault("a PIN cannot be opened"))?;
                let digest = |text: &[u8]| self.inner.vault.digest("pin", &vault::hex(text));
                let said = identity::Pin::parse(said);
                let said = said.as_ref().map_or("", identity::Pin::as_str);
                Ok(digest(said.as_bytes()).as_bytes().ct_eq(digest(&kept).as_bytes()).into())
            }
            _ => Err(Error::fault(format!("{} is no secret that is known", MethodKind::word(method.kind())))),
        }
    }
}

/// Who a recipient was before. People change places in a draft and take their PINs with them, so that it is the
/// address that tells, where exactly one of them has it; otherwise it is the number.
fn same_person<'d>(before: &'d Draft, index: usize, now: &RecipientDraft) -> Option<&'d RecipientDraft> {
    let has = |old: &&RecipientDraft| old.email.text().eq_ignore_ascii_case(now.email.text());
    if !now.email.text().is_empty() {
        let mut known = before.recipients.iter().filter(has);
        if let (Some(one), None) = (known.next(), known.next()) {
            return Some(one);
        }
    }
    before.recipients.get(index)
}
