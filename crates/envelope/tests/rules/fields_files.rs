//! Files that recipients add to fields.

use crate::fields_values::{acted, filling, said};
use crate::given::*;
use envelope::commands::attach_file::{AttachFile, FILE_BYTES_MAX};
use envelope::commands::record_seal::RecordSeal;
use envelope::commands::remove_file::RemoveFile;
use envelope::{
    AttachedFile, Command, Event, FieldDraft, FieldKind, FileType, FileWishes, Personal, Refusal, SealedFile,
};

fn file(kind: FileType, length: u64) -> AttachedFile {
    AttachedFile { name: "passport".into(), kind, length, digest: Personal::Known(digest(77)) }
}

fn attach(field: &str, file: AttachedFile) -> Command {
    Command::AttachFile(AttachFile { recipient: 1, field: field.into(), file })
}

fn attached(field: &str, file: AttachedFile) -> Event {
    Event::FileAttached { recipient: 1, field: field.into(), file }
}

fn remove(field: &str) -> Command {
    Command::RemoveFile(RemoveFile { recipient: 1, field: field.into() })
}

fn of(kind: FieldKind) -> FieldDraft {
    field("x", kind, 1)
}

#[test]
fn a_file_is_added_once_replaced_and_taken_away() {
    let form = filling(of(FieldKind::Attachment));
    let pdf = file(FileType::Pdf, 1000);
    form.when(attach("x", pdf.clone())).then([attached("x", pdf.clone())], []);
    let with = form.and([attached("x", pdf.clone())]);
    with.when(attach("x", pdf)).then_nothing();
    let other = file(FileType::Png, 1000);
    with.when(attach("x", other.clone())).then([attached("x", other)], []);
    with.when(remove("x")).then([Event::FileRemoved { recipient: 1, field: "x".into() }], []);
    with.did(remove("x")).when(remove("x")).then_nothing();
}

#[test]
fn a_required_file_is_missing_until_it_is_there_and_its_digest_stands_in_the_act() {
    let form = filling(of(FieldKind::Attachment));
    form.when(sign(1)).then_found([("/values/x", "field_required")]);
    let with = form.did(attach("x", file(FileType::Pdf, 1000)));
    assert_eq!(acted(with.clone(), []), said([("x", &digest(77).to_string())]));
    assert_eq!(with.progress().files.len(), 1);
    let without = with.did(remove("x"));
    without.when(sign(1)).then_found([("/values/x", "field_required")]);
    assert!(without.progress().files.is_empty());
}

#[test]
fn a_file_that_was_added_is_sealed_with_the_documents_and_no_other_one() {
    let form = filling(of(FieldKind::Attachment)).did(attach("x", file(FileType::Pdf, 1000)));
    let waits = form.and([intended(1), signed(1, blank(1)), Event::SealingIntended {}]);
    let seal = |files: Vec<SealedFile>| {
        let revisions = vec![revision(1, signed_by(1, 1), with_seal(1))];
        Command::RecordSeal(RecordSeal { certificate: certificate(), revisions, files })
    };
    let [theirs, unknown] = ["x", "y"].map(|field| sealed_file(field, 1));
    waits.when(seal(vec![theirs.clone(), unknown])).then_refused(Refusal::HeadMoved);
    waits.when(seal(vec![])).then_allowed();
    let sealed = waits.did(seal(vec![theirs.clone()]));
    let sealed = sealed.progress();
    assert_eq!(sealed.sealed_files.values().collect::<Vec<_>>(), [&theirs]);
    assert_eq!(sealed.files.len(), 1, "the file is kept as it came");
}

#[test]
fn a_file_is_of_a_type_that_the_field_takes() {
    let only = |types: &[FileType]| FieldDraft {
        files: FileWishes { types: types.to_vec(), bytes_max: None },
        ..of(FieldKind::Attachment)
    };
    filling(only(&[FileType::Pdf])).when(attach("x", file(FileType::Pdf, 1))).then_allowed();
    filling(only(&[FileType::Pdf, FileType::Png])).when(attach("x", file(FileType::Jpeg, 1))).then_told(
        "/values/x",
        "file_type_not_allowed",
        "This is a JPEG; add one of these: PDF, PNG.",
    );
    for kind in [FieldKind::Image, FieldKind::Stamp] {
        filling(of(kind)).when(attach("x", file(FileType::Jpeg, 1))).then_allowed();
        filling(of(kind))
            .when(attach("x", file(FileType::Pdf, 1)))
            .then_found([("/values/x", "file_type_not_allowed")]);
    }
}

#[test]
fn a_file_is_no_larger_than_the_field_and_everybody_take() {
    let most = |bytes_max| FieldDraft {
        files: FileWishes { types: Vec::new(), bytes_max },
        ..of(FieldKind::Attachment)
    };
    filling(most(Some(2048))).when(attach("x", file(FileType::Pdf, 2048))).then_allowed();
    filling(most(Some(2048))).when(attach("x", file(FileType::Pdf, 2049))).then_told(
        "/values/x",
        "file_too_large",
        "This is larger than 2 kB; add a smaller one.",
    );
    assert_eq!(FILE_BYTES_MAX, 26_214_400, "25 MB of 1,024 x 1,024 bytes");
    filling(most(None)).when(attach("x", file(FileType::Pdf, FILE_BYTES_MAX))).then_allowed();
    filling(most(None))
        .when(attach("x", file(FileType::Pdf, FILE_BYTES_MAX + 1)))
        .then_found([("/values/x", "file_too_large")]);
}

#[test]
fn a_file_goes_out_under_its_media_type() {
    let types = [FileType::Pdf, FileType::Jpeg, FileType::Png].map(FileType::media_type);
    assert_eq!(types, ["application/pdf", "image/jpeg", "image/png"]);
}

#[test]
fn only_a_field_of_ones_own_takes_a_file_and_only_as_a_file() {
    let form = filling(of(FieldKind::Attachment));
    for id in ["none", "ada", "ben"] {
        let pointer = format!("/values/{id}");
        form.when(attach(id, file(FileType::Pdf, 1))).then_found([(pointer.as_str(), "field_unknown")]);
        form.when(remove(id)).then_nothing();
    }
    let with = form.clone().and([attached("x", file(FileType::Pdf, 1)), opened(2), consented(2)]);
    with.when(Command::RemoveFile(RemoveFile { recipient: 2, field: "x".into() })).then_nothing();
    form.when(fill(1, [("x", "00ff")])).then_found([("/values/x", "field_takes_file")]);
}
