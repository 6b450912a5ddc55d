//! Templates: a draft with roles in the place of persons, to be used again and again.
//!
//! A role is a recipient with a `placeholder`, by which it is called when it gets its person. What is secret of a
//! person (an answer, a PIN) is given with the person, each time.

mod fields;
mod public_link;
mod visitor;

pub use fields::{FormField, form_fields};
pub use public_link::{LINKS_MAX, PublicLink, has_room_for_link, public_link_findings};
pub use visitor::visitor_findings;

use crate::commands::draft_findings::{findings, text};
use crate::commands::draft_recipients::{needs_email, person_findings};
use crate::model::draft::Draft;
use crate::model::field::placing::Placing;
use crate::model::method::{Method, MethodKind};
use crate::model::recipient::RecipientDraft;
use crate::refusal::{Finding, Refusal};
use std::collections::{BTreeMap, BTreeSet};

/// A person who takes a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolePerson {
    /// What the role is called, in any case of its letters; or the number of the recipient.
    pub role: String,
    /// Their name.
    pub name: String,
    /// Their address; may be empty where none is needed.
    pub email: String,
    /// Their telephone; may be empty where none is needed.
    pub phone: String,
    /// Their language; the role's where nothing is said.
    pub language: Option<String>,
}

/// What a template is filled with when it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filling {
    /// Another title than the template's.
    pub title: Option<String>,
    /// Another message than the template's.
    pub message: Option<String>,
    /// Who takes the roles; a role that is not named stays without a person.
    pub people: Vec<RolePerson>,
    /// Values of fields, by merge key or id.
    pub values: BTreeMap<String, String>,
}

/// Everything that is wrong with a draft as a template: what is wrong with it anyway, and roles that cannot be told
/// from each other.
pub fn template_findings(draft: &Draft) -> Vec<Finding> {
    let mut found = findings(draft);
    found.retain(|it| !fields::lacks_at_use_alone(draft, it));
    let mut names = BTreeSet::new();
    for (index, recipient) in draft.recipients.iter().enumerate() {
        let Some(role) = &recipient.placeholder else { continue };
        let pointer = format!("/recipients/{index}/placeholder");
        if role.trim().is_empty() {
            let sentence = format!("Recipient {} is a role without a name; give it one.", index + 1);
            found.push(Finding::new(pointer, "role_unnamed", sentence));
        } else if !names.insert(folded(role)) {
            let sentence = format!("Two roles are called \u{201c}{role}\u{201d}; give each its own name.");
            found.push(Finding::new(pointer, "role_repeated", sentence));
        }
    }
    found
}

/// The roles of a template, each with the number of its recipient.
pub fn roles(template: &Draft) -> impl Iterator<Item = (u16, &str, &RecipientDraft)> {
    let numbered = (1..).zip(&template.recipients);
    numbered.filter_map(|(number, it)| Some((number, it.placeholder.as_deref()?, it)))
}

/// The recipient whose role is called so, or who has this number: its place in the list.
pub fn role_called(template: &Draft, name: &str) -> Option<usize> {
    let wanted = folded(name);
    let called = |it: &RecipientDraft| it.placeholder.as_deref().is_some_and(|role| folded(role) == wanted);
    template.recipients.iter().position(called).or_else(|| {
        let number: usize = wanted.parse().ok()?;
        number.checked_sub(1).filter(|index| *index < template.recipients.len())
    })
}

/// A draft as a template. The recipients whose numbers are in `roles` become roles of these names; where nothing is
/// said, everybody does. Whoever is no role stays in the template as the person they are.
///
/// # Errors
/// [`Refusal::Invalid`] for a number that nobody has, and for what [`template_findings`] says.
pub fn as_template(draft: &Draft, roles: Option<&[(u16, String)]>) -> Result<Draft, Refusal> {
    let mut template = draft.clone();
    template.fields.retain(|field| field.placing == Placing::Sender);
    let all: Vec<(u16, String)> =
        (1..).zip(&draft.recipients).map(|(number, _)| (number, String::new())).collect();
    let mut found = Vec::new();
    for (index, (number, name)) in roles.unwrap_or(&all).iter().enumerate() {
        let place = usize::from(*number).checked_sub(1).and_then(|at| template.recipients.get_mut(at));
        let Some(recipient) = place else {
            found.push(Finding::new(
                format!("/roles/{index}/recipient"),
                "recipient_unknown",
                format!("There is no recipient {number}; use a number from the list."),
            ));
            continue;
        };
        text(name, format!("/roles/{index}/name"), &mut found);
        let name = Some(name.trim()).filter(|it| !it.is_empty()).map(str::to_owned);
        vacate(recipient, name.unwrap_or_else(|| format!("Role {number}")));
        // What was merged for this person is given anew for the next one; what was pre-filled for all stays.
        for field in template.fields.iter_mut().filter(|it| it.recipient == *number && it.merge_key.is_some())
        {
            field.value = String::new().into();
        }
    }
    for recipient in &mut template.recipients {
        forget_secrets(recipient);
    }
    found.extend(template_findings(&template));
    Refusal::unless_empty(found)?;
    Ok(template)
}

/// A template as it is kept: without what is secret of a person.
#[must_use]
pub fn without_secrets(mut template: Draft) -> Draft {
    template.recipients.iter_mut().for_each(forget_secrets);
    template
}

/// The draft that a template makes with these persons.
///
/// # Errors
/// [`Refusal::Invalid`] with all findings, their places in the words of the filling: `/people/0/role`.
pub fn filled(template: &Draft, filling: &Filling) -> Result<Draft, Refusal> {
    let mut draft = template.clone();
    let mut found = Vec::new();
    let mut taken = BTreeSet::new();
    for (index, person) in filling.people.iter().enumerate() {
        let at = |key: &str| format!("/people/{index}{key}");
        let place = role_called(template, &person.role);
        let Some((place, recipient)) = place.and_then(|it| Some((it, draft.recipients.get_mut(it)?))) else {
            found.push(Finding::new(
                at("/role"),
                "role_unknown",
                format!("The template has no role \u{201c}{}\u{201d}; use one of its own.", person.role),
            ));
            continue;
        };
        if !taken.insert(place) {
            found.push(Finding::new(
                at("/role"),
                "role_taken_twice",
                format!("The role \u{201c}{}\u{201d} is given to two persons; name one.", person.role),
            ));
            continue;
        }
        if !recipient.is_vacant() {
            found.push(Finding::new(
                at("/role"),
                "role_has_person",
                format!("Recipient {} of the template is a person already; leave them out.", place + 1),
            ));
            continue;
        }
        let wrong = person_findings(
            recipient,
            &person.name,
            &person.email,
            &person.phone,
            person.language.as_deref(),
        );
        let lacks_phone = |it: &Finding| it.code == "phone_missing";
        // The telephone may stand in the address book; whether one is there at last is asked before sending.
        let wrong = wrong.into_iter().filter(|it| !lacks_phone(it));
        found.extend(wrong.map(|it| Finding { pointer: at(&it.pointer), ..it }));
        take(recipient, person);
    }
    if let Some(title) = &filling.title {
        draft.title.clone_from(title);
    }
    if let Some(message) = &filling.message {
        draft.message = message.clone().into();
    }
    fields::set(&mut draft, &filling.values, &mut found);
    let whole = findings(&draft).into_iter();
    // What a person's own words are found wrong for is said at their place already.
    let whole = whole.filter(|it| !it.pointer.starts_with("/recipients/") || found.is_empty());
    let whole: Vec<Finding> = whole.map(|it| fields::in_words_of_use(&draft, it)).collect();
    found.extend(whole);
    Refusal::unless_empty(found)?;
    Ok(draft)
}

/// A template from which whoever has this address is gone: their place is a role again. `None` where they are not in
/// it.
pub fn without_person(template: &Draft, email: &str) -> Option<Draft> {
    let mut changed = template.clone();
    let mut any = false;
    for (number, recipient) in (1..).zip(&mut changed.recipients) {
        if recipient.email.text().trim().eq_ignore_ascii_case(email) {
            let number: u16 = number;
            vacate(recipient, format!("Role {number}"));
            for field in changed.fields.iter_mut().filter(|it| it.recipient == number) {
                field.value = String::new().into();
            }
            any = true;
        }
    }
    any.then_some(changed)
}

fn take(recipient: &mut RecipientDraft, person: &RolePerson) {
    recipient.placeholder = None;
    recipient.name = person.name.trim().into();
    recipient.email = person.email.trim().into();
    recipient.phone = person.phone.trim().into();
    if let Some(language) = &person.language {
        recipient.language.clone_from(language);
    }
}

fn vacate(recipient: &mut RecipientDraft, role: String) {
    let role = recipient.placeholder.take().filter(|_| role.starts_with("Role ")).unwrap_or(role);
    recipient.placeholder = Some(role);
    recipient.name = String::new().into();
    recipient.email = String::new().into();
    recipient.phone = String::new().into();
    recipient.notice.message = String::new().into();
}

fn forget_secrets(recipient: &mut RecipientDraft) {
    for method in &mut recipient.authentication {
        match method {
            Method::Secret { answer, .. } => *answer = None,
            Method::Pin { pin } => *pin = None,
            _ => {}
        }
    }
}

fn folded(role: &str) -> String {
    role.trim().to_lowercase()
}

/// What has to be said of a person who takes a role, beside their name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleNeeds {
    /// Their address.
    pub email: bool,
    /// Their telephone.
    pub phone: bool,
    /// The answer to the question that the template asks.
    pub answer: bool,
    /// A PIN.
    pub pin: bool,
}

impl RoleNeeds {
    /// Of this recipient.
    pub fn of(recipient: &RecipientDraft) -> Self {
        let has = |kind| recipient.method(kind).is_some();
        Self {
            email: needs_email(recipient),
            phone: recipient.authentication.iter().any(|it| it.kind().needs_phone()),
            answer: has(MethodKind::Secret),
            pin: has(MethodKind::Pin),
        }
    }
}
