//! Why an upload is refused.

/// Why a file cannot be signed. Its `Display` is one sentence that says what to do next; [`IntakeRefusal::code`] is part
/// of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IntakeRefusal {
    /// No PDF. Usual cause: a Word file or an image with the wrong name.
    NotAPdf,
    /// It opens only with a password, or is encrypted for named persons.
    NeedsPassword,
    /// It is damaged, and repairing it would destroy a signature that it carries.
    DamagedAndSigned,
    /// No page could be found in it.
    WithoutPages,
    /// Its pages are made up by Adobe's XFA programs when it is shown; there is nothing that could be signed.
    DynamicXfa,
    /// It has an XFA form beside its signature: dropping the form would destroy the signature.
    XfaAndSigned,
    /// Whoever certified it forbade every change.
    CertifiedNoChanges,
    /// It passes a limit of [`crate::limits`].
    TooComplex,
    /// It is encrypted and damaged; it cannot be repaired without taking the encryption away.
    EncryptedAndDamaged,
    /// The storage below failed; nothing is known about the file. Trying again may help.
    Unreadable(std::io::ErrorKind),
}

impl IntakeRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPdf => "not_a_pdf",
            Self::NeedsPassword => "pdf_needs_password",
            Self::DamagedAndSigned => "pdf_damaged_and_signed",
            Self::WithoutPages => "pdf_without_pages",
            Self::DynamicXfa => "pdf_dynamic_xfa",
            Self::XfaAndSigned => "pdf_xfa_and_signed",
            Self::CertifiedNoChanges => "pdf_certified_no_changes",
            Self::TooComplex => "pdf_too_complex",
            Self::EncryptedAndDamaged => "pdf_encrypted_and_damaged",
            Self::Unreadable(_) => "upload_unreadable",
        }
    }
}

impl std::fmt::Display for IntakeRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotAPdf => "This file is not a PDF; save it as PDF and upload that.",
            Self::NeedsPassword => "This PDF opens only with a password; save it without one and upload it again.",
            Self::DamagedAndSigned => {
                "This PDF is damaged and already signed, and a repair would break the signature; \
                 ask its sender for an intact copy."
            }
            Self::WithoutPages => "No page could be found in this PDF; open it in a viewer and save it anew.",
            Self::DynamicXfa => {
                "This is an Adobe XFA form without fixed pages; open it in Adobe Acrobat and print it to a PDF."
            }
            Self::XfaAndSigned => {
                "This PDF is signed and contains an Adobe XFA form, so that nothing can be added safely; \
                 print it to a PDF and upload that."
            }
            Self::CertifiedNoChanges => {
                "Whoever certified this PDF allowed no changes, not even signatures; ask them for a copy that allows them."
            }
            Self::TooComplex => {
                "This PDF is built so unusually that it cannot be handled safely; print it to a PDF and upload that."
            }
            Self::EncryptedAndDamaged => {
                "This PDF is encrypted and damaged; open it in a viewer, save it without encryption and upload it again."
            }
            Self::Unreadable(_) => "The uploaded file could not be read back; upload it again.",
        })
    }
}

impl std::error::Error for IntakeRefusal {}
