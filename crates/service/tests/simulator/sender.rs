//! What senders do.

use crate::drafts;
use crate::world::{Answer, Asked, Case, World};
use envelope::commands::{
    answer_delegation::AnswerDelegation,
    correct_recipient::CorrectRecipient,
    extend::ExtendEnvelope,
    hand_over::{HandOverAsker, HandOverEnvelope},
    lift_lock::LiftLock,
    record_bounce::RecordBounce,
    remind::Remind,
    remove_recipient::RemoveRecipient,
    repeat_invitation::RepeatInvitation,
    replace_recipient::ReplaceRecipient,
    shelve::ShelveEnvelope,
};
use envelope::{Command, Expiry, Sender, Shelf, Status};
use service::envelopes::{Asking, DraftInput, EnvelopeView};
use service::{Error, Scope, Service, envelope};
use std::collections::BTreeMap;

/// The move that lets somebody who is locked out try again.
const LIFT: usize = 9;

impl World<'_> {
    /// Makes a draft.
    pub async fn create(&mut self) -> Result<(), String> {
        let input = drafts::draft(&mut self.chance, &self.upload);
        let (tenant, actor, sender) = (self.tenant.clone(), self.actor.clone(), self.sender.clone());
        let (test, kept) = (self.test, input.clone());
        let ask = move |service: Service| -> Asked<EnvelopeView> {
            Box::pin(async move {
                let webhooks = Vec::new();
                let asking = Asking {
                    tenant: &tenant,
                    mode: None,
                    test,
                    actor: &actor,
                    sender,
                    webhooks,
                    reply: None,
                };
                service.create_envelope(asking, input).await
            })
        };
        match self.ask("create".to_owned(), ask).await? {
            Answer::Done(view) => {
                self.note(&format!(": {} for {}", view.id, people(&kept)));
                let scope = Scope { tenant: self.tenant.clone(), envelope: view.id, mode: None };
                self.cases.push(Case {
                    scope,
                    history: Default::default(),
                    handed: Vec::new(),
                    visits: BTreeMap::new(),
                    told: Vec::new(),
                });
                let case = self.cases.len() - 1;
                self.look(case).await?;
                match self.cases[case].history.told.as_slice() {
                    [only] if only.kind == "envelope_created" => Ok(()),
                    _ => Err("a draft that was acknowledged is not there".to_owned()),
                }
            }
            // Its bytes went with the last envelope made of it.
            Answer::Refused(error) if error.findings().iter().any(|it| it.code == "upload_unknown") => {
                self.upload = World::uploaded(&self.service, &self.tenant).await?;
                self.note(", and uploaded again");
                Ok(())
            }
            Answer::Refused(error) => Err(format!("a draft was refused: {error}: {:?}", error.findings())),
            Answer::None => Ok(()),
        }
    }

    /// One thing that the sender does about an envelope.
    pub async fn sender_acts(&mut self, case: usize) -> Result<(), String> {
        let state = self.cases[case].history.state();
        let recipients = i64::try_from(state.draft.recipients.len()).expect("a few");
        let draft = state.status == Status::Draft;
        let people = state.status.progress().map_or(&[][..], |it| it.people.as_slice());
        let locked = people.iter().position(|it| it.lock.is_some());
        let mut recipient = u16::try_from(self.chance.between(1, recipients)).expect("a few");
        let mut what = self.chance.below(19);
        if let Some(locked) = locked
            && self.chance.percent(50)
        {
            (recipient, what) = (u16::try_from(locked + 1).expect("a few"), LIFT);
        }
        if draft && self.chance.percent(70) {
            return self.send(case).await;
        }
        if draft && self.chance.percent(60) {
            return self.revise(case).await;
        }
        let (command, expected): (Command, &[&str]) = match what {
            0 => (Command::Remind(Remind { recipient: None }), &["recipients_reminded"]),
            1 => (Command::Remind(Remind { recipient: Some(recipient) }), &["recipients_reminded"]),
            2 => (Command::RepeatInvitation(RepeatInvitation { recipient }), &["invitation_repeated"]),
            3 | 4 => {
                let phone = String::new();
                let email = drafts::address(&mut self.chance);
                let name = "Grace Hopper".to_owned();
                let new = ReplaceRecipient { recipient, name, email, phone, language: None };
                (Command::Replace(new), &["recipient_replaced"])
            }
            5 => {
                let email = drafts::address(&mut self.chance);
                let correct = CorrectRecipient { recipient, email, phone: String::new() };
                (Command::Correct(correct), &["recipient_corrected"])
            }
            6 => (Command::Remove(RemoveRecipient { recipient }), &["recipient_removed"]),
            7 | 8 => {
                let days = u16::try_from(self.chance.between(1, 4)).expect("a few");
                (Command::Extend(ExtendEnvelope { expiry: Expiry::Days(days) }), &["expiry_extended"])
            }
            LIFT | 10 => (Command::LiftLock(LiftLock { recipient }), &["recipient_unlocked"]),
            11 | 12 => {
                let accept = self.chance.percent(60);
                let answer = AnswerDelegation { recipient, accept };
                (Command::AnswerDelegation(answer), &["recipient_replaced", "delegation_refused"])
            }
            13 => {
                let shelf = [Shelf::Archive, Shelf::Trash, Shelf::Desk, Shelf::Deleted][self.chance.below(4)];
                (Command::Shelve(ShelveEnvelope { shelf }), &["envelope_shelved"])
            }
            14 => {
                let to = Sender { name: "Heir".into(), ..self.sender.clone() };
                let asked_by = HandOverAsker::ForTheTenant;
                (Command::HandOver(HandOverEnvelope { to, asked_by }), &["envelope_handed_over"])
            }
            15 => {
                let message = "<bounced@example.org>".to_owned();
                let permanent = self.chance.percent(70);
                let bounce = RecordBounce {
                    recipient: Some(recipient),
                    message,
                    permanent,
                    status: "5.1.1".to_owned(),
                    destination: String::new(),
                };
                (Command::RecordBounce(bounce), &["message_bounced"])
            }
            16 | 17 => return self.hand_out(case, recipient).await,
            _ => return self.cancel(case).await,
        };
        // What stands already is not told again.
        let nothing = matches!(command, Command::Shelve(_) | Command::HandOver(_) | Command::RecordBounce(_));
        let what =
            format!("sender asks {} of {case}", format!("{command:?}").split(' ').next().unwrap_or(""));
        let (scope, actor) = (self.cases[case].scope.clone(), self.actor.clone());
        let ask = move |service: Service| -> Asked<EnvelopeView> {
            Box::pin(async move { service.ask(&scope, &actor, command).await })
        };
        self.ask_about(case, format!("{what} recipient {recipient}"), expected, nothing, ask).await.map(drop)
    }

    async fn send(&mut self, case: usize) -> Result<(), String> {
        let (scope, actor) = (self.cases[case].scope.clone(), self.actor.clone());
        let ask = move |service: Service| -> Asked<EnvelopeView> {
            Box::pin(async move { service.send_envelope(&scope, &actor).await })
        };
        let answer = self.ask_about(case, format!("send {case}"), &["envelope_sent"], false, ask).await?;
        if let Answer::Refused(error @ Error::Refused(_)) = &answer {
            let codes: Vec<&str> = error.findings().iter().map(|it| it.code).collect();
            self.note(&format!(" {codes:?}"));
        }
        Ok(())
    }

    async fn revise(&mut self, case: usize) -> Result<(), String> {
        let input = drafts::draft(&mut self.chance, &self.upload);
        let what = format!("revise {case} for {}", people(&input));
        let (scope, actor) = (self.cases[case].scope.clone(), self.actor.clone());
        let ask = move |service: Service| -> Asked<EnvelopeView> {
            Box::pin(async move { service.revise_draft(&scope, &actor, None, input).await })
        };
        self.ask_about(case, what, &["draft_revised"], true, ask).await.map(drop)
    }

    async fn cancel(&mut self, case: usize) -> Result<(), String> {
        let (scope, actor) = (self.cases[case].scope.clone(), self.actor.clone());
        let ask = move |service: Service| -> Asked<EnvelopeView> {
            Box::pin(async move { service.cancel_envelope(&scope, &actor, "It came to nothing.").await })
        };
        let expected = ["cancel_requested", "envelope_cancelled"];
        self.ask_about(case, format!("cancel {case}"), &expected, false, ask).await.map(drop)
    }

    /// A link that the sender's program takes a person to.
    async fn hand_out(&mut self, case: usize, recipient: u16) -> Result<(), String> {
        let (scope, actor) = (self.cases[case].scope.clone(), self.actor.clone());
        let ask = move |service: Service| -> Asked<String> {
            Box::pin(async move { service.signing_link(&scope, &actor, recipient).await })
        };
        let what = format!("hand out a link of {case} recipient {recipient}");
        if let Answer::Done(url) = self.ask_about(case, what, &["link_issued"], false, ask).await? {
            let token = url.rsplit('/').next().unwrap_or_default().to_owned();
            self.cases[case].handed.push((token, recipient));
        }
        Ok(())
    }
}

fn people(input: &DraftInput) -> String {
    let one = |it: &service::envelopes::RecipientInput| {
        let chain: Vec<&str> = it.draft.authentication.iter().map(|it| it.kind().word()).collect();
        format!("{}@{}{chain:?}", it.draft.role.word(), it.draft.step)
    };
    let all: Vec<String> = input.recipients.iter().map(one).collect();
    let rules = input.rules.clone().unwrap_or_default();
    format!("{} ({:?}, {:?})", all.join(" "), rules.completion, rules.delegation)
}
