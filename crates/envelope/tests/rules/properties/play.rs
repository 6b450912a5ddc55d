//! Whole histories from random moves: anybody asks anything at any time, workers do their homework late, twice, or on
//! a head that has moved.

use crate::given::*;
use envelope::commands::record_act::RecordAct;
use envelope::commands::record_fill::RecordFill;
use envelope::commands::record_seal::RecordSeal;
use envelope::commands::send::SendEnvelope;
use envelope::commands::sign::Sign;
use envelope::{
    ActKind, Command, Context, Digest, Draft, Envelope, NewRevision, Part, Recorded, Status, decide,
};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One thing that is asked.
#[derive(Clone, Debug)]
pub enum Move {
    Send,
    Revise,
    /// One of those whose turn it is does what comes next.
    Proceed(usize),
    IssueLink(u16),
    Open(u16),
    Consent(u16),
    /// Finish; with a stale revision when told so.
    Sign(u16, bool),
    Decline(u16),
    Cancel,
    Expire,
    /// A worker has carried out one of the acts that wait; on a moved head when told so.
    RecordAct(usize, bool),
    RecordSeal(bool),
    RecordAuditTrail,
    RecordMessage(u16),
    RecordRefusedMessage(u16),
    Wait(u16),
    ExpireInTheEnd,
}

/// Some moves. Most of them lead on, so that many envelopes come far; the others are anybody's, at any time.
pub fn moves() -> impl Strategy<Value = Vec<Move>> {
    let who = || 0u16..=5;
    let stale = || prop::bool::weighted(0.1);
    let one = prop_oneof![
        20 => (0usize..4).prop_map(Move::Proceed),
        10 => (0usize..4, stale()).prop_map(|(which, stale)| Move::RecordAct(which, stale)),
        5 => stale().prop_map(Move::RecordSeal),
        5 => Just(Move::Send),
        1 => Just(Move::Revise),
        1 => who().prop_map(Move::IssueLink),
        2 => who().prop_map(Move::Open),
        2 => who().prop_map(Move::Consent),
        4 => (who(), stale()).prop_map(|(who, stale)| Move::Sign(who, stale)),
        2 => who().prop_map(Move::Decline),
        1 => prop::bool::weighted(0.3).prop_map(|really| if really { Move::Cancel } else { Move::Send }),
        1 => Just(Move::Expire),
        1 => Just(Move::RecordAuditTrail),
        1 => who().prop_map(Move::RecordMessage),
        1 => who().prop_map(Move::RecordRefusedMessage),
        1 => (0u16..1000).prop_map(Move::Wait),
    ];
    prop::collection::vec(one, 0..80)
}

/// An envelope and all that has happened to it.
#[derive(Clone, Debug)]
pub struct History {
    pub events: Vec<Recorded>,
    pub state: Envelope,
    pub now: Timestamp,
    /// The visit in which each recipient asks.
    pub visits: BTreeMap<u16, u16>,
    revisions: u16,
}

impl History {
    /// A draft.
    pub fn begin(draft: Draft) -> Self {
        let now = time(NOW);
        let decision = decide(None, &create(draft), &Context::at(now)).expect("the draft is right");
        let events: Vec<Recorded> =
            decision.events.into_iter().map(|event| Recorded { at: now, event }).collect();
        let state = Envelope::fold(&events).expect("it begins with the making");
        Self { events, state, now, visits: BTreeMap::new(), revisions: 10_000 }
    }

    /// Asks one thing; what is refused changes nothing.
    pub fn play(&mut self, asked: &Move) {
        self.now += 1.second();
        let command = match asked {
            Move::Send => {
                let revisions = prepared(&self.state.draft);
                Command::Send(SendEnvelope { version: self.state.version, revisions })
            }
            Move::Revise => {
                let title = format!("Version {}", self.state.version);
                revise(self.state.version, Draft { title, ..self.state.draft.clone() })
            }
            Move::Proceed(which) => {
                let Some(command) = self.proceed(*which) else { return };
                command
            }
            Move::IssueLink(who) => issue_link(*who),
            Move::Open(who) => open(*who),
            Move::Consent(who) => consent(*who),
            Move::Sign(who, stale) => self.sign(*who, *stale),
            Move::Decline(who) => decline(*who),
            Move::Cancel => cancel(),
            Move::Expire => wake(),
            Move::RecordAct(which, stale) => {
                let Some(command) = self.record_act(*which, *stale) else { return };
                command
            }
            Move::RecordSeal(stale) => {
                let documents: Vec<u16> = self.state.document_numbers().collect();
                let revisions = self.on_heads(&documents, *stale);
                Command::RecordSeal(RecordSeal { certificate: certificate(), revisions, files: vec![] })
            }
            Move::RecordAuditTrail => record_audit_trail(),
            Move::RecordMessage(who) => record_message(who.checked_sub(1)),
            Move::RecordRefusedMessage(who) => record_refused_message(who.checked_sub(1)),
            Move::Wait(hours) => {
                self.now += i64::from(*hours).hours();
                return;
            }
            Move::ExpireInTheEnd => {
                self.now += (24 * 366).hours();
                wake()
            }
        };
        self.ask(&command);
    }

    /// All the homework there is, done on the heads, until nothing waits.
    pub fn finish_what_waits(&mut self) {
        let waits = |state: &Envelope| state.status.progress().is_some_and(|it| !it.acts.is_empty());
        while waits(&self.state) {
            let before = self.events.len();
            self.play(&Move::RecordAct(0, false));
            assert!(self.events.len() > before, "the oldest act can always be recorded");
        }
        if matches!(self.state.status, Status::Finishing(_)) {
            self.play(&Move::RecordSeal(false));
            assert!(matches!(self.state.status, Status::Ended(_)), "the seal can always be recorded");
        }
    }

    fn ask(&mut self, command: &Command) {
        self.ask_in(None, command);
    }

    /// Asks in a visit.
    pub fn ask_in(&mut self, visit: Option<u16>, command: &Command) {
        let before = self.state.clone();
        let context = Context { visit, ..Context::at(self.now) };
        let decision = decide(Some(&self.state), command, &context);
        assert_eq!(before, self.state);
        for event in decision.map(|it| it.events).unwrap_or_default() {
            let recorded = Recorded { at: self.now, event };
            self.state.apply(&recorded);
            self.events.push(recorded);
        }
    }

    fn proceed(&self, which: usize) -> Option<Command> {
        let progress = self.state.status.progress()?;
        let asked =
            |who: &u16| matches!(progress.part(*who), Some(Part::Invited | Part::Opened | Part::Consented));
        let asked: Vec<u16> = self.state.recipient_numbers().filter(asked).collect();
        let who = *asked.get(which % asked.len().max(1))?;
        let agreed = progress.part(who) == Some(&Part::Consented);
        Some(if agreed { self.sign(who, false) } else { consent(who) })
    }

    pub fn sign(&self, who: u16, stale: bool) -> Command {
        let documents = self.state.documents_signed_by(who);
        let shown = documents.into_iter().map(|it| (it, if stale { digest(it) } else { self.head(it) }));
        Command::Sign(Sign { shown: shown.collect(), ..signing(who) })
    }

    fn record_act(&mut self, which: usize, stale: bool) -> Option<Command> {
        let acts = &self.state.status.progress()?.acts;
        let act = acts.get(which % acts.len().max(1))?.clone();
        let revisions = self.on_heads(&act.documents, stale);
        let recipient = act.recipient;
        Some(match act.kind {
            ActKind::Sign => {
                Command::RecordAct(RecordAct { recipient, certificate: certificate(), revisions })
            }
            ActKind::Fill => Command::RecordFill(RecordFill { recipient, revisions }),
        })
    }

    /// New revisions of these documents; with a wrong base for the last one when stale.
    fn on_heads(&mut self, documents: &[u16], stale: bool) -> Vec<NewRevision> {
        let mut made: Vec<NewRevision> = documents
            .iter()
            .map(|document| {
                self.revisions += 1;
                revision(*document, self.head(*document), digest(self.revisions))
            })
            .collect();
        if let (true, Some(last)) = (stale, made.last_mut()) {
            last.base = digest(60_000);
        }
        made
    }

    pub fn head(&self, document: u16) -> Digest {
        let head = self.state.status.progress().and_then(|progress| progress.head(document));
        head.map_or(digest(document), |head| head.digest)
    }
}
