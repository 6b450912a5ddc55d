//! The grammars.

use super::wish::{TagError, Wish};
use super::{own, secured_signing, signature_api, xodo};

/// In which way a tag is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grammar {
    /// `[sig|req|signer1]`: the hidden tags of Xodo Sign.
    Xodo,
    /// `[[place_key]]`: the placeholders of SignatureAPI.
    SignatureApi,
    /// `<<signature: Ada Lovelace, ada@example.org; order=1>>`: in place of the smart tags of Secured Signing.
    SecuredSigning,
    /// `{{signature:1}}`: our own.
    Own,
}

impl Grammar {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Xodo, Self::SignatureApi, Self::SecuredSigning, Self::Own];

    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Xodo => "xodo",
            Self::SignatureApi => "signatureapi",
            Self::SecuredSigning => "securedsigning",
            Self::Own => "own",
        }
    }

    /// From its word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// What a tag begins and ends with.
    pub fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::Xodo => ("[", "]"),
            Self::SignatureApi => ("[[", "]]"),
            Self::SecuredSigning => ("<<", ">>"),
            Self::Own => ("{{", "}}"),
        }
    }

    /// Whether a field stands with its lower left corner where that of the tag is, and not with its upper left one. What
    /// SignatureAPI calls the place of a field is its lower left corner.
    pub fn stands_on_its_tag(self) -> bool {
        self == Self::SignatureApi
    }

    /// Whether what stands between the brackets is meant as a tag, and not as text that has brackets for reasons of its
    /// own: `[1]` is a footnote, and `{{name}}` is filled by whoever makes the document.
    pub(super) fn is_meant(self, inside: &str) -> bool {
        match self {
            Self::Xodo => xodo::is_meant(inside),
            Self::SignatureApi => true,
            Self::SecuredSigning => secured_signing::is_meant(inside),
            Self::Own => own::is_meant(inside),
        }
    }

    /// Reads what stands between the brackets.
    pub(super) fn read(self, inside: &str) -> Result<Wish, TagError> {
        match self {
            Self::Xodo => xodo::read(inside),
            Self::SignatureApi => signature_api::read(inside),
            Self::SecuredSigning => secured_signing::read(inside),
            Self::Own => own::read(inside),
        }
    }
}
