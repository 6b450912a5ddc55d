//! Everything that can be asked about people: recipients of every role prove themselves, act and stay away, senders
//! change their minds, and time passes.

use super::play::{History, Move};
use crate::given::*;
use envelope::commands::approve::Approve;
use envelope::commands::finish_filling::FinishFilling;
use envelope::commands::hand_over::{HandOverAsker, HandOverEnvelope};
use envelope::commands::set_authentication::SetAuthentication;
use envelope::{
    Arrival, Command, Completion, Context, DeclineEnds, Delegation, Draft, Event, FieldDraft, FieldKind,
    Method, Part, Placeholders, RecipientDraft, Reminders, Role, Rules, Sender, Shelf, StepLimit,
};
use jiff::ToSpan;
use proptest::prelude::*;

/// One thing that is asked of an envelope that runs.
#[derive(Clone, Debug)]
pub enum Deed {
    /// One of those whose turn it is does what comes next.
    Advance(usize),
    /// Anybody tries to act without a visit.
    Intrude(u16, u8),
    Begin(u16),
    Answer(u16, bool),
    /// Five wrong answers.
    Guess(u16),
    ForgetVisit(u16),
    Unlock(u16),
    Withdraw(usize),
    Decline(usize),
    Delegate(usize),
    AnswerDelegations(bool),
    Replace(u16),
    Correct(u16),
    /// Another chain of methods.
    Settle(u16, u8),
    Remove(u16),
    Remind(Option<u16>),
    InviteAgain(u16),
    Extend(u16),
    Shelve(Shelf),
    HandOver,
    Bounce(u16),
    Hours(u8),
    SleepUntilDeadline,
    Other(Move),
}

/// Some deeds, most of which lead on.
pub fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let who = || 0u16..=6;
    let shelf = prop::sample::select(vec![Shelf::Desk, Shelf::Archive, Shelf::Trash, Shelf::Deleted]);
    let people = prop_oneof![
        2 => (who(), 0u8..9).prop_map(|(who, what)| Deed::Intrude(who, what)),
        2 => who().prop_map(Deed::Begin),
        3 => (who(), prop::bool::weighted(0.3)).prop_map(|(who, right)| Deed::Answer(who, right)),
        2 => who().prop_map(Deed::Guess),
        1 => who().prop_map(Deed::ForgetVisit),
        3 => who().prop_map(Deed::Unlock),
        3 => (0usize..4).prop_map(Deed::Withdraw),
        2 => (0usize..4).prop_map(Deed::Decline),
        4 => (0usize..4).prop_map(Deed::Delegate),
        6 => any::<bool>().prop_map(Deed::AnswerDelegations),
        2 => who().prop_map(Deed::Replace),
        1 => who().prop_map(Deed::Correct),
        1 => (who(), 0u8..6).prop_map(|(who, which)| Deed::Settle(who, which)),
        1 => who().prop_map(Deed::Remove),
    ];
    let sender = prop_oneof![
        1 => prop::option::of(who()).prop_map(Deed::Remind),
        1 => who().prop_map(Deed::InviteAgain),
        1 => (0u16..60).prop_map(Deed::Extend),
        1 => shelf.prop_map(Deed::Shelve),
        1 => Just(Deed::HandOver),
        1 => who().prop_map(Deed::Bounce),
        2 => (0u8..100).prop_map(Deed::Hours),
        1 => Just(Deed::SleepUntilDeadline),
        1 => Just(Deed::Other(Move::Expire)),
        1 => Just(Deed::Other(Move::RecordAuditTrail)),
        1 => prop::bool::weighted(0.2).prop_map(|really| Deed::Other(if really { Move::Cancel } else { Move::Send })),
    ];
    let one = prop_oneof![
        30 => (0usize..4).prop_map(Deed::Advance),
        10 => (0usize..4, prop::bool::weighted(0.1))
            .prop_map(|(which, stale)| Deed::Other(Move::RecordAct(which, stale))),
        3 => Just(Deed::Other(Move::RecordSeal(false))),
        15 => people,
        5 => sender,
    ];
    prop::collection::vec(one, 0..100)
}

fn chain(which: u8) -> Vec<Method> {
    match which {
        0 => vec![pin()],
        1 => vec![Method::EmailCode],
        2 => vec![secret(), pin()],
        3 => vec![Method::EmailLink, Method::EmailCode, Method::Totp],
        _ => Vec::new(),
    }
}

/// One recipient: role, step, chain, optional, vacant, handed over.
type Shape = (usize, u16, u8, bool, bool, bool);

fn recipient(number: u16, shape: Shape, first_step: u16, host: u16) -> RecipientDraft {
    let (role, step, which, optional, is_vacant, handed) = shape;
    let role = Role::ALL[role];
    let name = format!("Person{number}");
    let base = if is_vacant { vacant(&name, step) } else { signer(&name, step) };
    let role = match role {
        Role::Host => Role::Signer,
        Role::Witness if step <= first_step => Role::Approver,
        other => other,
    };
    RecipientDraft {
        role,
        authentication: chain(which),
        optional,
        arrival: if handed { Arrival::Handed } else { Arrival::Mail },
        host: (role == Role::InPersonSigner).then_some(host),
        witness_of: (role == Role::Witness).then_some(1),
        mandate: (role == Role::AutomaticSigner).then(|| "Power".to_owned()),
        ..base
    }
}

prop_compose! {
    /// A required signer and up to four others of any role, with their host, under any rules of completion.
    pub fn parties()(
        first in (1u16..=2, 0u8..6),
        others in prop::collection::vec(
            (0usize..9, 1u16..=3, 0u8..8, any::<bool>(), prop::bool::weighted(0.15), prop::bool::weighted(0.2)), 0..=4),
        completion in prop::sample::select(vec![
            Completion::All, Completion::Required, Completion::AnyOfStep, Completion::AnyOfDocument]),
        delegation in prop::sample::select(vec![Delegation::Refused, Delegation::WithConsent, Delegation::Free]),
        tolerant in any::<bool>(),
        vacant_host in prop::bool::weighted(0.2),
        reminding in any::<bool>(),
        limited in prop::bool::weighted(0.2),
    ) -> Draft {
        let host = u16::try_from(others.len() + 2).unwrap_or(2);
        let mut recipients = vec![recipient(1, (0, first.0, first.1, false, false, false), first.0, host)];
        recipients.extend((2..).zip(others).map(|(number, shape)| recipient(number, shape, first.0, host)));
        let hal = if vacant_host { vacant("Notary", 1) } else { signer("Hal", 1) };
        recipients.push(RecipientDraft { role: Role::Host, ..hal });
        let mut draft = people(recipients);
        let fillers: Vec<u16> = (1..).zip(&draft.recipients)
            .filter(|(number, it)| it.role == Role::Filler && number % 2 == 0).map(|(number, _)| number).collect();
        for number in fillers {
            let text = field(&format!("text-{number}"), FieldKind::Text, number);
            draft.fields.push(FieldDraft { required: false, ..text });
        }
        let decline_ends = if tolerant { DeclineEnds::Recipient } else { DeclineEnds::Envelope };
        let placeholders = Placeholders::Turn;
        let rules = Rules { completion, delegation, decline_ends, placeholders, ..Rules::default() };
        let reminders = Reminders { first_after_days: 2, every_days: 3, before_expiry_days: vec![1], hour: None };
        Draft {
            rules,
            reminders: if reminding { reminders } else { Reminders::default() },
            step_limits: if limited { vec![StepLimit { step: 1, days: 4 }] } else { Vec::new() },
            ..draft
        }
    }
}

impl History {
    /// Asks one thing; what is refused changes nothing.
    pub fn deed(&mut self, deed: &Deed) {
        self.now += 1.second();
        match deed {
            Deed::Advance(which) => self.advance(*which),
            Deed::Intrude(who, what) => {
                let command = self.intrusion(*who, *what);
                self.ask_in(None, &command);
            }
            Deed::Begin(who) => self.in_visit(*who, |_, method| begin(*who, method)),
            Deed::Answer(who, true) => self.in_visit(*who, |_, method| answer(*who, method)),
            Deed::Answer(who, false) => self.in_visit(*who, |_, method| wrong(*who, method)),
            Deed::Guess(who) => {
                self.in_visit(*who, |_, method| begin(*who, method));
                for _ in 0..5 {
                    self.in_visit(*who, |_, method| wrong(*who, method));
                }
            }
            Deed::ForgetVisit(who) => {
                self.visits.remove(who);
            }
            Deed::Withdraw(which) => self.own(*which, withdraw),
            Deed::Decline(which) => self.own(*which, decline),
            Deed::Delegate(which) => self.own(*which, delegate),
            Deed::Unlock(who) => self.ask_in(None, &unlock(*who)),
            Deed::AnswerDelegations(accept) => {
                for who in self.state.recipient_numbers() {
                    self.ask_in(None, &answer_delegation(who, *accept));
                }
            }
            Deed::Replace(who) => self.ask_in(None, &replace(*who)),
            Deed::Correct(who) => {
                let address = format!("x{}@example.org", self.events.len());
                self.ask_in(None, &correct(*who, &address));
            }
            Deed::Settle(recipient, which) => {
                let (recipient, authentication) = (*recipient, chain(*which));
                let set = SetAuthentication { recipient, authentication, arrival: None };
                self.ask_in(None, &Command::SetAuthentication(set));
            }
            Deed::Remove(who) => self.ask_in(None, &remove(*who)),
            Deed::Remind(who) => self.ask_in(None, &remind(*who)),
            Deed::InviteAgain(who) => self.ask_in(None, &invite_again(*who)),
            Deed::Extend(days) => self.ask_in(None, &extend(*days)),
            Deed::Shelve(shelf) => self.ask_in(None, &shelve(*shelf)),
            Deed::HandOver => {
                let to = Sender { user: format!("usr_{}", self.events.len()), ..sender() };
                self.ask_in(
                    None,
                    &Command::HandOver(HandOverEnvelope { to, asked_by: HandOverAsker::ForTheTenant }),
                );
            }
            Deed::Bounce(who) => self.ask_in(None, &bounce(Some(*who), true)),
            Deed::Hours(hours) => self.now += i64::from(*hours).hours(),
            Deed::SleepUntilDeadline => {
                self.now = self.state.next_deadline().map_or(self.now, |at| at.max(self.now));
                self.ask_in(None, &wake());
            }
            Deed::Other(it) => self.play(it),
        }
    }

    /// What is asked of this recipient next, in the visit that they have; a visit begins with it.
    fn in_visit(&mut self, who: u16, command: impl Fn(&Self, envelope::MethodKind) -> Command) {
        let visit = self.visits.get(&who).copied();
        let context = Context { visit, ..Context::at(self.now) };
        let Some(method) = self.state.asked_of(who, &context).map(|it| it.method.kind()) else { return };
        let before = self.events.len();
        self.ask_in(visit, &command(self, method));
        for recorded in &self.events[before..] {
            if let Event::ChallengeIssued { visit, .. }
            | Event::ChallengePassed { visit, .. }
            | Event::ChallengeFailed { visit, .. } = recorded.event
            {
                self.visits.insert(who, visit);
            }
        }
    }

    /// One of those whose turn it is.
    fn in_turn(&self, which: usize) -> Option<u16> {
        let progress = self.state.status.progress()?;
        let may_act = |who: &u16| progress.part(*who).is_some_and(Part::may_act);
        let asked: Vec<u16> = self.state.recipient_numbers().filter(may_act).collect();
        asked.get(which % asked.len().max(1)).copied()
    }

    /// One of those whose turn it is asks for something else than to go on.
    fn own(&mut self, which: usize, command: impl Fn(u16) -> Command) {
        let Some(who) = self.in_turn(which) else { return };
        self.ask_in(self.visits.get(&who).copied(), &command(who));
    }

    fn advance(&mut self, which: usize) {
        let Some(who) = self.in_turn(which) else { return };
        let part = self.state.status.progress().and_then(|progress| progress.part(who));
        let agreed = part == Some(&Part::Consented);
        let visit = self.visits.get(&who).copied();
        let context = Context { visit, ..Context::at(self.now) };
        match self.state.asked_of(who, &context) {
            Some(asked) if asked.method.kind().is_begun() && asked.code_sent_at.is_none() => {
                self.in_visit(who, |_, method| begin(who, method));
            }
            Some(_) => self.in_visit(who, |_, method| answer(who, method)),
            None if !agreed => self.ask_in(visit, &consent(who)),
            None => self.ask_in(visit, &self.act(who)),
        }
    }

    /// What the role of this recipient does.
    fn act(&self, who: u16) -> Command {
        let shown = [(1, self.head(1))].into();
        match self.state.recipient(who).map(|it| it.role) {
            Some(Role::Filler) => Command::FinishFilling(FinishFilling { shown, ..filling(who) }),
            Some(Role::Approver | Role::Viewer) => Command::Approve(Approve { recipient: who, shown }),
            _ => self.sign(who, false),
        }
    }

    fn intrusion(&self, who: u16, what: u8) -> Command {
        match what {
            0 => open(who),
            1 => consent(who),
            2 => decline(who),
            3 => fill(who, []),
            4 => delegate(who),
            5 => self.sign(who, false),
            _ => self.act(who),
        }
    }
}
