//! A contact as it is kept, with what it is found by.

use super::KnownContact;
use crate::world::from_micros;
use envelope::Contact;
use store::contacts::ContactRow;

/// A contact without the spaces around what was typed; an address is the same in any case of its letters.
pub(super) fn tidied(contact: Contact) -> Contact {
    let tidy = |text: String| text.trim().to_owned();
    Contact {
        name: tidy(contact.name),
        email: contact.email.trim().to_lowercase(),
        phone: tidy(contact.phone),
        language: contact.language,
        company: tidy(contact.company),
        title: tidy(contact.title),
    }
}

/// Letters and digits alone, as people type them who look for something: without accents, capitals and spaces.
pub(super) fn folded(text: &str) -> String {
    identity::normalised_answer(text).unwrap_or_default()
}

/// Puts a contact into its row, and makes anew what it is found by and stands at.
pub(super) fn fill(row: &mut ContactRow, contact: Contact) {
    let searched = [&contact.name, &contact.email, &contact.company, &contact.phone];
    row.search = searched.map(|text| folded(text)).join(" ");
    let name = Some(folded(&contact.name)).filter(|it| !it.is_empty());
    // The id behind the name keeps two of one name apart.
    row.sort_key = format!("{}\u{1}{}", name.as_deref().unwrap_or(&contact.email), row.contact).into_bytes();
    row.name = contact.name;
    row.email = contact.email;
    row.phone = contact.phone;
    row.language = contact.language;
    row.company = contact.company;
    row.title = contact.title;
}

/// What a row says.
pub(super) fn contact(row: &ContactRow) -> Contact {
    Contact {
        name: row.name.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        language: row.language.clone(),
        company: row.company.clone(),
        title: row.title.clone(),
    }
}

impl KnownContact {
    pub(super) fn of(row: &ContactRow) -> Self {
        Self {
            id: row.contact.clone(),
            test: row.test,
            contact: contact(row),
            created_at: from_micros(row.created_at),
            updated_at: from_micros(row.updated_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, name: &str) -> ContactRow {
        let mut row = ContactRow {
            tenant: "acme".into(),
            contact: id.into(),
            test: false,
            email: String::new(),
            name: String::new(),
            phone: String::new(),
            language: "en".into(),
            company: String::new(),
            title: String::new(),
            search: String::new(),
            sort_key: Vec::new(),
            created_at: 0,
            updated_at: 0,
        };
        let person = Contact { name: name.into(), email: "a@example.org".into(), ..Contact::default() };
        fill(&mut row, person);
        row
    }

    #[test]
    fn people_stand_in_the_order_of_their_names_whatever_their_accents_and_capitals() {
        let mut rows = ["Émile", "zoe", "Eva", "Ann Other", "ann"].map(|name| row("con_1", name));
        rows.sort_by(|one, other| one.sort_key.cmp(&other.sort_key));
        assert_eq!(rows.map(|it| it.name), ["ann", "Ann Other", "Émile", "Eva", "zoe"]);
    }

    #[test]
    fn two_of_one_name_have_places_of_their_own_and_one_without_letters_stands_by_their_address() {
        assert_ne!(row("con_1", "Ada").sort_key, row("con_2", "Ada").sort_key);
        assert!(row("con_1", "…").sort_key.starts_with(b"a@example.org"));
    }

    #[test]
    fn what_is_typed_is_found_without_its_accents_and_spaces() {
        let row = row("con_1", "Émile  Zola");
        for typed in ["emile", "ÉMILE Z", "a@exa", "zola"] {
            assert!(row.search.contains(&folded(typed)), "{typed}");
        }
    }
}
