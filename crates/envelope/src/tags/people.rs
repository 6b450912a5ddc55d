//! Whom the tags of a document name, and which numbers they have as recipients.

use super::wish::{FieldWish, TagError, TagRecipient};
use std::collections::BTreeMap;

/// Somebody whom tags name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedPerson {
    /// Their number as a recipient, from 1.
    pub number: u16,
    /// As the first tag names them.
    pub who: TagRecipient,
    /// In which step they act.
    pub step: Option<u16>,
    /// The number of the one whose act they witness.
    pub witness_of: Option<u16>,
    /// The telephone at which they are told by text message.
    pub sms: Option<String>,
}

/// Everybody whom tags name. Those who are named by a number keep it; the others come after, in the order in which they
/// are named first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaggedPeople {
    people: BTreeMap<u16, TaggedPerson>,
    numbers: BTreeMap<String, u16>,
    /// The address of each full name that is given with one.
    addresses: BTreeMap<String, String>,
}

impl TaggedPeople {
    /// Reads them out of wishes in their order, and what contradicts what an earlier tag said; each with its index.
    pub fn of<'w>(wishes: impl IntoIterator<Item = &'w FieldWish> + Clone) -> (Self, Vec<(usize, TagError)>) {
        let mut all = Self::default();
        for named in wishes.clone().into_iter().flat_map(named) {
            match named {
                TagRecipient::Person { name, email } if !name.is_empty() && !email.is_empty() => {
                    all.addresses.entry(folded(name)).or_insert_with(|| folded(email));
                }
                TagRecipient::Number(number) => all.note(named, *number),
                _ => {}
            }
        }
        let mut next = all.numbers.values().max().map_or(1, |it| it.saturating_add(1));
        for named in wishes.clone().into_iter().flat_map(named) {
            if *named != TagRecipient::Nobody && all.number(named) == 0 {
                all.note(named, next);
                next = next.saturating_add(1);
            }
        }
        let contradictions = wishes
            .into_iter()
            .enumerate()
            .filter_map(|(index, wish)| all.take(wish).err().map(|error| (index, error)))
            .collect();
        (all, contradictions)
    }

    /// By number.
    pub fn list(&self) -> impl Iterator<Item = &TaggedPerson> {
        self.people.values()
    }

    /// The number of whom a tag names; 0 for nobody.
    pub fn number(&self, who: &TagRecipient) -> u16 {
        self.numbers.get(&self.key(who)).copied().unwrap_or_default()
    }

    fn note(&mut self, who: &TagRecipient, number: u16) {
        if self.numbers.insert(self.key(who), number).is_none() {
            let who = who.clone();
            let person = TaggedPerson { number, who, step: None, witness_of: None, sms: None };
            self.people.entry(number).or_insert(person);
        }
    }

    /// What a tag says of its person; who has said nothing so far says it.
    fn take(&mut self, wish: &FieldWish) -> Result<(), TagError> {
        let number = self.number(&wish.recipient);
        let witness_of = wish.person.witness_of.as_deref().map(|whose| self.number(whose));
        let Some(person) = self.people.get_mut(&number) else { return Ok(()) };
        if witness_of == Some(number) {
            let sentence = "Nobody witnesses their own signature; name another person.";
            return Err(TagError::new("tag_witness_of_oneself", sentence));
        }
        let contradicts = said_anew(&mut person.step, wish.person.step)
            | said_anew(&mut person.witness_of, witness_of)
            | said_anew(&mut person.sms, Some(&wish.person.sms).filter(|it| !it.is_empty()).cloned());
        if contradicts {
            let sentence = "Another tag says something else of the same person; say it once.";
            return Err(TagError::new("tag_person_contradicted", sentence));
        }
        Ok(())
    }

    /// Under what somebody is known, so that a name and an address of one person are one.
    fn key(&self, who: &TagRecipient) -> String {
        match who {
            TagRecipient::Nobody => String::new(),
            TagRecipient::Number(number) => format!("#{number}"),
            TagRecipient::Person { email, .. } if !email.is_empty() => folded(email),
            TagRecipient::Person { name: word, .. } | TagRecipient::Word(word) => {
                let word = folded(word);
                self.addresses.get(&word).cloned().unwrap_or(word)
            }
        }
    }
}

/// Takes what is said; whether something else was said before.
fn said_anew<T: PartialEq>(before: &mut Option<T>, said: Option<T>) -> bool {
    match (before.as_ref(), said) {
        (Some(before), Some(said)) => *before != said,
        (None, said) => {
            *before = said;
            false
        }
        (Some(_), None) => false,
    }
}

fn named(wish: &FieldWish) -> impl Iterator<Item = &TagRecipient> {
    std::iter::once(&wish.recipient).chain(wish.person.witness_of.as_deref())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
