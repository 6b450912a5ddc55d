//! Whom tags name, and the numbers that they get.

use super::{person, word};
use envelope::tags::{FieldWish, Grammar, TagRecipient, TaggedPeople, TaggedPerson, Wish, tags_in};

fn wishes(text: &str) -> Vec<FieldWish> {
    let found = tags_in(text, &[Grammar::Own, Grammar::SecuredSigning]);
    let fields = found.into_iter().map(|it| match it.wish.expect("it can be read") {
        Wish::Field(wish) => *wish,
        Wish::Place { key } => unreachable!("{key}"),
    });
    fields.collect()
}

fn numbers(text: &str) -> Vec<u16> {
    let all = wishes(text);
    let (people, wrong) = TaggedPeople::of(&all);
    assert_eq!(wrong, []);
    all.iter().map(|it| people.number(&it.recipient)).collect()
}

fn codes(text: &str) -> Vec<(usize, &'static str)> {
    let wrong = TaggedPeople::of(&wishes(text)).1;
    wrong.into_iter().map(|(index, error)| (index, error.code)).collect()
}

#[test]
fn a_number_is_kept_and_the_others_come_after() {
    assert_eq!(
        numbers("{{text:client}} {{text:2}} {{text:Landlord}} {{text:CLIENT}} {{free_text: value=x}}"),
        [3, 2, 4, 3, 0]
    );
    assert_eq!(numbers("{{text:a}} {{text:b}}"), [1, 2]);
    assert_eq!(numbers("{{text:65535}} {{text:a}} {{text:b}}"), [65535, 65535, 65535], "there are no more");
}

#[test]
fn a_name_and_an_address_of_one_person_are_one() {
    let text = "<<text: Ada Lovelace>> <<text: ADA@example.org>> <<text: Ada  Lovelace, ada@example.org>> \
                {{text:\"ada lovelace\"}} <<text: Ada Byron>>";
    assert_eq!(numbers(text), [1, 1, 1, 1, 2]);
}

#[test]
fn what_tags_say_of_a_person_is_gathered() {
    let all = wishes(
        "<<witness: Wanda; of=ada@example.org; sms=+33612345678>> <<text: Wanda; order=2>> <<text: ada@example.org; order=1>>",
    );
    let (people, wrong) = TaggedPeople::of(&all);
    assert_eq!(wrong, []);
    let list: Vec<_> = people.list().cloned().collect();
    let (wanda, ada) = (person("Wanda", ""), person("", "ada@example.org"));
    assert_eq!(
        list,
        [
            TaggedPerson {
                number: 1,
                who: wanda,
                step: Some(2),
                witness_of: Some(2),
                sms: Some("+33612345678".into())
            },
            TaggedPerson { number: 2, who: ada, step: Some(1), witness_of: None, sms: None },
        ]
    );
    assert_eq!(people.number(&word("nobody we know")), 0);
    assert_eq!(people.number(&TagRecipient::Nobody), 0);
}

#[test]
fn two_tags_do_not_contradict_each_other() {
    assert_eq!(codes("{{text:1 order=1}} {{text:1 order=1}} {{text:1}}"), []);
    assert_eq!(codes("{{text:1 order=1}} {{text:1}} {{text:1 order=2}}"), [(2, "tag_person_contradicted")]);
    let telephone = "<<text: Ada; sms=+33612345678>> <<text: Ada; sms=+33612345679>>";
    assert_eq!(codes(telephone), [(1, "tag_person_contradicted")]);
    for twice in [
        "<<text: Ada; order=1; sms=+33612345678>> <<text: Ada; order=2; sms=+33612345679>>",
        "<<witness: Eve; of=Ada; order=1>> <<witness: Eve; of=Ben; order=2>>",
        "<<witness: Eve; of=Ada; sms=+33612345678>> <<witness: Eve; of=Ben; sms=+33612345679>>",
    ] {
        assert_eq!(codes(twice), [(1, "tag_person_contradicted")]);
    }
    let witness = "<<witness: 1; of=2>> <<witness: 1; of=3>>";
    assert_eq!(codes(witness), [(1, "tag_person_contradicted")]);
    assert_eq!(codes("<<witness: Ada; of=Ada>>"), [(0, "tag_witness_of_oneself")]);
}
