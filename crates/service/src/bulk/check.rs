//! Every row is judged before anything is sent, by the rules that will judge its envelope.

use super::columns::{self, Column, Part};
use super::row::{Given, Wishes};
use super::table::Line;
use crate::telephone;
use crate::templates::what_hinders;
use envelope::template::{filled, role_called};
use envelope::{Draft, Finding, Method, Refusal};
use jiff::Timestamp;

/// So many findings are listed at most; a list with more is wrong altogether.
const FINDINGS_MAX: usize = 2000;

/// A list that was read, and what its columns mean.
pub(super) struct Judged {
    pub(super) rows: Vec<(i64, Given)>,
}

/// Judges all rows.
///
/// # Errors
/// Everything that is wrong, each with its row and column.
pub(super) fn judge(
    template: &Draft,
    wishes: &Wishes,
    test: bool,
    lines: &[Line],
    now: Timestamp,
) -> Result<Judged, Refusal> {
    let Some((heading, lines)) = lines.split_first() else { return Ok(Judged { rows: Vec::new() }) };
    let headings = &heading.cells;
    let columns = columns::meanings(template, headings).map_err(Refusal::Invalid)?;
    let judge = Judge { template, wishes, test, headings, columns: &columns, now };
    let (mut rows, mut found) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in lines {
        let given = Given::of(&columns, &line.cells);
        found.extend(judge.row(line.number, &given));
        if found.len() >= FINDINGS_MAX {
            found.truncate(FINDINGS_MAX);
            break;
        }
        rows.push((line.number, given));
    }
    Refusal::unless_empty(found)?;
    Ok(Judged { rows })
}

struct Judge<'a> {
    template: &'a Draft,
    wishes: &'a Wishes,
    test: bool,
    headings: &'a [String],
    columns: &'a [Option<Column>],
    now: Timestamp,
}

impl Judge<'_> {
    fn row(&self, number: i64, given: &Given) -> Vec<Finding> {
        let usage = given.usage(self.wishes);
        let roles: Vec<&str> = usage.people.iter().map(|it| it.person.role.as_str()).collect();
        let found = match filled(self.template, &usage.filling()) {
            Err(Refusal::Invalid(found)) => found,
            Err(other) => vec![Finding::new("", other.code(), other.to_string())],
            Ok(mut draft) => {
                for given in &usage.people {
                    let place = role_called(self.template, &given.person.role);
                    let Some(place) = place.and_then(|it| draft.recipients.get_mut(it)) else { continue };
                    for method in &mut place.authentication {
                        match method {
                            Method::Secret { answer, .. } => answer.clone_from(&given.answer),
                            Method::Pin { pin } => pin.clone_from(&given.pin),
                            _ => {}
                        }
                    }
                }
                self.sendable(draft)
            }
        };
        found.into_iter().map(|it| self.placed(number, &roles, it)).collect()
    }

    /// What would keep this draft from being sent.
    fn sendable(&self, mut draft: Draft) -> Vec<Finding> {
        if let Err(Refusal::Invalid(found)) = telephone::dial_all(&mut draft.recipients) {
            return found;
        }
        let found = what_hinders(draft, &self.wishes.sender, self.test, self.now).into_iter();
        // A telephone that the row does not say may stand in the address book.
        found.filter(|it| it.code != "phone_missing").collect()
    }

    /// The same finding, at its row and column.
    fn placed(&self, number: i64, roles: &[&str], finding: Finding) -> Finding {
        let heading = self.column_of(roles, &finding.pointer).unwrap_or_default();
        Finding { pointer: columns::pointer(number, heading), ..finding }
    }

    fn column_of(&self, roles: &[&str], pointer: &str) -> Option<&str> {
        let mut parts = pointer.trim_start_matches('/').split('/');
        let wanted = match (parts.next()?, parts.next(), parts.next()) {
            ("title", ..) => Column::Title,
            ("message", ..) => Column::Message,
            ("values", Some(key), _) => Column::Value(key.replace("~1", "/").replace("~0", "~")),
            ("people", Some(index), part) => {
                let role = (*roles.get(index.parse::<usize>().ok()?)?).to_owned();
                Column::Person { role, part: part_of(part) }
            }
            ("recipients", Some(index), part) => {
                let place = self.template.recipients.get(index.parse::<usize>().ok()?)?;
                Column::Person { role: place.placeholder.clone()?, part: part_of(part) }
            }
            _ => return None,
        };
        let at = self.columns.iter().position(|it| it.as_ref() == Some(&wanted))?;
        self.headings.get(at).map(String::as_str)
    }
}

fn part_of(word: Option<&str>) -> Part {
    match word {
        Some("email") => Part::Email,
        Some("phone") => Part::Phone,
        Some("language") => Part::Language,
        Some("authentication") => Part::Pin,
        _ => Part::Name,
    }
}
