//! One signature, from its dictionary to its indication.

use pdf::{Dictionary, Document, Object, Source};
use pki::Certificate;

use super::attributes::{Named, signing_certificate};
use super::byte_range::ByteRange;
use super::date::{asn1_date, pdf_date};
use super::fields::Found;
use super::integrity::{Fits, Flaw, Form, check, hash_range};
use super::report::{
    Chain, Changes, Coverage, Indication, Integrity, Kind, SignatureReport, SignerReport, SubIndication,
};
use super::{Options, VerifyError, chain, place, timestamp};
use crate::cms::{SIGNING_TIME, SignedData, SignerId, SignerInfo, TIME_STAMP_TOKEN};
use crate::dictionary::{EVENT_HEAD, EVENT_HEAD_PREFIX, hex};

/// What every signature of a document is judged with.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) source: &'a dyn Source,
    pub(super) options: &'a Options,
    pub(super) pool: &'a [Certificate],
}

/// Judges a signature. What came after it is filled in when all are judged.
pub(super) fn judge(context: &Context<'_>, found: &Found) -> Result<SignatureReport, VerifyError> {
    let mut report = from_dictionary(context.document, found);
    match examine(context, found, &mut report)? {
        Ok(()) => report.integrity = Integrity::Intact,
        Err(flaw) if flaw.broken => {
            report.integrity = Integrity::Broken(flaw.sentence.clone());
            settle(&mut report, Indication::TotalFailed, flaw.sub_indication, flaw.sentence);
        }
        Err(flaw) => {
            report.integrity = Integrity::NotJudged(flaw.sentence.clone());
            settle(&mut report, Indication::Indeterminate, flaw.sub_indication, flaw.sentence);
        }
    }
    Ok(report)
}

/// The first reason stays: those that follow from it would only hide it.
fn settle(report: &mut SignatureReport, indication: Indication, reason: SubIndication, sentence: String) {
    let worse = indication == Indication::TotalFailed && report.indication != Indication::TotalFailed;
    if report.sub_indication.is_none() || worse {
        report.indication = indication;
        report.sub_indication = Some(reason);
        report.sentence = sentence;
    }
}

/// `Ok(Err(_))` where bytes and value do not fit or that cannot be told.
fn examine(
    context: &Context<'_>,
    found: &Found,
    report: &mut SignatureReport,
) -> Result<Result<(), Flaw>, VerifyError> {
    let range = match ByteRange::read(context.document, found, context.source.length()) {
        Ok(range) => range,
        Err(sentence) => return Ok(Err(Flaw::format(sentence))),
    };
    report.covered_to = range.end;
    let contents = match range.contents(context.source)? {
        Ok(contents) => contents,
        Err(sentence) => return Ok(Err(Flaw::format(sentence))),
    };
    let (coverage, reason) = place::coverage(context.document, context.source, found, range, &contents)?;
    report.coverage = coverage;
    if coverage == Coverage::Wrong {
        return Ok(Err(Flaw::format(reason.unwrap_or_default())));
    }
    report.remarks.extend(reason);
    let Some(form) = Form::of(&report.sub_filter) else {
        return Ok(Err(Flaw::unknown(format!(
            "signatures of the kind {} are not judged",
            report.sub_filter
        ))));
    };
    let normal = match SignedData::normalise(&contents) {
        Ok((normal, used)) => {
            if contents.get(used..).is_some_and(|padding| padding.iter().any(|byte| *byte != 0)) {
                report.remarks.push("something else than padding follows the signature's value".into());
            }
            normal
        }
        Err(error) => return Ok(Err(Flaw::format(error.to_string()))),
    };
    let data = match SignedData::read(&normal) {
        Ok(data) => data,
        Err(error) => return Ok(Err(Flaw::format(error.to_string()))),
    };
    // ISO 32000-2 12.8.3.3.1: exactly one signer.
    let [signer] = data.signers.as_slice() else {
        return Ok(Err(Flaw::format(format!(
            "the signature has {} signers instead of one",
            data.signers.len()
        ))));
    };
    let offered = data.certificates.iter().take(chain::MAX_CERTIFICATES);
    let beside: Vec<Certificate> = offered.filter_map(|der| Certificate::from_der(der).ok()).collect();
    if beside.len() < data.certificates.len() {
        report.remarks.push("a certificate beside the signature was not read".into());
    }
    let Some(certificate) = signers_certificate(signer, &beside) else {
        let sentence = "the signer's certificate is not in the signature or cannot be read".to_owned();
        let sub_indication = SubIndication::NoSigningCertificateFound;
        return Ok(Err(Flaw { sub_indication, sentence, broken: false }));
    };
    report.signer = Some(describe(certificate));
    times(form, &data, signer, report);
    let hash = |algorithm| hash_range(context.source, range, algorithm);
    match check(form, &data, signer, certificate, &hash)? {
        Ok(Fits { algorithm, weaknesses }) => {
            report.signature_algorithm = Some(algorithm);
            report.weaknesses.extend(weaknesses);
        }
        Err(flaw) => return Ok(Err(flaw)),
    }
    report.digest_algorithm =
        pki::DigestAlgorithm::from_oid(signer.digest_algorithm).map(|algorithm| algorithm.name().to_owned());
    constrain(context, form, signer, certificate, &beside, report);
    Ok(Ok(()))
}

/// What a fitting signature still needs to pass.
fn constrain(
    context: &Context<'_>,
    form: Form,
    signer: &SignerInfo<'_>,
    certificate: &Certificate,
    beside: &[Certificate],
    report: &mut SignatureReport,
) {
    let undecided = Indication::Indeterminate;
    match (signing_certificate(signer, certificate), form) {
        (Named::This, _) | (Named::Absent, Form::Pkcs7 | Form::Pkcs7Sha1) => {}
        (Named::ThisBySha1, _) => report.remarks.push("the signer's certificate is named by SHA-1".into()),
        (Named::Absent, _) => {
            let sentence = "the attribute that names the signer's certificate is missing".to_owned();
            settle(report, undecided, SubIndication::SigConstraintsFailure, sentence);
        }
        (Named::Other, _) => {
            let sentence = "the signer signed along with another certificate than the one used".to_owned();
            settle(report, undecided, SubIndication::NoSigningCertificateFound, sentence);
        }
        (Named::Unreadable, _) => {
            let sentence = "the attribute that names the signer's certificate cannot be read".to_owned();
            settle(report, undecided, SubIndication::SigConstraintsFailure, sentence);
        }
    }
    if form == Form::Rfc3161 {
        // Anybody can run an authority: without judging it, a time stamp proves nothing but that nothing changed.
        let sentence = "the time stamp is intact, but who issued it is not judged".to_owned();
        settle(report, undecided, SubIndication::NoCertificateChainFound, sentence);
        report.chain = Chain::NotJudged("authorities of time stamps are not judged".into());
        report.not_judged.push("timestamp".into());
        return;
    }
    let (chain, reason, weaknesses) = chain::judge(certificate, beside, context.pool, context.options);
    if let Some(reason) = reason {
        let sentence = match &chain {
            Chain::Untrusted(sentence) => sentence.clone(),
            _ => "no trusted certificate was given to judge the signer's against".to_owned(),
        };
        settle(report, undecided, reason, sentence);
    }
    report.chain = chain;
    if !certificate.may_sign_documents() {
        let sentence = "the signer's key is not meant for signing documents".to_owned();
        settle(report, undecided, SubIndication::ChainConstraintsFailure, sentence);
    }
    if let Some(weakness) = report.weaknesses.first().cloned() {
        settle(report, undecided, SubIndication::CryptoConstraintsFailureNoPoe, weakness);
    }
    report.weaknesses.extend(weaknesses);
    if context.options.require_revocation {
        let sentence = "whether the certificate was revoked is not known".to_owned();
        settle(report, undecided, SubIndication::TryLater, sentence);
    }
    report.not_judged.push("revocation".into());
    if signer.unsigned_attributes.iter().any(|attribute| attribute.oid == TIME_STAMP_TOKEN) {
        report.not_judged.push("timestamp".into());
    }
}

fn signers_certificate<'a>(signer: &SignerInfo<'_>, beside: &'a [Certificate]) -> Option<&'a Certificate> {
    beside.iter().find(|certificate| match signer.id {
        SignerId::IssuerAndSerial(issuer, serial) => {
            certificate.issuer_der() == issuer && certificate.serial() == serial
        }
        SignerId::SubjectKey(key) => certificate.subject_key_identifier().as_deref() == Some(key),
    })
}

fn describe(certificate: &Certificate) -> SignerReport {
    SignerReport {
        name: certificate.subject(),
        subject: certificate.subject_name(),
        issuer: certificate.issuer_name(),
        emails: certificate.emails(),
        organization: certificate.organization(),
        serial: hex(certificate.serial()),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        sha256: hex(&certificate.sha256()),
    }
}

fn times(form: Form, data: &SignedData<'_>, signer: &SignerInfo<'_>, report: &mut SignatureReport) {
    if form == Form::Rfc3161 {
        report.claimed_time = data.content.and_then(timestamp::time);
    } else if report.claimed_time.is_none() {
        report.claimed_time = signer.signed(SIGNING_TIME).ok().flatten().and_then(asn1_date);
    }
}

/// What the dictionary says before anything is checked.
fn from_dictionary(document: &Document, found: &Found) -> SignatureReport {
    let dictionary = &found.dictionary;
    let value = |key: &str| document.lookup(dictionary, key).unwrap_or(Object::Null);
    let text = |key: &str| value(key).as_text().filter(|text| !text.is_empty());
    let name =
        |key: &str| value(key).as_name().map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned());
    let sub_filter = name("SubFilter").unwrap_or_default();
    let kind = if sub_filter == "ETSI.RFC3161" { Kind::Timestamp } else { Kind::Signature };
    SignatureReport {
        field: found.field.clone(),
        kind,
        indication: Indication::TotalPassed,
        sub_indication: None,
        sentence: "the signature is valid as far as it was judged".into(),
        integrity: Integrity::NotJudged("not yet".into()),
        coverage: Coverage::Wrong,
        covered_to: 0,
        chain: Chain::NotJudged("the signature itself does not hold".into()),
        signer: None,
        claimed_time: text("M").as_deref().and_then(pdf_date),
        name: text("Name"),
        reason: text("Reason"),
        location: text("Location"),
        digest_algorithm: None,
        signature_algorithm: None,
        weaknesses: Vec::new(),
        certification: certification(document, dictionary),
        event_head: name(EVENT_HEAD)
            .and_then(|head| head.strip_prefix(EVENT_HEAD_PREFIX).map(str::to_owned))
            .filter(|head| head.len() == 64 && head.bytes().all(|byte| byte.is_ascii_hexdigit())),
        changes: Changes::NoneLater,
        not_judged: Vec::new(),
        remarks: Vec::new(),
        sub_filter,
    }
}

/// ISO 32000-2 12.8.2.2: /P of the DocMDP transform, 2 where it is absent.
fn certification(document: &Document, dictionary: &Dictionary) -> Option<u8> {
    let references = document.lookup(dictionary, "Reference").ok()?;
    for reference in references.as_array()? {
        let Ok(reference) = document.resolve(reference) else { continue };
        let Some(reference) = reference.as_dictionary() else { continue };
        let method = document.lookup(reference, "TransformMethod").ok();
        if method.is_some_and(|method| method.is_name("DocMDP")) {
            let parameters = document.lookup(reference, "TransformParams").ok();
            let level = parameters
                .as_ref()
                .and_then(Object::as_dictionary)
                .and_then(|parameters| parameters.get("P"));
            let level =
                level.and_then(|level| document.resolve(level).ok()).and_then(|level| level.as_integer());
            return Some(level.and_then(|level| u8::try_from(level).ok()).unwrap_or(2));
        }
    }
    None
}
