//! When something happens by itself.

use crate::commands::settle::everybody_has_acted;
use crate::part::Part;
use crate::state::{Envelope, Progress, Status};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan, civil};

/// Reminders go out at this hour of the recipient's day where the sender says nothing.
const REMINDER_HOUR: u8 = 9;

impl Envelope {
    /// When [`crate::commands::wake::Wake`] has to be asked; `None` where nothing happens by itself any more. To be
    /// asked again after each change, since each may move it.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let Status::InProgress(progress) = &self.status else { return None };
        // Acts on their way into the documents are waited for, however long that takes.
        if progress.ending.is_some() || everybody_has_acted(progress) {
            return None;
        }
        let reminders = self.recipient_numbers().filter_map(|it| self.reminder_at(progress, it));
        reminders.chain([self.ends_by_itself_at(progress)]).min()
    }

    /// When it ends by itself: its own end, or that of the open step.
    pub(crate) fn ends_by_itself_at(&self, progress: &Progress) -> Timestamp {
        let limit = progress.step.and_then(|open| {
            let limit = self.draft.step_limits.iter().find(|limit| limit.step == open.step)?;
            // Who is waited for may be of a later step, or nobody of this one may have anything left to do.
            let mut places = self.draft.recipients.iter().zip(&progress.parts);
            places.find(|(place, part)| place.step == open.step && part.may_act())?;
            end_of_day(&zone(&self.draft.time_zone), open.at, limit.days)
        });
        limit.map_or(progress.expires_at, |limit| limit.min(progress.expires_at))
    }

    /// When a recipient is to be reminded next, if it has not ended by then. A reminder whose hour passed while nobody looked is due at once; of
    /// several that passed, one is sent.
    pub(crate) fn reminder_at(&self, progress: &Progress, recipient: u16) -> Option<Timestamp> {
        progress.part(recipient).filter(|part| Part::may_act(part))?;
        let person = progress.person(recipient)?;
        let place = self.recipient(recipient).filter(|place| place.is_mailed())?;
        let invited = person.invited_at?;
        let last = person.reminded_at.max(person.invited_at)?;
        let reminders = &self.draft.reminders;
        let zone = zone(place.time_zone.as_deref().unwrap_or(&self.draft.time_zone));
        let hour = i8::try_from(reminders.hour.unwrap_or(REMINDER_HOUR)).ok()?;
        let at = |from: Timestamp, days: i64| -> Option<Timestamp> {
            let day = from.to_zoned(zone.clone()).date().checked_add(days.days()).ok()?;
            let time = civil::Time::new(hour, 0, 0, 0).ok()?;
            Some(day.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp())
        };
        let first = i64::from(reminders.first_after_days);
        let every = i64::from(reminders.every_days);
        // The first time of the schedule after the last mail; the rounds before it need not be counted out.
        let gone = last.duration_since(invited).as_hours() / 24;
        let round = if every > 0 { ((gone - first) / every).max(0) } else { 0 };
        let schedule =
            (round..=round + 2).filter(|_| first > 0).filter_map(|round| at(invited, first + round * every));
        let by_schedule = schedule.into_iter().find(|time| *time > last);
        let before_end = reminders
            .before_expiry_days
            .iter()
            .filter_map(|days| at(progress.expires_at, -i64::from(*days)))
            .filter(|time| *time > last)
            .min();
        [by_schedule, before_end].into_iter().flatten().min()
    }
}

/// A time zone by its IANA name; UTC where it is unknown, which drafts are refused for.
pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap_or(TimeZone::UTC)
}

/// The first instant after the day that is so many days later, so that the whole last day counts, also when clocks
/// are changed.
pub(crate) fn end_of_day(zone: &TimeZone, from: Timestamp, days: u16) -> Option<Timestamp> {
    let last = from.to_zoned(zone.clone()).date().checked_add(i32::from(days).days()).ok()?;
    let after = last.tomorrow().ok()?;
    Some(after.to_zoned(zone.clone()).ok()?.timestamp())
}
