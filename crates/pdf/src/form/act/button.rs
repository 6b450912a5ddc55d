//! Check boxes and radio buttons: value and shown state are the name of the state that is not /Off.

use super::{Button, edit};
use crate::fields::Field;
use crate::form::Error;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// ISO 32000-2 12.7.5.2.3.
pub(super) fn check(revision: &mut Revision<'_>, id: ObjectId, field: &Field, on: bool) -> Result<(), Error> {
    for widget in &field.widgets {
        let mut dictionary = edit::dictionary(revision, *widget)?;
        let state = if on { on_state(revision, &dictionary, &field.name)? } else { Object::name("Off") };
        dictionary.set("AS", state.clone());
        revision.put(*widget, dictionary);
        set_value(revision, id, state)?;
    }
    Ok(())
}

/// 12.7.5.2.4: the chosen button shows its state, every other one is off; nothing of it is kept where there is no such button.
pub(super) fn choose(
    revision: &mut Revision<'_>,
    id: ObjectId,
    field: &Field,
    chosen: &Button,
) -> Result<(), Error> {
    let mut value = None;
    for (place, widget) in (1..).zip(&field.widgets) {
        let mut dictionary = edit::dictionary(revision, *widget)?;
        let is_chosen = match chosen {
            Button::Place(wanted) => place == *wanted,
            Button::State(wanted) => {
                on_state(revision, &dictionary, &field.name).is_ok_and(|it| it == Object::name(wanted))
            }
        };
        let state =
            if is_chosen { on_state(revision, &dictionary, &field.name)? } else { Object::name("Off") };
        dictionary.set("AS", state.clone());
        revision.put(*widget, dictionary);
        if is_chosen {
            value = Some(state);
        }
    }
    set_value(revision, id, value.ok_or_else(|| Error::WrongKind(field.name.clone()))?)
}

fn set_value(revision: &mut Revision<'_>, id: ObjectId, state: Object) -> Result<(), Error> {
    let mut value = edit::dictionary(revision, id)?;
    value.set("V", state);
    revision.put(id, value);
    Ok(())
}

fn on_state(revision: &Revision<'_>, widget: &Dictionary, name: &str) -> Result<Object, Error> {
    let appearances = edit::lookup(revision, widget, "AP")?;
    if let Some(appearances) = appearances.as_dictionary()
        && let Object::Dictionary(states) = edit::lookup(revision, appearances, "N")?
        && let Some((state, _)) = states.iter().find(|(state, _)| *state != "Off")
    {
        return Ok(Object::Name(state.clone()));
    }
    // A push button has one appearance and no states.
    Err(Error::WrongKind(name.to_owned()))
}
