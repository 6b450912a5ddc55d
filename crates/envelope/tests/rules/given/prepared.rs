//! Drafts and what they are made of.

use envelope::{
    Digest, DocumentDraft, DocumentFacts, Draft, Expiry, FieldDraft, FieldKind, MailWishes, PageSize,
    PlacedField, Points, RecipientDraft, Rect, Reminders, Returns, Revision, RevisionKind, Role, Rules,
    Sender,
};

/// A digest that is told from others by its number.
pub fn digest(number: u16) -> Digest {
    let mut bytes = [0; 32];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    Digest(bytes)
}

/// Who sends.
pub fn sender() -> Sender {
    Sender { user: "usr_1".into(), name: "Grace".into(), email: "grace@example.org".into() }
}

/// Two signers in order, one after the other, each with one place in the one document.
pub fn draft() -> Draft {
    Draft {
        title: "Lease".into(),
        message: "Please sign.".into(),
        documents: vec![document(1)],
        recipients: vec![signer("Ada", 1), signer("Ben", 2)],
        fields: vec![place("ada", 1), place("ben", 2)],
        groups: Vec::new(),
        language: "en".into(),
        time_zone: "Europe/Paris".into(),
        expiry: Expiry::Days(30),
        rules: Rules::default(),
        frame_origins: Vec::new(),
        reminders: Reminders::default(),
        step_limits: Vec::new(),
        mails: MailWishes::default(),
        returns: Returns::default(),
    }
}

/// The same two, both in the first step.
pub fn parallel() -> Draft {
    Draft { recipients: vec![signer("Ada", 1), signer("Ben", 1)], ..draft() }
}

/// Two documents, and two signers in the first step with a place in each of them.
pub fn two_documents() -> Draft {
    let fields = vec![
        place("ada", 1),
        FieldDraft { document: 2, ..place("ada-2", 1) },
        place("ben", 2),
        FieldDraft { document: 2, ..place("ben-2", 2) },
    ];
    Draft { documents: vec![document(1), document(2)], fields, ..parallel() }
}

/// Nothing yet.
pub fn empty() -> Draft {
    Draft {
        title: String::new(),
        message: "".into(),
        documents: Vec::new(),
        recipients: Vec::new(),
        fields: Vec::new(),
        ..draft()
    }
}

/// A document of two A4 pages, the second turned on its side. Its digest is that of its number.
pub fn document(number: u16) -> DocumentDraft {
    let upload = Revision { kind: RevisionKind::Upload, digest: digest(number), length: 1000 };
    let (short, long) = (Points(595_000), Points(842_000));
    DocumentDraft {
        upload: format!("upl_{number}"),
        title: format!("Document {number}"),
        facts: DocumentFacts {
            digest: upload.digest,
            length: upload.length,
            sent: upload,
            pages: vec![PageSize { width: short, height: long }, PageSize { width: long, height: short }],
            signatures: 0,
            certification: None,
        },
        visible_to: None,
    }
}

/// The same document, seen by these recipients alone.
pub fn seen_by<const N: usize>(number: u16, recipients: [u16; N]) -> DocumentDraft {
    DocumentDraft { visible_to: Some(recipients.into()), ..document(number) }
}

/// A person who signs.
pub fn signer(name: &str, step: u16) -> RecipientDraft {
    RecipientDraft {
        name: name.into(),
        email: format!("{}@example.org", name.to_lowercase()).into(),
        step,
        ..RecipientDraft::default()
    }
}

/// A person who receives copies.
pub fn copy(name: &str) -> RecipientDraft {
    RecipientDraft { role: Role::Copy, ..signer(name, 1) }
}

/// A place to sign, on the first page of the first document.
pub fn place(id: &str, recipient: u16) -> FieldDraft {
    field(id, FieldKind::Signature, recipient)
}

/// A required field without a label, on the first page of the first document.
pub fn field(id: &str, kind: FieldKind, recipient: u16) -> FieldDraft {
    FieldDraft {
        id: id.into(),
        kind,
        document: 1,
        page: 1,
        rect: rect(100.0, 100.0, 150.0, 40.0),
        recipient,
        required: true,
        ..FieldDraft::default()
    }
}

/// A field that a recipient places themselves, on the first page of the first document.
pub fn own(id: &str, kind: FieldKind) -> PlacedField {
    PlacedField { id: id.into(), kind, document: 1, page: 1, rect: rect(60.0, 600.0, 165.0, 37.0) }
}

/// A place in points.
pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::new(x, y, width, height).expect("tests write lengths that a page can have")
}
