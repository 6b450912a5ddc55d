//! The address by which somebody without an account works on one draft: how long it holds, and what it lets change.

use crate::commands::{returns, turn};
use crate::decision::Context;
use crate::model::draft::{Draft, MailWishes};
use crate::model::method::{Method, MethodKind};
use crate::model::recipient::{Arrival, RecipientDraft, Returns};
use crate::model::role::Role;
use crate::refusal::{Finding, Refusal};
use crate::state::{Ending, Envelope, Shelf, Status};
use jiff::Timestamp;

/// It holds so many hours at most: 30 days.
const HOURS_MAX: u32 = 720;

/// An address as it was handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditLink {
    /// Until when it holds.
    pub expires_at: Timestamp,
    /// It was taken back, or another one was made in its place.
    pub ended: bool,
}

/// How such an address stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditStanding {
    /// The draft can be worked on.
    Open,
    /// The draft was sent, whatever became of it since.
    Sent,
    /// The draft was thrown away.
    Discarded,
    /// The address was taken back, or another one was made in its place: its holder learns nothing any more.
    Ended,
    /// Its time is over.
    Expired,
}

impl EditStanding {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Discarded => "discarded",
            Self::Ended => "ended",
            Self::Expired => "expired",
        }
    }

    /// `Ok` where the draft can be worked on.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn open(self) -> Result<(), Refusal> {
        match self {
            Self::Open => Ok(()),
            Self::Sent => Err(Refusal::AlreadySent),
            Self::Discarded => Err(Refusal::DraftDiscarded),
            Self::Ended => Err(Refusal::EditLinkEnded),
            Self::Expired => Err(Refusal::EditLinkExpired),
        }
    }
}

impl EditLink {
    /// How it stands now. It holds as long as the draft is one: what became of that is told even when its time is over,
    /// and nothing at all to whom it was taken from.
    pub fn standing(&self, state: &Envelope, now: Timestamp) -> EditStanding {
        if self.ended {
            return EditStanding::Ended;
        }
        match draft(state) {
            EditStanding::Open if now >= self.expires_at => EditStanding::Expired,
            standing => standing,
        }
    }

    /// The recipient as whom its holder goes on to sign: the one whom `is_holder` knows, where it is their turn and they
    /// are not asked by mail. Who is mailed shows by that mail that the address is theirs.
    pub fn signs_next(
        &self,
        state: &Envelope,
        context: &Context,
        is_holder: impl Fn(&RecipientDraft) -> bool,
    ) -> Option<u16> {
        if self.ended || context.now >= self.expires_at {
            return None;
        }
        let led = |number: &u16| {
            state.recipient(*number).is_some_and(|it| it.arrival != Arrival::Mail && is_holder(it))
        };
        state.recipient_numbers().filter(led).find(|number| turn::asked(state, *number, context).is_ok())
    }
}

/// Whether such an address can be made for this envelope.
///
/// # Errors
/// Where there is no draft to work on.
pub fn may_be_made(state: &Envelope) -> Result<(), Refusal> {
    draft(state).open()
}

/// What is wrong with what is wished for it: its hours and where the browser goes.
pub fn wish_findings(hours: u32, return_url: Option<&str>) -> Vec<Finding> {
    let mut found = Vec::new();
    if !(1..=HOURS_MAX).contains(&hours) {
        found.push(Finding::new(
            "/expires_in_hours",
            "expiry_malformed",
            format!("It holds 1 to {HOURS_MAX} hours; choose a number between them."),
        ));
    }
    let address = Returns { done: return_url.map(str::to_owned), ..Returns::default() };
    let mut malformed = Vec::new();
    returns(&address, "", &mut malformed);
    found.extend(malformed.into_iter().map(|it| Finding { pointer: "/return_url".into(), ..it }));
    found
}

/// How the draft itself stands.
fn draft(state: &Envelope) -> EditStanding {
    match (&state.status, state.shelf) {
        (Status::Draft, Shelf::Desk | Shelf::Archive) => EditStanding::Open,
        (Status::Draft, Shelf::Trash | Shelf::Deleted)
        | (Status::Ended(Ending { progress: None, .. }), _) => EditStanding::Discarded,
        (Status::InProgress(_) | Status::Finishing(_) | Status::Ended(_), _) => EditStanding::Sent,
    }
}

/// What a change asks that is not for the holder of such an address: the rules, in whose name it is sent, which sites
/// may show or get the browser, and what an application says of people it knows.
pub(crate) fn beyond(before: &Draft, after: &Draft) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut fixed = |pointer: &str, same: bool| {
        if !same {
            found.push(Finding::new(
                pointer,
                "not_by_edit_link",
                "This was settled by the application that gave you this address; leave it as it is.",
            ));
        }
    };
    fixed("/rules", after.rules == before.rules);
    fixed("/frame_origins", after.frame_origins == before.frame_origins);
    fixed("/returns", after.returns == before.returns);
    let mails = MailWishes { subject: before.mails.subject.clone(), ..after.mails.clone() };
    fixed("/mails", mails == before.mails);
    for (index, recipient) in after.recipients.iter().enumerate() {
        let own = &recipient.notice.returns;
        let known =
            *own == Returns::default() || before.recipients.iter().any(|it| it.notice.returns == *own);
        fixed(&format!("/recipients/{index}/returns"), known);
        let said = vouched(recipient);
        let known = said.is_none() || before.recipients.iter().any(|it| vouched(it) == said);
        fixed(&format!("/recipients/{index}/authentication"), known);
    }
    found
}

/// What an application answers for: that it knows somebody, or that a signature is put in their name without them.
#[derive(PartialEq)]
struct Vouched<'a> {
    email: &'a str,
    arrival: &'a Arrival,
    mandate: Option<&'a Option<String>>,
    methods: Vec<&'a Method>,
}

fn vouched(recipient: &RecipientDraft) -> Option<Vouched<'_>> {
    let by_it = |it: &&Method| matches!(it.kind(), MethodKind::Custom | MethodKind::Host);
    let methods: Vec<&Method> = recipient.authentication.iter().filter(by_it).collect();
    let mandate = (recipient.role == Role::AutomaticSigner).then_some(&recipient.mandate);
    let embedded = matches!(recipient.arrival, Arrival::Embedded(_));
    let said = embedded || mandate.is_some() || !methods.is_empty();
    said.then(|| Vouched { email: recipient.email.text(), arrival: &recipient.arrival, mandate, methods })
}
