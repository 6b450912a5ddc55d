//! What the columns of a list mean, and which columns the list of a template has.

use envelope::template::{RoleNeeds, form_fields, roles};
use envelope::{Draft, Finding};
use std::collections::BTreeSet;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// Something of the person who takes the role.
    Person { role: String, part: Part },
    /// A value of fields, by merge key or id.
    Value(String),
    /// The title of this one.
    Title,
    /// The message of this one.
    Message,
}

/// What is said of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Name,
    Email,
    Phone,
    Language,
    Answer,
    Pin,
}

impl Part {
    const ALL: [Self; 6] = [Self::Name, Self::Email, Self::Phone, Self::Language, Self::Answer, Self::Pin];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Language => "language",
            Self::Answer => "answer",
            Self::Pin => "pin",
        }
    }

    fn is_needed(self, needs: RoleNeeds) -> bool {
        match self {
            Self::Name => true,
            Self::Email => needs.email,
            Self::Phone => needs.phone,
            Self::Answer => needs.answer,
            Self::Pin => needs.pin,
            Self::Language => false,
        }
    }
}

/// The headings of a template's empty list: what each row has to say, and the values that are merged.
pub(super) fn headings(template: &Draft) -> Vec<String> {
    let mut all = Vec::new();
    for (_, role, place) in roles(template) {
        let needs = RoleNeeds::of(place);
        for part in Part::ALL.into_iter().filter(|it| it.is_needed(needs)) {
            all.push(heading(role, part));
        }
    }
    let merged = form_fields(template);
    let merged = merged.iter().filter(|it| it.fields.iter().any(|field| field.merge_key.is_some()));
    all.extend(merged.map(|it| it.key.to_owned()));
    all
}

fn heading(role: &str, part: Part) -> String {
    format!("{role} {}", part.word())
}

/// What the headings of a file mean.
///
/// # Errors
/// All that is wrong with them; their pointers name row 1 and the column.
pub(super) fn meanings(template: &Draft, headings: &[String]) -> Result<Vec<Option<Column>>, Vec<Finding>> {
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    let mut columns = Vec::with_capacity(headings.len());
    for (index, text) in headings.iter().enumerate() {
        if text.is_empty() {
            columns.push(None);
            continue;
        }
        let column = meaning(template, text);
        match &column {
            None => found.push(at_heading(
                headings,
                index,
                "column_unknown",
                format!("Nothing of the template is called \u{201c}{text}\u{201d}; rename the column, or take it out."),
            )),
            Some(column) if !known.insert(column.clone()) => found.push(at_heading(
                headings,
                index,
                "column_repeated",
                format!("There are two columns for \u{201c}{text}\u{201d}; take one out."),
            )),
            Some(_) => {}
        }
        columns.push(column);
    }
    for (_, role, place) in roles(template) {
        for part in Part::ALL.into_iter().filter(|it| it.is_needed(RoleNeeds::of(place))) {
            // A telephone may stand in the address book.
            let may_lack = part == Part::Phone;
            if !may_lack && !known.contains(&Column::Person { role: role.to_owned(), part }) {
                let wanted = heading(role, part);
                found.push(Finding::new(
                    pointer(1, &wanted),
                    "column_missing",
                    format!("There is no column \u{201c}{wanted}\u{201d}; add it."),
                ));
            }
        }
    }
    if found.is_empty() { Ok(columns) } else { Err(found) }
}

fn meaning(template: &Draft, text: &str) -> Option<Column> {
    let text = text.to_lowercase();
    for (_, role, _) in roles(template) {
        for part in Part::ALL {
            if text == heading(role.trim(), part).to_lowercase() {
                return Some(Column::Person { role: role.to_owned(), part });
            }
        }
    }
    let fields = form_fields(template);
    let by_key = fields.iter().find(|it| it.key.to_lowercase() == text);
    if let Some(field) = by_key {
        return Some(Column::Value(field.key.to_owned()));
    }
    match text.as_str() {
        "title" => Some(Column::Title),
        "message" => Some(Column::Message),
        _ => None,
    }
}

/// Where something in a list is wrong: its row and the heading of its column.
pub(super) fn pointer(row: i64, heading: &str) -> String {
    format!("/rows/{row}/{}", heading.replace('~', "~0").replace('/', "~1"))
}

fn at_heading(headings: &[String], index: usize, code: &'static str, sentence: String) -> Finding {
    let name = headings.get(index).map_or("", String::as_str);
    Finding::new(pointer(1, name), code, sentence)
}
