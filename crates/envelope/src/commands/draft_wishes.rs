//! What can be wrong with reminders, limits of time, mails and rules.

use super::draft_findings::{is_email, text};
use super::draft_recipients::returns;
use super::send::EXPIRY_DAYS_MAX;
use crate::model::draft::Draft;
use crate::refusal::Finding;
use std::collections::BTreeSet;

/// So many reminders before the end at most.
const BEFORE_EXPIRY_MAX: usize = 5;
/// More ways to prove who one is than there are cannot be asked for.
const FACTORS_MAX: u8 = 5;
/// A Part 11 profile has so many meanings at most.
const MEANINGS_MAX: usize = 20;

/// Everything that is wrong with them already while the draft is being written.
pub(crate) fn findings(draft: &Draft, found: &mut Vec<Finding>) {
    let reminders = &draft.reminders;
    if reminders.hour.is_some_and(|hour| hour > 23) {
        found.push(Finding::new("/reminders/hour", "hour_malformed", "An hour is a number from 0 to 23."));
    }
    let days = [reminders.first_after_days, reminders.every_days];
    if days.iter().chain(&reminders.before_expiry_days).any(|days| *days > EXPIRY_DAYS_MAX)
        || reminders.before_expiry_days.len() > BEFORE_EXPIRY_MAX
    {
        found.push(Finding::new(
            "/reminders",
            "reminders_malformed",
            format!(
                "Reminders lie within {EXPIRY_DAYS_MAX} days, and {BEFORE_EXPIRY_MAX} of them before the end; \
                 choose fewer."
            ),
        ));
    }
    let mut steps = BTreeSet::new();
    for (index, limit) in draft.step_limits.iter().enumerate() {
        if !(1..=EXPIRY_DAYS_MAX).contains(&limit.days) || !steps.insert(limit.step) {
            found.push(Finding::new(
                format!("/step_limits/{index}"),
                "step_limit_malformed",
                format!("A step has one limit of 1 to {EXPIRY_DAYS_MAX} days; correct this one."),
            ));
        }
    }
    text(draft.mails.subject.text(), "/mails/subject".into(), found);
    text(draft.mails.sender_name.text(), "/mails/sender_name".into(), found);
    let reply_to = draft.mails.reply_to.text();
    if !reply_to.is_empty() && !is_email(reply_to) {
        found.push(Finding::new(
            "/mails/reply_to",
            "email_malformed",
            "The address for answers is not one; write it like name@example.org.",
        ));
    }
    returns(&draft.returns, "/returns", found);
    if draft.rules.factors_min > FACTORS_MAX {
        found.push(Finding::new(
            "/rules/factors_min",
            "factors_malformed",
            format!("At most {FACTORS_MAX} ways of proving who one is can be asked for; choose fewer."),
        ));
    }
    if let Some(profile) = &draft.rules.part_11 {
        let wrong = profile.meanings.is_empty()
            || profile.meanings.len() > MEANINGS_MAX
            || profile.meanings.iter().any(|it| it.trim().is_empty());
        if wrong {
            found.push(Finding::new(
                "/rules/part_11/meanings",
                "meanings_malformed",
                format!("Give 1 to {MEANINGS_MAX} meanings that a signature can have, such as Approved."),
            ));
        }
        for (index, meaning) in profile.meanings.iter().enumerate() {
            text(meaning, format!("/rules/part_11/meanings/{index}"), found);
        }
    }
}
