use super::*;
use crate::effects::Purpose;
use serde_json::Value;

/// Paths of all phrases with the places that each has.
fn shape(path: &str, value: &Value, into: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| shape(&format!("{path}/{key}"), member, into));
        }
        other => {
            let phrase = other.as_str().unwrap();
            assert!(!phrase.trim().is_empty(), "{path} says something");
            assert_eq!(phrase.matches('{').count(), phrase.matches('}').count(), "{path}");
            let mut places: Vec<String> = phrase
                .split('{')
                .skip(1)
                .map(|it| it.split_once('}').map(|(name, _)| name.to_owned()).unwrap())
                .collect();
            places.sort();
            into.insert(path.to_owned(), places);
        }
    }
}

fn phrases(tag: &str) -> BTreeMap<String, Vec<String>> {
    let (_, text) = FILES.iter().find(|(known, _)| *known == tag).unwrap();
    let mut into = BTreeMap::new();
    shape("", &serde_json::from_str(text).unwrap(), &mut into);
    into
}

#[test]
fn every_language_of_signers_has_every_phrase_with_the_places_of_english() {
    assert_eq!(FILES.map(|(tag, _)| tag), envelope::LANGUAGES);
    let english = phrases("en");
    for tag in envelope::LANGUAGES {
        assert_eq!(phrases(tag), english, "{tag}");
        assert_eq!(Words::of(tag).language, tag);
    }
}

#[test]
fn no_sentence_was_left_in_english() {
    let sentences = |tag: &str| -> Value {
        let text = FILES.iter().find(|(known, _)| *known == tag).unwrap().1;
        serde_json::from_str::<Value>(text).unwrap()["events"].clone()
    };
    let english = sentences("en");
    for tag in envelope::LANGUAGES.into_iter().filter(|it| *it != "en") {
        for (key, sentence) in sentences(tag).as_object().unwrap() {
            assert!(key == "then" || english[key] != *sentence, "{tag} {key}");
        }
    }
}

#[test]
fn every_method_role_and_purpose_is_named() {
    let purposes = [
        Purpose::Invitation,
        Purpose::Completed,
        Purpose::Declined,
        Purpose::Cancelled,
        Purpose::Expired,
        Purpose::Download,
        Purpose::Reminder,
        Purpose::Acted { recipient: 1 },
        Purpose::Locked { recipient: 1 },
        Purpose::Delegation { recipient: 1 },
        Purpose::VacantRole { recipient: 1 },
        Purpose::Bounced { recipient: 1 },
    ];
    for tag in envelope::LANGUAGES {
        let words = Words::of(tag);
        assert!(MethodKind::ALL.iter().all(|it| words.ways.contains_key(it.word())), "{tag}");
        assert!(Role::ALL.iter().all(|it| words.report.roles.contains_key(it.word())), "{tag}");
        assert!(purposes.iter().all(|it| words.purposes.contains_key(it.word())), "{tag}");
    }
}

#[test]
fn a_language_is_found_with_its_region_and_another_is_none() {
    assert_eq!(Words::find("fr-CA").map(|it| it.language), Some("fr"));
    assert_eq!(Words::find("DE").map(|it| it.language), Some("de"));
    assert!(Words::find("tlh").is_none() && Words::find("").is_none());
    assert_eq!(Words::of("tlh").language, "en");
}

#[test]
fn a_value_is_never_read_as_a_place() {
    let values = [("name", "{reason}"), ("reason", "Too dear {")];
    assert_eq!(fill("{name} declined: {reason}", &values), "{reason} declined: Too dear {");
    assert_eq!(fill("{unknown}open {", &values), "open {");
}

/// What each language says of one sending, with the date in its own form and its distance from UTC.
#[test]
fn a_date_stands_in_a_sentence_as_its_language_writes_it() {
    let at: jiff::Timestamp = "2026-11-22T13:05:09Z".parse().unwrap();
    let at = at.to_zoned(jiff::tz::TimeZone::get("Europe/Berlin").unwrap());
    for (tag, said) in [
        ("da", "Det blev sendt; det udløber 22. nov. 2026, 14.05.09 (UTC+01:00)."),
        ("de", "Versendet; läuft ab am 22.11.2026, 14:05:09 (UTC+01:00)."),
        ("en", "It was sent; it expires on Nov 22, 2026, 2:05:09 PM (UTC+01:00)."),
        ("es", "Fue enviado; caduca el 22 nov 2026, 14:05:09 (UTC+01:00)."),
        ("fr", "Envoyé\u{202f}; expire le 22 nov. 2026, 14:05:09 (UTC+01:00)."),
        ("hi", "भेजा गया; समय-सीमा 22 नव॰ 2026, 2:05:09 pm (UTC+01:00) को समाप्त होगी।"),
        ("hu", "Elküldve; lejár: 2026. nov. 22. 14:05:09 (UTC+01:00)."),
        ("it", "È stato inviato; scade il 22 nov 2026, 14:05:09 (UTC+01:00)."),
        ("nl", "Verzonden; verloopt op 22 nov 2026, 14:05:09 (UTC+01:00)."),
        ("pl", "Wysłano; wygasa 22 lis 2026, 14:05:09 (UTC+01:00)."),
        ("pt", "Foi enviado; expira em 22 de nov. de 2026, 14:05:09 (UTC+01:00)."),
        ("ru", "Отправлено; срок истекает 22 нояб. 2026 г., 14:05:09 (UTC+01:00)."),
        ("sv", "Det skickades; det går ut 22 nov. 2026 14:05:09 (UTC+01:00)."),
        ("tr", "Gönderildi; süresinin dolacağı an: 22 Kas 2026 14:05:09 (UTC+01:00)."),
        ("zh", "已发送；到期时间为 2026年11月22日 14:05:09 (UTC+01:00)。"),
    ] {
        let time = crate::written_time::exact_in_zone(tag, &at);
        assert_eq!(fill(&Words::of(tag).events.envelope_sent, &[("at", &time)]), said);
    }
}
