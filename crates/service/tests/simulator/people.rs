//! What recipients do with the letters they got.

use crate::drafts::{self, ANSWER, MEANING, PIN};
use crate::world::{Answer, Asked, World};
use envelope::{FieldId, FieldKind, MethodKind, Role};
use service::ceremony::{
    Admission, AdoptedInk, CeremonyState, CeremonyView, Challenge, FinishInput, Finished, Visit, Visitor,
};

use service::{Error, Service, envelope};
use std::collections::BTreeMap;

impl World<'_> {
    /// Somebody follows a link that they got, new or old, and does what the page lets them do, or tries something else.
    pub async fn recipient_acts(&mut self) -> Result<(), String> {
        let mut tokens: Vec<(String, String)> = Vec::new();
        for letter in self.letters().await? {
            tokens.extend(letter.token().map(|token| (token.to_owned(), letter.to.clone())));
        }
        for case in &self.cases {
            tokens.extend(case.handed.iter().map(|(token, number)| (token.clone(), format!("#{number}"))));
        }
        // Most people take the newest letter; some find an old one.
        let newest = tokens.len().saturating_sub(3);
        let from = if self.chance.percent(60) { newest } else { 0 };
        let Some((token, to)) = self.chance.pick(&tokens[from..]).cloned() else { return Ok(()) };
        let known = self.cases.iter().find_map(|it| it.visits.get(&token)).cloned();
        let visitor =
            Visitor { address: "198.51.100.7".to_owned(), user_agent: "Simulator".to_owned(), visit: known };
        let visit = match self.service.visit(&token, visitor).await {
            Ok(visit) => visit,
            Err(error) => return Err(format!("the link in a letter to {to} leads nowhere: {error:?}")),
        };
        let view = self.service.ceremony(&visit).await.map_err(|error| format!("a page fails: {error:?}"))?;
        let case = self.cases.iter().position(|it| it.history.state.as_ref() == Some(&view.envelope));
        // An envelope whose creation was never acknowledged is nobody's here, and it was never sent.
        let Some(case) = case else {
            return Err("a link leads to an envelope that is not what its events say".to_owned());
        };
        self.act(case, token, visit, view).await
    }

    async fn act(
        &mut self,
        case: usize,
        token: String,
        visit: Visit,
        view: CeremonyView,
    ) -> Result<(), String> {
        let who = format!("recipient {} of {case}", view.recipient);
        match (view.state, view.challenge.clone()) {
            (CeremonyState::Challenge, Some(challenge)) => {
                self.prove(case, token, visit, &view, challenge).await
            }
            (CeremonyState::Ready, Some(challenge)) if self.chance.percent(80) => {
                self.prove(case, token, visit, &view, challenge).await
            }
            (CeremonyState::Consent, _) => {
                let what = format!("{who} consents");
                let version = view.consent.version.clone();
                let ask = move |service: Service| -> Asked<CeremonyView> {
                    Box::pin(async move { service.consent(&visit, &version).await })
                };
                self.ask_about(case, what, &["consent_given"], true, ask).await.map(drop)
            }
            (CeremonyState::Ready, _) => match self.chance.below(20) {
                0 => self.decline(case, visit, &who).await,
                1 | 2 => self.delegate(case, visit, &who).await,
                3 => {
                    let ask = move |service: Service| -> Asked<CeremonyView> {
                        Box::pin(async move { service.withdraw_consent(&visit).await })
                    };
                    let what = format!("{who} withdraws consent");
                    self.ask_about(case, what, &["consent_withdrawn"], false, ask).await.map(drop)
                }
                4..=6 => {
                    let values = self.values(&view);
                    let ask = move |service: Service| -> Asked<()> {
                        Box::pin(async move { service.fill(&visit, values).await })
                    };
                    self.ask_about(case, format!("{who} fills"), &["fields_filled"], true, ask)
                        .await
                        .map(drop)
                }
                _ => self.finish(case, visit, &view).await,
            },
            (CeremonyState::Download | CeremonyState::ExpiredLink, _) => {
                let ask = move |service: Service| -> Asked<()> {
                    Box::pin(async move { service.renew_download_link(&visit).await })
                };
                self.ask_about(case, format!("{who} renews a link"), &[], true, ask).await.map(drop)
            }
            // Nothing is to be done there, and some try all the same.
            _ if self.chance.percent(50) => self.finish(case, visit, &view).await,
            _ => self.decline(case, visit, &who).await,
        }
    }

    async fn prove(
        &mut self,
        case: usize,
        token: String,
        visit: Visit,
        view: &CeremonyView,
        challenge: Challenge,
    ) -> Result<(), String> {
        let method = challenge.method;
        let who = format!("recipient {} of {case}", view.recipient);
        let begin = method.sends_code() && (challenge.code_sent_at.is_none() || self.chance.percent(10));
        let answer = if begin {
            let ask = move |service: Service| -> Asked<Admission> {
                Box::pin(async move { service.begin_challenge(&visit, method).await })
            };
            self.ask_about(case, format!("{who} asks for a code"), &["challenge_issued"], false, ask).await?
        } else {
            let right = self.chance.percent(85);
            let said = self.said(view, method, right).await?;
            let ask = move |service: Service| -> Asked<Admission> {
                Box::pin(async move { service.answer_challenge(&visit, method, &said).await })
            };
            let what = format!("{who} answers {} {}", method.word(), if right { "right" } else { "wrong" });
            let expected = ["challenge_passed", "challenge_failed"];
            let answer = self.ask_about(case, what, &expected, false, ask).await?;
            let knows = matches!(method, MethodKind::Pin | MethodKind::Secret);
            if let (true, true, Answer::Refused(Error::AnswerWrong { .. })) = (right, knows, &answer) {
                return Err("a right answer was taken for a wrong one".to_owned());
            }
            if let (false, Answer::Done(_)) = (right, &answer) {
                return Err("a wrong answer was taken for a right one".to_owned());
            }
            answer
        };
        if let Answer::Done(Admission { visit: Some(begun), .. }) = answer {
            self.cases[case].visits.insert(token, begun);
        }
        Ok(())
    }

    async fn said(&self, view: &CeremonyView, method: MethodKind, right: bool) -> Result<String, String> {
        Ok(match method {
            _ if !right => "000000001".to_owned(),
            MethodKind::Pin => PIN.to_owned(),
            MethodKind::Secret => ANSWER.to_uppercase(),
            _ => {
                let email = view.envelope.recipient(view.recipient).map_or("", |it| it.email.text());
                let letters = self.letters().await?;
                let mut codes =
                    letters.iter().rev().filter(|it| it.to == email).filter(|it| it.token().is_none());
                codes.find_map(crate::post::Letter::code).unwrap_or_default()
            }
        })
    }

    fn values(&mut self, view: &CeremonyView) -> BTreeMap<FieldId, String> {
        let mut values = BTreeMap::new();
        for field in view.envelope.fields_of(view.recipient) {
            let value = match field.kind {
                FieldKind::Text => format!("about {}", self.chance.below(50)),
                FieldKind::Checkbox => "true".to_owned(),
                _ => continue,
            };
            values.insert(field.id.clone(), value);
        }
        values
    }

    async fn finish(&mut self, case: usize, visit: Visit, view: &CeremonyView) -> Result<(), String> {
        let mut shown = BTreeMap::new();
        let documents = view.envelope.status.progress().map_or(&[][..], |it| it.documents.as_slice());
        for (number, history) in (1u16..).zip(documents) {
            // The page may have been open for a while.
            let back = usize::from(self.chance.percent(15)).min(history.len().saturating_sub(1));
            shown.insert(number, history[history.len() - 1 - back].digest);
        }
        let input = FinishInput {
            agreed: true,
            signature: Some(AdoptedInk::Typed { text: "Ada".to_owned() }),
            initials: None,
            values: self.values(view),
            shown,
            meaning: view.envelope.draft.rules.part_11.as_ref().map(|_| MEANING.to_owned()),
        };
        let expected: &'static [&'static str] =
            match view.envelope.recipient(view.recipient).map(|it| it.role) {
                Some(Role::Approver) => &["recipient_approved"],
                Some(Role::Viewer) => &["recipient_viewed"],
                Some(Role::Filler) => &["filling_intended", "recipient_filled"],
                _ => &["signing_intended"],
            };
        let ask = move |service: Service| -> Asked<Finished> {
            Box::pin(async move { service.finish(&visit, input).await })
        };
        let what = format!("recipient {} of {case} finishes", view.recipient);
        if let Answer::Done(_) = self.ask_about(case, what, expected, false, ask).await? {
            self.cases[case].told.push((view.recipient, expected[0]));
        }
        Ok(())
    }

    async fn decline(&mut self, case: usize, visit: Visit, who: &str) -> Result<(), String> {
        let ask = move |service: Service| -> Asked<()> {
            Box::pin(async move { service.decline(&visit, "Not like this.").await })
        };
        self.ask_about(case, format!("{who} declines"), &["recipient_declined"], false, ask).await.map(drop)
    }

    async fn delegate(&mut self, case: usize, visit: Visit, who: &str) -> Result<(), String> {
        let email = drafts::address(&mut self.chance);
        let ask = move |service: Service| -> Asked<CeremonyView> {
            let (name, reason) = ("Alan Turing".to_owned(), "I am away.".to_owned());
            Box::pin(async move { service.delegate(&visit, name, email, reason).await })
        };
        self.ask_about(case, format!("{who} delegates"), &["delegation_asked"], false, ask).await.map(drop)
    }
}
