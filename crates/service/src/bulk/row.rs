//! What a row says, as it is kept until it is done.

use super::columns::{Column, Part};
use crate::error::Error;
use crate::server::Service;
use crate::templates::{PersonInput, Usage};
use crate::vault::{self, Key};
use envelope::template::RolePerson;
use envelope::{Actor, Sender};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is the same for all rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wishes {
    /// In whose name it is sent.
    pub(crate) sender: Sender,
    /// Who started it.
    pub(crate) actor: Actor,
    /// Another title than the template's.
    pub(crate) title: Option<String>,
    /// Another message than the template's.
    pub(crate) message: Option<String>,
    /// Whose pages may frame the signers' page.
    pub(crate) frame_origins: Vec<String>,
}

/// What one row says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Given {
    title: Option<String>,
    message: Option<String>,
    /// By role.
    people: BTreeMap<String, GivenPerson>,
    values: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct GivenPerson {
    name: String,
    email: String,
    phone: String,
    language: Option<String>,
    answer: Option<String>,
    pin: Option<String>,
}

impl Given {
    /// What the cells of a row say.
    pub(super) fn of(columns: &[Option<Column>], cells: &[String]) -> Self {
        let mut given = Self::default();
        for (column, cell) in columns.iter().zip(cells) {
            let some = || Some(cell.clone()).filter(|it| !it.is_empty());
            match column {
                Some(Column::Title) => given.title = some(),
                Some(Column::Message) => given.message = some(),
                // An empty cell leaves what the template holds.
                Some(Column::Value(key)) => given.values.extend(some().map(|it| (key.clone(), it))),
                Some(Column::Person { role, part }) => {
                    let person = given.people.entry(role.clone()).or_default();
                    match part {
                        Part::Name => person.name.clone_from(cell),
                        Part::Email => person.email.clone_from(cell),
                        Part::Phone => person.phone.clone_from(cell),
                        Part::Language => person.language = some().map(|it| it.to_lowercase()),
                        Part::Answer => person.answer = some(),
                        Part::Pin => person.pin = some(),
                    }
                }
                None => {}
            }
        }
        given
    }

    /// With what it uses its template.
    pub(crate) fn usage(&self, wishes: &Wishes) -> Usage {
        let person = |(role, it): (&String, &GivenPerson)| PersonInput {
            person: RolePerson {
                role: role.clone(),
                name: it.name.clone(),
                email: it.email.clone(),
                phone: it.phone.clone(),
                language: it.language.clone(),
            },
            answer: it.answer.clone(),
            pin: it.pin.clone(),
        };
        Usage {
            version: None,
            title: self.title.clone().or_else(|| wishes.title.clone()),
            message: self.message.clone().or_else(|| wishes.message.clone()),
            people: self.people.iter().map(person).collect(),
            values: self.values.clone(),
            send: true,
        }
    }

    /// Whether it names somebody by this address.
    pub(super) fn names(&self, email: &str) -> bool {
        self.people.values().any(|it| it.email.trim().eq_ignore_ascii_case(email))
    }
}

fn sealed_as(bulk: &str, number: i64) -> String {
    format!("bulk/{bulk}/{number}")
}

impl Service {
    pub(super) fn seal_row(
        &self,
        key: &Key,
        bulk: &str,
        number: i64,
        given: &Given,
    ) -> Result<Vec<u8>, Error> {
        let json = serde_json::to_vec(given).map_err(Error::fault)?;
        Ok(vault::seal(key, &sealed_as(bulk, number), &json, self.random()))
    }

    pub(crate) fn open_row(&self, key: &Key, bulk: &str, number: i64, sealed: &[u8]) -> Result<Given, Error> {
        let opened = vault::open(key, &sealed_as(bulk, number), sealed)
            .ok_or_else(|| Error::fault("a row of a list cannot be opened"))?;
        serde_json::from_slice(&opened).map_err(Error::fault)
    }

    pub(super) fn seal_wishes(&self, key: &Key, bulk: &str, wishes: &Wishes) -> Result<Vec<u8>, Error> {
        let json = serde_json::to_vec(wishes).map_err(Error::fault)?;
        Ok(vault::seal(key, &sealed_as(bulk, 0), &json, self.random()))
    }

    pub(crate) fn open_wishes(&self, key: &Key, bulk: &str, sealed: &[u8]) -> Result<Wishes, Error> {
        let opened = vault::open(key, &sealed_as(bulk, 0), sealed)
            .ok_or_else(|| Error::fault("a list cannot be opened"))?;
        serde_json::from_slice(&opened).map_err(Error::fault)
    }
}
