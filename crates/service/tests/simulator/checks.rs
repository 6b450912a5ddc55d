//! What has to hold, whatever happened.

use crate::world::{Answer, Asked, World};
use envelope::{Part, Status};
use service::documents::download::Which;
use service::store::{Fault, envelopes};
use service::{Error, Service, envelope, evidence};
use std::collections::BTreeMap;
use std::io::Read;

const WAKE: &str =
    "SELECT run_at FROM jobs WHERE tenant = $1 AND kind = 'expire' AND payload LIKE '%' || $2 || '%'";
const LINKS: &str = "SELECT recipient FROM links \
    WHERE tenant = $1 AND envelope = $2 AND purpose IN ('sign', 'handed') AND ended_at IS NULL";
const LEFT: &str = "SELECT payload FROM jobs WHERE tenant = $1";

impl World<'_> {
    /// Asks for something about an envelope, and looks whether what happened is what was answered.
    pub async fn ask_about<T>(
        &mut self,
        case: usize,
        what: String,
        expected: &[&str],
        may_be_nothing: bool,
        ask: impl FnOnce(Service) -> Asked<T>,
    ) -> Result<Answer<T>, String> {
        let answer = self.ask(what, ask).await?;
        let known = self.look(case).await?;
        let new = &self.cases[case].history.told[known..];
        let kinds: Vec<&str> = new.iter().map(|it| it.kind.as_str()).collect();
        let happened = kinds.iter().any(|it| expected.contains(it));
        if new.iter().any(|it| it.at != new[0].at) {
            return Err(format!("what was asked once happened in two transactions: {kinds:?}"));
        }
        match &answer {
            Answer::Done(_) if !(happened || may_be_nothing && new.is_empty()) => {
                return Err(format!("it was acknowledged, and what happened is {kinds:?}"));
            }
            Answer::Refused(Error::AnswerWrong { .. }) if !kinds.contains(&"challenge_failed") => {
                return Err("a wrong answer was not counted".to_owned());
            }
            Answer::Refused(Error::AnswerWrong { .. }) => {}
            Answer::Refused(error @ Error::Fault(_)) => return Err(format!("it failed: {error:?}")),
            Answer::Refused(error) if !new.is_empty() => {
                return Err(format!("it was refused ({}), and {kinds:?} happened", error.code()));
            }
            Answer::None if !(happened || new.is_empty()) => {
                return Err(format!("the process stopped over it, and half of it happened: {kinds:?}"));
            }
            _ => {}
        }
        self.stands(case).await?;
        Ok(answer)
    }

    /// What holds at every moment.
    pub async fn stands(&mut self, case: usize) -> Result<(), String> {
        let (tenant, id) = (self.tenant.as_str(), self.cases[case].scope.envelope.as_str());
        let (wake, open, row) = self
            .database
            .store
            .read(move |tx| {
                Box::pin(async move {
                    let values = [tenant.into(), id.into()];
                    let mut wake = Vec::new();
                    for mut row in tx.query(WAKE, &values).await? {
                        wake.push(row.int()?);
                    }
                    let mut open = Vec::new();
                    for mut row in tx.query(LINKS, &values).await? {
                        open.push(row.int()?);
                    }
                    Ok::<_, Fault>((wake, open, envelopes::find(tx, tenant, id).await?))
                })
            })
            .await
            .map_err(|fault| format!("the store cannot be read: {fault}"))?;
        let history = &self.cases[case].history;
        let state = history.state();
        let deadline = state.next_deadline().map(|at| at.as_microsecond());
        if wake.len() != deadline.into_iter().len() || wake.iter().max() > deadline.as_ref() {
            return Err(format!("it is to be woken once, at its deadline {deadline:?}, and is at {wake:?}"));
        }
        for recipient in open {
            let recipient = u16::try_from(recipient).expect("a few");
            let progress = state.status.progress();
            let waits = progress
                .is_some_and(|it| it.ending.is_some() && matches!(state.status, Status::InProgress(_)));
            let in_turn = matches!(state.status, Status::InProgress(_))
                && progress.and_then(|it| it.part(recipient)).is_some_and(Part::may_act);
            if !in_turn && !waits {
                return Err(format!("a link of recipient {recipient} works, who has nothing to do any more"));
            }
        }
        let last = history.told.last().expect("it has begun");
        let row = row.ok_or("the envelope is in no list")?;
        let listed = (row.head_hash.as_str(), row.status.as_str(), row.title.as_str(), row.updated_at);
        let folded = (
            last.hash.as_str(),
            state.status.word(),
            state.draft.title.as_str(),
            state.updated_at.as_microsecond(),
        );
        if listed != folded {
            return Err(format!("the list says {listed:?}, and the events {folded:?}"));
        }
        let expires_at = state.status.progress().map(|it| it.expires_at.as_microsecond());
        let names_all =
            state.draft.recipients.iter().all(|it| row.search.contains(&it.email.text().to_lowercase()));
        if row.expires_at != expires_at || !names_all {
            return Err(format!("the list is behind the events: {row:?}"));
        }
        self.letters_have_a_cause().await
    }

    /// No letter left before the event that it tells of.
    async fn letters_have_a_cause(&mut self) -> Result<(), String> {
        for letter in self.letters().await? {
            if !self.letters_read.insert(letter.id) {
                continue;
            }
            let owner = letter.to == "owner@example.org";
            let caused = self.cases.iter().any(|case| {
                let state = case.history.state();
                let Some(progress) = state.status.progress() else { return false };
                let over = matches!(state.status, Status::Ended(_));
                let mut people = state.draft.recipients.iter().zip(&progress.parts);
                owner
                    || people.any(|(it, part)| {
                        let asked = *part != Part::Waiting || over;
                        it.email.text() == letter.to && (asked || it.role == envelope::Role::Host)
                    })
            });
            if !caused {
                return Err(format!("a letter to {} left, and nothing happened that it tells of", letter.to));
            }
        }
        Ok(())
    }

    /// What holds when workers have nothing left to do before the next deadline.
    pub async fn is_idle(&mut self, case: usize) -> Result<(), String> {
        let state = self.cases[case].history.state();
        match &state.status {
            Status::Draft => {}
            Status::Finishing(_) => return Err("an envelope waits for its seal for ever".to_owned()),
            Status::InProgress(progress) => {
                if let Some(act) = progress.acts.first() {
                    return Err(format!(
                        "the act of recipient {} never came into the documents",
                        act.recipient
                    ));
                }
                if progress.ending.is_some() {
                    return Err("an envelope that was to end never did".to_owned());
                }
                let vacant = state.draft.recipients.iter().any(envelope::RecipientDraft::is_vacant);
                if !vacant && !progress.parts.iter().any(Part::may_act) {
                    return Err("an envelope waits for nobody".to_owned());
                }
            }
            Status::Ended(ending) => {
                if ending.progress.is_some() && state.audit_trail.is_none() {
                    return Err("an envelope has ended without an audit trail".to_owned());
                }
            }
        }
        let letters = self.letters().await?;
        crate::owed::check(&self.cases[case].history, &letters, self.post.is_calm())
    }

    /// What holds at the end of all time.
    pub async fn is_over(&mut self, case: usize) -> Result<(), String> {
        self.is_idle(case).await?;
        let tenant = self.tenant.as_str();
        let left = self
            .database
            .store
            .read(move |tx| {
                Box::pin(async move { Ok::<_, Fault>(tx.query(LEFT, &[tenant.into()]).await?.len()) })
            })
            .await
            .map_err(|fault| format!("the jobs cannot be read: {fault}"))?;
        if left > 0 {
            return Err(format!("{left} jobs are left when all is over"));
        }
        let state = self.cases[case].history.state();
        if matches!(state.status, Status::InProgress(_) | Status::Finishing(_)) {
            return Err("an envelope is stuck: its time is over, and it has not ended".to_owned());
        }
        self.acts_happened_once(case)?;
        self.evidence_holds(case).await
    }

    fn acts_happened_once(&self, case: usize) -> Result<(), String> {
        let case = &self.cases[case];
        let count = |kind: &str, recipient: u16| {
            let of = |it: &&crate::history::Told| {
                it.kind == kind && crate::owed::recipient_of(&it.event) == Some(recipient)
            };
            case.history.told.iter().filter(of).count()
        };
        for (recipient, kind) in &case.told {
            let happened = count(kind, *recipient)
                + if *kind == "filling_intended" { count("recipient_filled", *recipient) } else { 0 };
            if happened == 0 {
                return Err(format!(
                    "recipient {recipient} was told that they have acted, and nothing is written of it"
                ));
            }
        }
        for recipient in case.history.state().recipient_numbers() {
            let (meant, signed) =
                (count("signing_intended", recipient), count("recipient_signed", recipient));
            if meant != signed || meant > 1 {
                return Err(format!(
                    "recipient {recipient} meant to sign {meant} times and signed {signed} times"
                ));
            }
            let (meant, filled) =
                (count("filling_intended", recipient), count("recipient_filled", recipient));
            if meant > filled || filled > 1 {
                return Err(format!(
                    "recipient {recipient} finished {meant} times and filled {filled} times"
                ));
            }
        }
        Ok(())
    }

    /// The evidence verifies, with the documents that came out, and each of these carries every signature.
    async fn evidence_holds(&self, case: usize) -> Result<(), String> {
        let broken = |what: &str, error: &dyn std::fmt::Debug| format!("{what}: {error:?}");
        let (scope, history) = (&self.cases[case].scope, &self.cases[case].history);
        let state = history.state();
        let file = self.service.evidence_file(scope).await.map_err(|error| broken("no evidence", &error))?;
        let mut signatures: BTreeMap<u16, usize> = BTreeMap::new();
        for told in &history.told {
            if let envelope::Event::RecipientSigned { revisions, .. }
            | envelope::Event::EnvelopeSealed { revisions, .. } = &told.event
            {
                for revision in revisions {
                    *signatures.entry(revision.document).or_default() += 1;
                }
            }
        }
        let made = history.told.iter().any(|it| it.kind == "recipient_signed");
        if state.shelf == envelope::Shelf::Deleted && made {
            for number in state.document_numbers().filter(|it| signatures.contains_key(it)) {
                if self.service.document(scope, number, Which::Head).await.is_ok() {
                    return Err("the documents of a deleted envelope are still there".to_owned());
                }
            }
        }
        let mut documents = Vec::new();
        if state.status.progress().is_some() && state.shelf != envelope::Shelf::Deleted {
            for number in state.document_numbers() {
                let download = self.service.document(scope, number, Which::Head).await;
                let download = download.map_err(|error| broken("a document is lost", &error))?;
                let mut bytes = Vec::new();
                for piece in &download.pieces {
                    bytes.extend(
                        std::fs::read(piece.path()).map_err(|error| broken("a piece is lost", &error))?,
                    );
                }
                documents.push((number, bytes));
            }
        }
        let mut readers: Vec<&[u8]> = documents.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let mut pdfs: Vec<(&str, &mut dyn Read)> =
            readers.iter_mut().map(|reader| ("document", reader as &mut dyn Read)).collect();
        let report = evidence::check(file.as_bytes(), &mut pdfs)
            .map_err(|error| broken("the evidence fails", &error))?;
        for ((number, _), pdf) in documents.iter().zip(&report.pdfs) {
            let expected = signatures.get(number).copied().unwrap_or_default();
            if pdf.event_heads.len() != expected {
                return Err(format!(
                    "document {number} carries {} signatures of {expected}",
                    pdf.event_heads.len()
                ));
            }
        }
        Ok(())
    }
}
