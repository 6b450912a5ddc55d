//! What each role needs before it is sent.

use crate::given::*;
use envelope::{
    Completion, Draft, FieldDraft, FieldKind, Placeholders, RecipientDraft, Returns, Role, Rules,
};

/// Ada signs in the first step; this recipient comes after her in the list.
fn and(other: RecipientDraft) -> Draft {
    people(vec![signer("Ada", 1), other])
}

fn robot(mandate: Option<&str>) -> RecipientDraft {
    let mandate = mandate.map(str::to_owned);
    RecipientDraft { mandate, ..in_role(Role::AutomaticSigner, "Robot", 2) }
}

fn guest(host: Option<u16>) -> RecipientDraft {
    RecipientDraft { host, ..in_role(Role::InPersonSigner, "Guest", 2) }
}

fn witness(witness_of: Option<u16>, step: u16) -> RecipientDraft {
    RecipientDraft { witness_of, ..in_role(Role::Witness, "Will", step) }
}

#[test]
fn each_role_says_of_itself_what_it_does() {
    let words = |wanted: fn(Role) -> bool| -> Vec<&str> {
        Role::ALL.into_iter().filter(|it| wanted(*it)).map(Role::word).collect()
    };
    assert_eq!(words(Role::signs), ["signer", "in_person_signer", "automatic_signer", "witness"]);
    let no_act = ["host", "copy"];
    assert_eq!(words(|it| !it.acts()), no_act);
    let fills = ["signer", "in_person_signer", "automatic_signer", "witness", "filler"];
    assert_eq!(words(Role::takes_fields), fills);
    assert_eq!(words(Role::is_invited), ["signer", "witness", "filler", "approver", "viewer"]);
}

#[test]
fn who_signs_in_person_has_a_host() {
    const MISSING: &str = "Recipient 2 signs in person and has no host; say on whose device.";
    not_sent(and(guest(None)), "/recipients/1/host", "host_missing", MISSING);
    let with_host = |host, role| people(vec![signer("Ada", 1), guest(Some(host)), in_role(role, "Hal", 1)]);
    going(with_host(3, Role::Host));
    for (host, role) in [(3, Role::Copy), (1, Role::Host), (9, Role::Host), (0, Role::Host)] {
        let sentence =
            format!("Recipient 2 names recipient {host} as host, who is none; give somebody the role host.");
        told(with_host(host, role), "/recipients/1/host", "host_unknown", &sentence);
    }
    // The link goes to the host: the guest needs no address, unless a code is mailed to them.
    let mut without = with_host(3, Role::Host);
    without.recipients[1].email = "".into();
    going(without.clone());
    without.recipients[1].authentication = vec![envelope::Method::EmailCode];
    const EMAIL: &str = "Recipient 2 has no e-mail address; the link is sent there.";
    not_sent(without, "/recipients/1/email", "email_missing", EMAIL);
}

#[test]
fn a_witness_sees_the_act_of_somebody_in_an_earlier_step() {
    const MISSING: &str = "Recipient 2 is a witness of nobody; say whose act they see.";
    not_sent(and(witness(None, 2)), "/recipients/1/witness_of", "witnessed_missing", MISSING);
    going(and(witness(Some(1), 2)));
    const EARLY: &str = "Recipient 2 witnesses recipient 1; put them into a later step.";
    told(and(witness(Some(1), 1)), "/recipients/1/step", "witness_too_early", EARLY);
    for nobody in [0, 2, 3, 9] {
        let draft = people(vec![signer("Ada", 1), witness(Some(nobody), 2), copy("Cleo")]);
        let sentence =
            format!("Recipient 2 witnesses recipient {nobody}, who does nothing to be seen; name another.");
        told(draft, "/recipients/1/witness_of", "witnessed_unknown", &sentence);
    }
}

#[test]
fn who_signs_by_itself_has_a_mandate() {
    const SENTENCE: &str = "Recipient 2 signs by itself and has no mandate; say what entitles it.";
    for mandate in [None, Some(""), Some(" ")] {
        not_sent(and(robot(mandate)), "/recipients/1/mandate", "mandate_missing", SENTENCE);
    }
    going(and(robot(Some("Power of attorney of 3 May 2026"))));
    let mut without = and(robot(Some("Power")));
    without.recipients[1].email = "".into();
    going(without);
    given([])
        .when(create(and(robot(Some(&"x".repeat(201))))))
        .then_found([("/recipients/1/mandate", "text_too_long")]);
}

#[test]
fn nobody_has_to_fill_anything_in_for_who_signs_by_itself() {
    let with = |kind, required, recipient| {
        let mut draft = and(robot(Some("Power")));
        draft.fields.push(FieldDraft { required, ..field("asked", kind, recipient) });
        draft
    };
    const SENTENCE: &str = "Field 3 is required of recipient 2, who signs by itself and fills nothing in; give it to \
                            somebody else, or do not require it.";
    for kind in [FieldKind::Text, FieldKind::Checkbox, FieldKind::Initials] {
        not_sent(with(kind, true, 2), "/fields/2", "automatic_signer_fills_nothing", SENTENCE);
        going(with(kind, false, 2));
        going(with(kind, true, 1));
    }
    going(with(FieldKind::DateSigned, true, 2));
}

#[test]
fn who_fills_nothing_in_has_no_fields() {
    const SENTENCE: &str = "Recipient 2 fills nothing in and has fields; remove them or let them sign.";
    for role in [Role::Approver, Role::Viewer, Role::Host] {
        let mut draft = and(in_role(role, "Ben", 2));
        going(draft.clone());
        draft.fields.push(field("text", FieldKind::Text, 2));
        not_sent(draft, "/recipients/1", "role_takes_no_fields", SENTENCE);
    }
}

/// Seed: consigno-cloud.txt:65
/// Seed: consigno-cloud.txt:139
#[test]
fn a_filler_has_no_place_to_sign() {
    const SENTENCE: &str = "Recipient 2 only fills in and has a place to sign; remove it or let them sign.";
    let filler = and(in_role(Role::Filler, "Ben", 2));
    going(filler.clone());
    for (kind, fine) in [
        (FieldKind::Text, true),
        (FieldKind::Checkbox, true),
        (FieldKind::DateSigned, true),
        (FieldKind::Signature, false),
        (FieldKind::Initials, false),
    ] {
        let mut draft = filler.clone();
        draft.fields.push(field("more", kind, 2));
        if fine {
            going(draft);
        } else {
            not_sent(draft, "/recipients/1", "filler_with_signature", SENTENCE);
        }
    }
}

/// Seed: consigno-cloud.txt:43
#[test]
fn somebody_has_to_sign() {
    let nobody = people(vec![in_role(Role::Approver, "Ada", 1), in_role(Role::Filler, "Ben", 1)]);
    not_sent(nobody, "/recipients", "signer_missing", "Add at least one person who signs.");
}

#[test]
fn where_the_required_ones_complete_it_one_who_signs_is_required() {
    let rules = || Rules { completion: Completion::Required, ..Rules::default() };
    const SENTENCE: &str =
        "All who sign are optional, so that it would be complete without anybody; make one of them required.";
    let all_optional = || people(vec![optional(signer("Ada", 1)), in_role(Role::Approver, "Ben", 1)]);
    not_sent(under(rules(), all_optional()), "/recipients", "required_signer_missing", SENTENCE);
    going(all_optional());
    going(under(rules(), people(vec![optional(signer("Ada", 1)), signer("Ben", 1)])));
}

/// Seed: consigno-cloud.txt:143
/// Seed: consigno-cloud.txt:145
#[test]
fn a_role_without_a_person_is_filled_before_sending_or_before_its_turn() {
    let draft = and(vacant("Tenant", 2));
    const SENTENCE: &str = "Recipient 2 is a role without a person; say who it is before sending.";
    not_sent(draft.clone(), "/recipients/1/placeholder", "role_vacant", SENTENCE);
    let later = Rules { placeholders: Placeholders::Turn, ..Rules::default() };
    going(under(later, draft));
    given([])
        .when(create(and(vacant(&"x".repeat(201), 2))))
        .then_found([("/recipients/1/placeholder", "text_too_long")]);
}

/// Seed: consigno-cloud.txt:95
/// Seed: consigno-cloud.txt:97
/// Seed: xodo-sign.txt:56
#[test]
fn a_draft_needs_neither_places_nor_people_and_what_is_sent_does() {
    fine(empty());
    let placeless = Draft { fields: Vec::new(), ..people(vec![signer("Ada", 1)]) };
    const SENTENCE: &str = "Recipient 1 has no place to sign; put a signature field on a page.";
    not_sent(placeless.clone(), "/recipients/0", "place_missing", SENTENCE);
    // Xodo's flexible signing and ConsignO's rule are both data, for two envelopes of one tenant.
    going(under(Rules { place_required: false, ..Rules::default() }, placeless));
}

#[test]
fn who_is_not_mailed_needs_no_address() {
    for arrival in [envelope::Arrival::Handed, envelope::Arrival::Embedded(envelope::Embedding::default())] {
        let ben = RecipientDraft { arrival, email: "".into(), ..signer("Ben", 2) };
        going(and(ben));
    }
    let embedding = envelope::Embedding { mail: true, ..envelope::Embedding::default() };
    let arrival = envelope::Arrival::Embedded(embedding);
    let ben = RecipientDraft { arrival, email: "".into(), ..signer("Ben", 2) };
    const EMAIL: &str = "Recipient 2 has no e-mail address; the link is sent there.";
    not_sent(and(ben), "/recipients/1/email", "email_missing", EMAIL);
}

#[test]
fn who_acts_in_another_applications_pages_is_embedded_and_nobody_else() {
    let handed = RecipientDraft { arrival: envelope::Arrival::Handed, ..signer("Ada", 1) };
    let told = [signer("Ada", 1), handed, embedded("Ada", 1)].map(|it| it.is_embedded());
    assert_eq!(told, [false, false, true]);
}

#[test]
fn a_step_counts_from_one() {
    const SENTENCE: &str = "Steps are counted from 1; use 1 for the first.";
    told(and(signer("Ben", 0)), "/recipients/1/step", "step_malformed", SENTENCE);
}

#[test]
fn what_is_said_to_one_person_alone_has_its_limits() {
    let said = |subject: &str, message: &str| {
        let mut ben = signer("Ben", 2);
        ben.notice.subject = subject.into();
        ben.notice.message = message.into();
        and(ben)
    };
    fine(said(&"é".repeat(200), &"é\n".repeat(2500)));
    given([])
        .when(create(said(&"é".repeat(201), "")))
        .then_found([("/recipients/1/subject", "text_too_long")]);
    const LONG: &str = "The message is longer than 5000 characters; shorten it.";
    told(said("", &"é".repeat(5001)), "/recipients/1/message", "text_too_long", LONG);
    const STRAY: &str = "This holds a control character other than a line break; remove it.";
    told(said("", "a\u{0}b"), "/recipients/1/message", "text_malformed", STRAY);
}

/// Seed: consigno-cloud.txt:85
/// Seed: consigno-cloud.txt:186
/// Seed: xodo-sign.txt:117
/// Seed: xodo-sign.txt:118
#[test]
fn a_browser_is_sent_to_web_addresses_only() {
    let to = |address: &str| {
        let address = Some(address.to_owned());
        let returns = [
            Returns { done: address.clone(), ..Returns::default() },
            Returns { declined: address.clone(), ..Returns::default() },
            Returns { failed: address, ..Returns::default() },
        ];
        returns.into_iter().zip(["done", "declined", "failed"])
    };
    let longest = format!("https://a.example/{}", "x".repeat(1982));
    for right in ["https://app.example.org/done?x=1#y", "http://localhost:3000", longest.as_str()] {
        for (returns, _) in to(right) {
            fine(Draft { returns, ..draft() });
        }
    }
    const SENTENCE: &str = "This is no web address; write it like https://app.example.org/done.";
    let too_long = format!("{longest}x");
    for wrong in [
        "",
        "app.example.org",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://?x",
        "https://#x",
        "https://a b",
        "https://a\u{7f}",
        "https://a\"b",
        "ftp://a",
        too_long.as_str(),
    ] {
        for (returns, key) in to(wrong) {
            let everybody = Draft { returns: returns.clone(), ..draft() };
            told(everybody, &format!("/returns/{key}"), "address_malformed", SENTENCE);
            let mut one = draft();
            one.recipients[1].notice.returns = returns;
            told(one, &format!("/recipients/1/returns/{key}"), "address_malformed", SENTENCE);
        }
    }
}

#[test]
fn a_recipients_time_zone_is_one_that_we_know() {
    let zone = |name: &str| and(RecipientDraft { time_zone: Some(name.into()), ..signer("Ben", 2) });
    fine(zone("America/New_York"));
    told(
        zone("Mars/Olympus"),
        "/recipients/1/time_zone",
        "time_zone_unknown",
        "\u{201c}Mars/Olympus\u{201d} is no time zone we know; use an IANA name such as Europe/Paris.",
    );
}
