//! Which role a stranger can take who opens a public link.

use crate::model::draft::Draft;
use crate::model::method::{Method, MethodKind};
use crate::model::recipient::RecipientDraft;
use crate::model::role::Role;
use crate::refusal::Finding;

/// What keeps a role from being a visitor's: nothing is known of them beforehand, they begin, and they have a page.
pub fn visitor_findings(template: &Draft, place: &RecipientDraft) -> Vec<Finding> {
    let known_beforehand = |it: &Method| {
        let kind = it.kind();
        matches!(kind, MethodKind::Secret | MethodKind::Pin | MethodKind::Custom | MethodKind::Host)
            || kind.needs_phone()
    };
    let mut found = Vec::new();
    if place.authentication.iter().any(known_beforehand) {
        found.push(Finding::new(
            "/role",
            "visitor_unknown_beforehand",
            "This role proves itself by what you would have to know of the visitor; use a code by e-mail, an app, a \
             passkey or a sign-in, or give the link a password.",
        ));
    }
    if template.recipients.iter().any(|it| it.role.acts() && it.step < place.step) {
        found.push(Finding::new(
            "/role",
            "visitor_not_first",
            "Others act before this role; a visitor has to be among the first.",
        ));
    }
    if !place.role.acts() || matches!(place.role, Role::InPersonSigner | Role::AutomaticSigner) {
        found.push(Finding::new(
            "/role",
            "visitor_without_act",
            "This role has no page of its own; let the visitor take another one.",
        ));
    }
    found
}
