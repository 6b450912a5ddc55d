//! The recipient finishes.

use super::visit::{Visit, VisitKind};
use crate::documents::ink::AdoptedInk;
use crate::effects::LinkPurpose;
use crate::error::Error;
use crate::fault_point;
use crate::server::Service;
use envelope::commands::approve::Approve;
use envelope::commands::finish_filling::FinishFilling;
use envelope::commands::sign::Sign;
use envelope::{Command, Digest, Envelope, FieldId, Outcome, Part, Role, Status};
use std::collections::BTreeMap;
use std::time::Duration;

/// What the recipient's page sends at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct FinishInput {
    /// They said that they mean to sign.
    pub agreed: bool,
    /// The adopted signature.
    pub signature: Option<AdoptedInk>,
    /// The adopted initials.
    pub initials: Option<AdoptedInk>,
    /// Last values.
    pub values: BTreeMap<FieldId, String>,
    /// The revision of each document that was shown.
    pub shown: BTreeMap<u16, Digest>,
    /// What the signature means, where the envelope has a Part 11 profile.
    pub meaning: Option<String>,
}

/// How far the act has come when the answer is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// The act is in the documents; else it is on its way, and no click is needed for it.
    pub signed: bool,
    /// Token of a download link, where everything is completed already.
    pub download: Option<String>,
}

/// Another process may carry the act out; it is looked again after this time at the latest.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

impl Service {
    /// Takes the act: durable when this returns, and carried out by a worker.
    pub async fn finish(&self, visit: &Visit, input: FinishInput) -> Result<Finished, Error> {
        let state = self.load(&visit.scope).await?.envelope;
        let tenant = &visit.scope.tenant;
        let mut findings = Vec::new();
        let mut digests = [None, None];
        let inks = [(&input.signature, "/signature"), (&input.initials, "/initials")];
        for ((ink, pointer), digest) in inks.into_iter().zip(&mut digests) {
            let Some(ink) = ink else { continue };
            match ink.finding(pointer) {
                Some(finding) => findings.push(finding),
                None => *digest = Some(self.keep_ink(tenant, ink).await?),
            }
        }
        findings.extend(self.undrawable(tenant, &state, visit.recipient, &input.values).await?);
        let [signature, initials] = digests;
        let recipient = visit.recipient;
        let (values, shown, drawing_findings) = (input.values, input.shown, findings);
        let role = state.recipient(recipient).map(|it| it.role);
        let commands = [match role {
            Some(Role::Approver | Role::Viewer) => Command::Approve(Approve { recipient, shown }),
            Some(Role::Filler) => {
                Command::FinishFilling(FinishFilling { recipient, values, shown, drawing_findings })
            }
            _ => Command::Sign(Sign {
                recipient,
                agreed: input.agreed,
                values,
                // A refused ink is a finding already, not a missing one.
                signature: signature.or_else(|| input.signature.as_ref().map(|_| Digest([0; 32]))),
                initials: initials.or_else(|| input.initials.as_ref().map(|_| Digest([0; 32]))),
                shown,
                meaning: input.meaning,
                drawing_findings,
            }),
        }];
        // The answer to the last signer holds a download link if all is completed by then. It is written down with the
        // act, which needs no commit of its own; of one that is not told, nobody knows the token.
        let last = is_last(&state, visit.recipient);
        let (token, link) =
            last.then(|| self.link(&visit.scope, visit.recipient, LinkPurpose::Download)).unzip();
        fault_point::reach("sign.before_commit");
        self.execute_as(visit, &commands, link.as_ref()).await?;
        fault_point::reach("sign.after_commit");
        // The act is durable. What fails from here on is a courtesy less, not a reason to say that it failed.
        Ok(self.wait_for_act(visit, token).await.unwrap_or(Finished { signed: false, download: None }))
    }

    /// Looks whether the act has come into the documents, for as long as a person waits gladly.
    async fn wait_for_act(&self, visit: &Visit, token: Option<String>) -> Result<Finished, Error> {
        let begun = tokio::time::Instant::now();
        loop {
            let ended = self.inner.jobs.ended.notified();
            tokio::pin!(ended);
            // Listening begins before looking, so that nothing is missed between the two.
            ended.as_mut().enable();
            let state = self.load(&visit.scope).await?.envelope;
            let progress = state.status.progress();
            let signed =
                progress.and_then(|it| it.part(visit.recipient)).is_some_and(|it| it.done_at().is_some());
            let completed =
                matches!(&state.status, Status::Ended(ending) if ending.outcome == Outcome::Completed);
            let over = begun.elapsed() >= self.settings().patience;
            if signed && (completed || over || matches!(state.status, Status::InProgress(_))) || over {
                let download = match token {
                    _ if !completed => None,
                    Some(token) => Some(token),
                    // Those before were not done when this one finished, and are now.
                    None => Some(self.download_token(visit).await?),
                };
                return Ok(Finished { signed, download });
            }
            // A timeout is as good as a word: it is looked again.
            let _ = tokio::time::timeout(LOOK_AGAIN, ended).await;
        }
    }

    async fn download_token(&self, visit: &Visit) -> Result<String, Error> {
        debug_assert!(matches!(visit.kind, VisitKind::Sign { .. }));
        let (scope, recipient) = (&visit.scope, visit.recipient);
        self.store()
            .write(move |tx| {
                Box::pin(async move { self.new_link(tx, scope, recipient, LinkPurpose::Download).await })
            })
            .await
    }
}

/// Whether everybody else has signed.
fn is_last(state: &Envelope, recipient: u16) -> bool {
    let done =
        |number: u16, part: &Part| number == recipient || matches!(part, Part::Copy | Part::Signed { .. });
    state.status.progress().is_some_and(|it| (1..).zip(&it.parts).all(|(number, part)| done(number, part)))
}
