//! Which letters are owed for what happened, and whether each of them was sent, once.
//!
//! Written down a second time, apart from the rules: from the events alone.

use crate::history::{History, Told};
use crate::post::Letter;
use envelope::{Envelope, Event, Outcome, Part, Recorded, Role, Status};
use jiff::Timestamp;
use service::envelope;
use std::collections::BTreeMap;

/// To whom, and what about.
type Kind = (Option<u16>, &'static str);

/// The recipient whose event it is.
pub fn recipient_of(event: &Event) -> Option<u16> {
    match event {
        Event::SigningIntended { recipient, .. }
        | Event::RecipientSigned { recipient, .. }
        | Event::FillingIntended { recipient, .. }
        | Event::RecipientFilled { recipient, .. }
        | Event::RecipientApproved { recipient, .. }
        | Event::RecipientViewed { recipient, .. }
        | Event::RecipientDeclined { recipient, .. } => Some(*recipient),
        _ => None,
    }
}

/// Looks whether every letter that is owed was sent, and none that is not.
pub fn check(history: &History, letters: &[Letter], every_letter_arrives: bool) -> Result<(), String> {
    let mut owed: Vec<(usize, Kind)> = Vec::new();
    // Since when a recipient has been in their turn without a break.
    let mut in_turn: BTreeMap<u16, usize> = BTreeMap::new();
    let mut state: Option<Envelope> = None;
    for (index, told) in history.told.iter().enumerate() {
        if let Some(before) = &state {
            let group = history.told.iter().skip(index).take_while(|it| it.at == told.at);
            owes(before, told, &group.collect::<Vec<_>>(), &mut |kind| owed.push((index, kind)));
        }
        let at = Timestamp::from_microsecond(told.at).expect("a time of ours");
        let recorded = Recorded { at, event: told.event.clone() };
        match &mut state {
            Some(state) => state.apply(&recorded),
            None => state = Envelope::begin(&recorded),
        }
        let state = state.as_ref().expect("the first event begins it");
        for number in state.recipient_numbers() {
            if wants(state, number) {
                in_turn.entry(number).or_insert(index);
            } else {
                in_turn.remove(&number);
            }
        }
    }
    let sent = sent(history, letters)?;
    let mut kinds: Vec<Kind> = owed.iter().map(|(_, kind)| *kind).collect();
    kinds.extend(sent.iter().map(|(_, kind)| *kind));
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let (recipient, purpose) = kind;
        let all_owed = owed.iter().filter(|(_, it)| *it == kind).count();
        let all_sent = sent.iter().filter(|(_, it)| *it == kind).count();
        if purpose == "download" || purpose == "vacant_role" {
            continue;
        }
        // An invitation that was overtaken is not sent any more.
        if purpose == "invitation" || purpose == "reminder" {
            let since = recipient.and_then(|number| in_turn.get(&number).copied());
            let must =
                since.map_or(0, |since| owed.iter().filter(|(at, it)| *it == kind && *at >= since).count());
            let came =
                since.map_or(0, |since| sent.iter().filter(|(at, it)| *it == kind && *at >= since).count());
            if came < must || all_sent > all_owed {
                return Err(format!(
                    "{purpose} to {recipient:?}: {came} of {must} were sent, {all_sent} of {all_owed} in all"
                ));
            }
        } else if all_owed != all_sent {
            return Err(format!("{purpose} to {recipient:?}: {all_sent} were sent, {all_owed} are owed"));
        }
    }
    codes(history, letters, every_letter_arrives)
}

/// Whether a letter that asks a recipient to act still makes sense.
fn wants(state: &Envelope, number: u16) -> bool {
    matches!(&state.status, Status::InProgress(progress) if progress.part(number).is_some_and(Part::may_act))
}

/// Letters that one event asks for, on the state before it; `group` is that event and those of its transaction after it.
fn owes(before: &Envelope, told: &Told, group: &[&Told], owe: &mut impl FnMut(Kind)) {
    let mailed = |number: u16| before.recipient(number).is_some_and(|it| it.is_mailed());
    let has = |kinds: &[&str]| group.iter().any(|it| kinds.contains(&it.kind.as_str()));
    let new_links = |changed: u16, owe: &mut dyn FnMut(Kind)| {
        for number in before.recipient_numbers() {
            let theirs =
                number == changed || before.recipient(number).is_some_and(|it| it.host == Some(changed));
            if theirs && wants(before, number) && mailed(number) {
                owe((Some(number), "invitation"));
            }
        }
    };
    match &told.event {
        Event::StepOpened { recipients, .. } => {
            for number in recipients {
                let automatic = before.recipient(*number).is_some_and(|it| it.role == Role::AutomaticSigner);
                if mailed(*number) && !automatic {
                    owe((Some(*number), "invitation"));
                }
            }
        }
        Event::InvitationRepeated { recipient } => owe((Some(*recipient), "invitation")),
        Event::RecipientReplaced { recipient, .. } => new_links(*recipient, owe),
        Event::RecipientCorrected { recipient, email, .. }
            if before.recipient(*recipient).is_some_and(|it| it.email != *email) =>
        {
            new_links(*recipient, owe);
        }
        Event::ExpiryExtended { .. } => {
            if let Status::Ended(ending) = &before.status {
                let parts = ending.progress.iter().flat_map(|it| before.recipient_numbers().zip(&it.parts));
                for (number, _) in parts.filter(|(number, part)| part.may_act() && mailed(*number)) {
                    owe((Some(number), "invitation"));
                }
            }
        }
        Event::RecipientsReminded { recipients } => {
            for number in recipients {
                owe((Some(*number), "reminder"));
            }
        }
        Event::RecipientSigned { .. }
        | Event::RecipientFilled { .. }
        | Event::RecipientApproved { .. }
        | Event::RecipientViewed { .. }
        | Event::RecipientDeclined { .. } => {
            let mut after = before.clone();
            let at = Timestamp::from_microsecond(told.at).expect("a time of ours");
            after.apply(&Recorded { at, event: told.event.clone() });
            let ends = after.status.progress().is_some_and(|it| it.ending.is_some());
            let over = ["sealing_intended", "envelope_declined", "envelope_cancelled", "envelope_expired"];
            if !ends && !has(&over) && before.draft.mails.to_sender != Some(false) {
                owe((None, "acted"));
            }
        }
        Event::RecipientLocked { .. } => owe((None, "locked")),
        Event::DelegationAsked { .. } if !has(&["recipient_replaced"]) => owe((None, "delegation")),
        Event::MessageBounced { recipient: Some(number), message, permanent: true, .. }
        | Event::MessageRefused { recipient: Some(number), message, .. } => {
            // Once of each address, as long as it is the one that stands.
            if let Status::InProgress(progress) = &before.status
                && progress.person(*number).is_some_and(|it| it.bounced_at.is_none())
                && !before.post.is_outdated(message)
            {
                owe((None, "bounced"));
            }
        }
        Event::EnvelopeCompleted {} => ends(before, Outcome::Completed, "completed", owe),
        Event::EnvelopeDeclined { recipient } => {
            ends(before, Outcome::Declined { recipient: *recipient }, "declined", owe);
        }
        Event::EnvelopeCancelled {} => ends(before, Outcome::Cancelled, "cancelled", owe),
        Event::EnvelopeExpired {} => ends(before, Outcome::Expired, "expired", owe),
        _ => {}
    }
}

fn ends(before: &Envelope, outcome: Outcome, purpose: &'static str, owe: &mut impl FnMut(Kind)) {
    // A draft ends without a word.
    let Some(progress) = before.status.progress() else { return };
    for (number, part) in before.recipient_numbers().zip(&progress.parts) {
        let person = before.recipient(number).expect("each part is a recipient's");
        let told = match part {
            Part::Copy | Part::Waiting => outcome == Outcome::Completed,
            Part::Declined { .. } | Part::Removed { .. } => false,
            _ => true,
        };
        if told && !person.email.text().is_empty() && person.role != Role::Host {
            owe((Some(number), purpose));
        }
    }
    if before.draft.mails.to_sender != Some(false) {
        owe((None, purpose));
    }
}

/// The letters that the events tell of; each of them left, and is told of once.
fn sent(history: &History, letters: &[Letter]) -> Result<Vec<(usize, Kind)>, String> {
    const PURPOSES: [&str; 12] = [
        "invitation",
        "completed",
        "declined",
        "cancelled",
        "expired",
        "download",
        "reminder",
        "acted",
        "locked",
        "delegation",
        "vacant_role",
        "bounced",
    ];
    let mut sent = Vec::new();
    let mut seen = Vec::new();
    for (index, told) in history.told.iter().enumerate() {
        let (Event::MessageSent { recipient, purpose, message }
        | Event::MessageRefused { recipient, purpose, message, .. }) = &told.event
        else {
            continue;
        };
        let left = letters.iter().any(|letter| letter.id == *message);
        if told.kind == "message_sent" && !left {
            return Err(format!("the events tell of a letter ({purpose}) that never left"));
        }
        if seen.contains(&message) {
            return Err(format!("the events tell of one letter ({purpose}) twice"));
        }
        seen.push(message);
        let purpose =
            PURPOSES.iter().find(|it| *it == purpose).ok_or_else(|| format!("a letter about {purpose}"))?;
        sent.push((index, (*recipient, *purpose)));
    }
    Ok(sent)
}

/// A code that is asked for now came to whom it was asked of.
fn codes(history: &History, letters: &[Letter], every_letter_arrives: bool) -> Result<(), String> {
    let state = history.state();
    let Status::InProgress(progress) = &state.status else { return Ok(()) };
    for (person, draft) in progress.people.iter().zip(&state.draft.recipients) {
        let came = letters
            .iter()
            .any(|it| it.to == draft.email.text() && it.token().is_none() && it.code().is_some());
        if person.challenge.is_some() && !came && every_letter_arrives {
            return Err("a code was promised and never sent".to_owned());
        }
    }
    Ok(())
}
