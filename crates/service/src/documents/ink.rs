//! A signature or initials as a signer adopted them.

use crate::error::Error;
use crate::record;
use crate::server::Service;
use base64::Engine as _;
use envelope::{Digest, Finding};
use serde::{Deserialize, Serialize};

/// What was drawn, typed or uploaded; kept as a blob of its own until the envelope's data are erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AdoptedInk {
    /// A typed name.
    Typed {
        /// The name.
        text: String,
    },
    /// Strokes of a finger, a pen or a mouse.
    Drawn {
        /// Width of the area drawn on.
        width: f64,
        /// Its height.
        height: f64,
        /// Points of each stroke, origin top left of the area.
        strokes: Vec<Vec<(f64, f64)>>,
    },
    /// A picture.
    Image {
        /// PNG or JPEG, base64.
        data: String,
    },
}

impl AdoptedInk {
    /// As the PDF draws it.
    pub(crate) fn to_pdf(&self) -> Result<pdf::appearance::Ink, Finding> {
        Ok(match self {
            Self::Typed { text } => pdf::appearance::Ink::Typed { text: text.clone() },
            Self::Drawn { width, height, strokes } => {
                pdf::appearance::Ink::Drawn { width: *width, height: *height, strokes: strokes.clone() }
            }
            Self::Image { data } => {
                let bytes = base64::engine::general_purpose::STANDARD.decode(data).map_err(|_| {
                    Finding::new(
                        "",
                        "image_unreadable",
                        "The picture cannot be read; choose a PNG or JPEG file.",
                    )
                })?;
                pdf::appearance::Ink::Image { bytes }
            }
        })
    }

    /// What is wrong with it, if anything.
    pub(crate) fn finding(&self, pointer: &str) -> Option<Finding> {
        let refused = match self.to_pdf() {
            Ok(ink) => ink.check().err().map(|refusal| (refusal.code(), refusal.to_string())),
            Err(finding) => Some((finding.code, finding.sentence)),
        };
        refused.map(|(code, sentence)| Finding::new(pointer, code, sentence))
    }
}

impl Service {
    /// Keeps adopted ink, durable before the intent names it; gives its digest.
    pub(crate) async fn keep_ink(&self, tenant: &str, ink: &AdoptedInk) -> Result<Digest, Error> {
        let bytes = serde_json::to_vec(ink).map_err(Error::fault)?;
        let digest = record::digest(&bytes);
        self.store().blobs().put_bytes(tenant, bytes).await?;
        Ok(digest)
    }

    /// Reads adopted ink.
    pub(crate) async fn ink(&self, tenant: &str, digest: Digest) -> Result<pdf::appearance::Ink, Error> {
        let bytes = self.store().blobs().get(tenant, &digest.to_string()).await?;
        let ink: AdoptedInk =
            serde_json::from_slice(&bytes).map_err(|_| Error::fault("kept ink cannot be read"))?;
        ink.to_pdf().map_err(|finding| Error::fault(finding.code))
    }
}
