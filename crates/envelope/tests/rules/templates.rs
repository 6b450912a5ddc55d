//! Templates: roles that get persons, and values that come with them.

use crate::given::{draft, field};
use envelope::template::{
    Filling, RoleNeeds, RolePerson, as_template, filled, form_fields, role_called, roles, template_findings,
    without_person,
};
use envelope::{Draft, FieldDraft, FieldKind, Finding, Method, Personal, Refusal};

/// Ada's place is a role; a number is merged into two fields of hers.
fn template() -> Draft {
    let mut template = draft();
    template.recipients[0].placeholder = Some("Tenant".into());
    template.recipients[0].name = Personal::default();
    template.recipients[0].email = Personal::default();
    let rent = |id| FieldDraft { merge_key: Some("rent".into()), ..field(id, FieldKind::Number, 1) };
    template.fields.extend([rent("rent_1"), FieldDraft { read_only: true, ..rent("rent_2") }]);
    template.fields.push(FieldDraft { required: false, ..field("pets", FieldKind::Checkbox, 1) });
    template
}

fn person(role: &str) -> RolePerson {
    RolePerson {
        role: role.into(),
        name: " Cleo ".into(),
        email: "cleo@example.org".into(),
        ..RolePerson::default()
    }
}

fn filling<const N: usize>(people: &[RolePerson], values: [(&str, &str); N]) -> Filling {
    let values = values.map(|(key, value)| (key.to_owned(), value.to_owned()));
    Filling { people: people.to_vec(), values: values.into(), ..Filling::default() }
}

fn codes(refused: Refusal) -> Vec<(String, &'static str)> {
    let Refusal::Invalid(found) = refused else { unreachable!("{refused:?}") };
    found.into_iter().map(|Finding { pointer, code, .. }| (pointer, code)).collect()
}

fn refused(template: &Draft, filling: &Filling) -> Vec<(String, &'static str)> {
    codes(filled(template, filling).expect_err("it is refused"))
}

#[test]
fn a_role_gets_its_person_and_each_field_of_a_key_its_value() {
    for role in ["Tenant", " tenant ", "1"] {
        let made = filled(&template(), &filling(&[person(role)], [("rent", "950.5"), ("pets", "Yes")]))
            .expect("it is made");
        let cleo = &made.recipients[0];
        assert_eq!(
            (cleo.name.text(), cleo.email.text(), &cleo.placeholder),
            ("Cleo", "cleo@example.org", &None)
        );
        let values: Vec<&str> = made.fields[2..].iter().map(|it| it.value.text()).collect();
        assert_eq!(values, ["950.5", "950.5", "true"]);
        assert_eq!(made.recipients[1], draft().recipients[1], "the other one stays");
    }
    let titled = Filling { title: Some("Other".into()), ..filling(&[], [("rent", "1")]) };
    let made = filled(&template(), &titled).expect("a role may wait for its person");
    assert_eq!((made.title.as_str(), made.recipients[0].placeholder.as_deref()), ("Other", Some("Tenant")));
}

#[test]
fn what_does_not_fit_is_said_in_the_words_of_who_fills_it() {
    let rent = [("rent", "1")];
    let cases = [
        (vec![person("Landlord")], ("/people/0/role", "role_unknown")),
        (vec![person("0")], ("/people/0/role", "role_unknown")),
        (vec![person("3")], ("/people/0/role", "role_unknown")),
        (vec![person("2")], ("/people/0/role", "role_has_person")),
        (vec![person("Tenant"), person("1")], ("/people/1/role", "role_taken_twice")),
        (vec![RolePerson { email: "cleo".into(), ..person("1") }], ("/people/0/email", "email_malformed")),
        (
            vec![RolePerson { language: Some("xx".into()), ..person("1") }],
            ("/people/0/language", "language_unknown"),
        ),
    ];
    for (people, (pointer, code)) in cases {
        assert_eq!(refused(&template(), &filling(&people, rent)), [(pointer.to_owned(), code)]);
    }
    let of_values = |values| refused(&template(), &filling(&[], values));
    assert_eq!(of_values([("rent", "much")])[0], ("/values/rent".to_owned(), "number_malformed"));
    assert_eq!(
        refused(&template(), &filling(&[], [("rent", "1"), ("a/b", "2")])),
        [("/values/a~1b".to_owned(), "value_unknown")]
    );
    assert_eq!(refused(&template(), &filling(&[], [])), [("/values/rent".to_owned(), "read_only_and_empty")]);
    let both = refused(&template(), &filling(&[person("3")], []));
    assert_eq!(both.iter().map(|it| it.1).collect::<Vec<_>>(), ["role_unknown", "read_only_and_empty"]);
    assert_eq!([role_called(&template(), "2"), role_called(&template(), "3")], [Some(1), None]);
    let mut nobody = template();
    nobody.recipients[1].language = "xx".into();
    assert_eq!(refused(&nobody, &filling(&[], rent))[0].0, "/recipients/1/language");
}

#[test]
fn a_template_may_lack_what_comes_with_each_use_and_nothing_else() {
    assert_eq!(template_findings(&template()), []);
    let mut fixed = template();
    fixed.fields[3].merge_key = None;
    assert_eq!(template_findings(&fixed)[0].code, "read_only_and_empty");
    let mut two = template();
    two.recipients[1].placeholder = Some("TENANT ".into());
    assert_eq!(template_findings(&two)[0].code, "role_repeated");
    two.recipients[1].placeholder = Some(" ".into());
    assert_eq!(template_findings(&two)[0].code, "role_unnamed");
    let keys: Vec<(String, usize)> =
        form_fields(&template()).into_iter().map(|it| (it.key.to_owned(), it.fields.len())).collect();
    assert_eq!(keys, [("rent".to_owned(), 2), ("pets".to_owned(), 1)]);
}

#[test]
fn a_draft_becomes_a_template_without_its_people_and_what_was_theirs() {
    let mut prepared = draft();
    let asked =
        |answer: Option<&str>| Method::Secret { question: "Pet?".into(), answer: answer.map(Into::into) };
    prepared.recipients[0].authentication =
        vec![Method::Pin { pin: Some("pin_1".into()) }, asked(Some("answer_1"))];
    prepared.fields.push(FieldDraft {
        merge_key: Some("rent".into()),
        value: "950".into(),
        ..field("rent", FieldKind::Number, 1)
    });
    let made = as_template(&prepared, Some(&[(1, " Tenant ".into())])).expect("it is one");
    assert_eq!(
        (made.recipients[0].placeholder.as_deref(), made.recipients[0].email.text()),
        (Some("Tenant"), "")
    );
    assert_eq!(
        made.recipients[0].authentication,
        [Method::Pin { pin: None }, asked(None)],
        "what she knew was hers"
    );
    assert_eq!(made.fields[2].value.text(), "", "and so was the value");
    assert_eq!(made.recipients[1], prepared.recipients[1]);
    let keyed = |id, recipient, key: Option<&str>| FieldDraft {
        merge_key: key.map(Into::into),
        value: "7".into(),
        ..field(id, FieldKind::Number, recipient)
    };
    prepared.fields.extend([keyed("floor", 1, None), keyed("flat", 2, Some("flat"))]);
    let made = as_template(&prepared, Some(&[(1, "Tenant".into())])).expect("it is one");
    let values: Vec<&str> = made.fields[2..].iter().map(|it| it.value.text()).collect();
    assert_eq!(values, ["", "7", "7"], "what was filled for all and what is Ben's stays");
    let all = as_template(&prepared, None).expect("everybody becomes a role");
    let names: Vec<_> = all.recipients.iter().map(|it| it.placeholder.as_deref()).collect();
    assert_eq!(names, [Some("Role 1"), Some("Role 2")]);
    let unknown = as_template(&prepared, Some(&[(3, "x".into())])).expect_err("it is refused");
    assert_eq!(codes(unknown), [("/roles/0/recipient".to_owned(), "recipient_unknown")]);
}

#[test]
fn the_roles_are_those_who_are_no_persons_yet() {
    let template = template();
    let named: Vec<(u16, &str)> = roles(&template).map(|(number, name, _)| (number, name)).collect();
    assert_eq!(named, [(1, "Tenant")]);
}

#[test]
fn words_of_the_sender_take_a_value_by_their_key_alone() {
    let words = |key: Option<&str>| {
        let mut template = template();
        let field = FieldDraft { value: "Paris".into(), ..field("city", FieldKind::FreeText, 0) };
        template.fields.push(FieldDraft { merge_key: key.map(Into::into), ..field });
        template
    };
    let made =
        filled(&words(Some("town")), &filling(&[], [("rent", "1"), ("town", "Lyon")])).expect("it is made");
    assert_eq!(made.fields[5].value.text(), "Lyon");
    let unknown = [("/values/city".to_owned(), "value_unknown")];
    assert_eq!(refused(&words(None), &filling(&[], [("rent", "1"), ("city", "Lyon")])), unknown);
    let mut signed = template();
    signed.fields.push(FieldDraft { merge_key: Some("city".into()), ..field("c", FieldKind::DateSigned, 1) });
    assert_eq!(refused(&signed, &filling(&[], [("rent", "1"), ("city", "Lyon")])), unknown);
}

#[test]
fn a_box_is_ticked_in_several_words() {
    for (told, kept) in
        [("x", "true"), (" YES ", "true"), ("1", "true"), ("no", "false"), ("0", "false"), ("", "false")]
    {
        let made = filled(&template(), &filling(&[], [("rent", "1"), ("pets", told)])).expect("it is made");
        assert_eq!(made.fields[4].value.text(), kept, "{told}");
    }
    assert_eq!(refused(&template(), &filling(&[], [("rent", "1"), ("pets", "maybe")]))[0].0, "/values/pets");
}

#[test]
fn what_has_to_be_said_of_a_person_follows_from_their_way_in() {
    let mut role = template().recipients.remove(0);
    assert_eq!(RoleNeeds::of(&role), RoleNeeds { email: true, ..RoleNeeds::default() });
    role.authentication = vec![Method::Secret { question: "Pet?".into(), answer: None }];
    assert_eq!(RoleNeeds::of(&role), RoleNeeds { email: true, answer: true, ..RoleNeeds::default() });
    role.authentication = vec![Method::Pin { pin: None }];
    assert_eq!(RoleNeeds::of(&role), RoleNeeds { email: true, pin: true, ..RoleNeeds::default() });
    role.authentication = vec![Method::SmsCode];
    assert_eq!(RoleNeeds::of(&role), RoleNeeds { email: true, phone: true, ..RoleNeeds::default() });
}

#[test]
fn who_is_erased_leaves_a_role_behind() {
    let erased = without_person(&template(), "ben@example.org").expect("Ben is in it");
    assert_eq!(
        (erased.recipients[1].placeholder.as_deref(), erased.recipients[1].name.text()),
        (Some("Role 2"), "")
    );
    assert_eq!(without_person(&erased, "ben@example.org"), None);
    let mut filled = template();
    filled.fields[0].value = "Ada's".into();
    filled.fields[1].value = "Ben's".into();
    let erased = without_person(&filled, "ben@example.org").expect("Ben is in it");
    assert_eq!([0, 1].map(|it: usize| erased.fields[it].value.text()), ["Ada's", ""]);
    assert_eq!(without_person(&template(), "somebody@example.org"), None);
}

#[test]
fn a_visitor_takes_a_role_that_begins_has_a_page_and_needs_nothing_known_beforehand() {
    use envelope::{Method, Role, template::visitor_findings};
    let codes = |draft: &envelope::Draft, place: usize| -> Vec<&'static str> {
        visitor_findings(draft, &draft.recipients[place]).into_iter().map(|it| it.code).collect()
    };
    let plain = crate::given::draft();
    assert!(codes(&plain, 0).is_empty());
    assert_eq!(codes(&plain, 1), ["visitor_not_first"]);
    for (method, found) in
        [(Method::EmailCode, vec![]), (Method::SmsCode, vec!["visitor_unknown_beforehand"])]
    {
        let mut draft = plain.clone();
        draft.recipients[0].authentication = vec![method];
        assert_eq!(codes(&draft, 0), found);
    }
    for role in [Role::Copy, Role::InPersonSigner, Role::AutomaticSigner] {
        let mut draft = plain.clone();
        draft.recipients[0].role = role;
        assert_eq!(codes(&draft, 0), ["visitor_without_act"]);
    }
}
