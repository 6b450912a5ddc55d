//! Telephone numbers as people write them, and as they are dialled. The rules know the form of a number; which lengths
//! the numbers of a country have stands in numbering plans, and those are asked here, before anything is kept.

use envelope::MethodKind::{SmsCode, VoiceCode};
use envelope::{Finding, RecipientDraft, Refusal};
use identity::{Phone, PhoneFinding, PhoneKind};

/// The number as it is dialled. What has not the form of one stays as it is: the rules refuse it.
fn dialled(number: &str, pointer: String) -> Result<String, Finding> {
    let wrong = match Phone::parse(number) {
        Ok(phone) => return Ok(phone.as_str().to_owned()),
        Err(PhoneFinding::NoSuchCountry) => {
            "No country has the code that this telephone number begins with; look at its first digits."
        }
        Err(PhoneFinding::TooShort) => {
            "This telephone number has fewer digits than any number of its country; look whether one is missing."
        }
        Err(PhoneFinding::TooLong) => {
            "This telephone number has more digits than any number of its country; leave out the 0 after the \
             country code."
        }
        Err(PhoneFinding::ImpossibleLength) => {
            "No telephone number of this country has so many digits; look whether one is missing or too many."
        }
        Err(_) => return Ok(number.to_owned()),
    };
    Err(Finding::new(pointer, "phone_impossible", wrong))
}

/// Brings the numbers of a draft's recipients into the form in which they are dialled.
pub(crate) fn dial_all(recipients: &mut [RecipientDraft]) -> Result<(), Refusal> {
    let mut found = Vec::new();
    for (index, recipient) in recipients.iter_mut().enumerate() {
        match dialled(recipient.phone.text(), format!("/recipients/{index}/phone")) {
            Ok(number) => recipient.phone = number.into(),
            Err(finding) => found.push(finding),
        }
    }
    Refusal::unless_empty(found)
}

/// Brings one number into the form in which it is dialled.
pub(crate) fn dial(number: &mut String) -> Result<(), Refusal> {
    *number = dialled(number, "/phone".into()).map_err(|finding| Refusal::Invalid(vec![finding]))?;
    Ok(())
}

/// Why a code may not arrive at a recipient's number, as far as the number tells: `fixed_line`, `internet_line`, or
/// `premium_rate`, which costs whoever calls it dearly. People take numbers with them, so it is a reason to look and
/// none to refuse.
pub fn phone_warning(recipient: &RecipientDraft) -> Option<&'static str> {
    let kind = Phone::parse(recipient.phone.text()).ok()?.kind();
    let asked = |method| recipient.method(method).is_some();
    match kind {
        PhoneKind::Premium if asked(SmsCode) || asked(VoiceCode) => Some("premium_rate"),
        PhoneKind::Fixed if asked(SmsCode) => Some("fixed_line"),
        PhoneKind::Voip if asked(SmsCode) => Some("internet_line"),
        _ => None,
    }
}
