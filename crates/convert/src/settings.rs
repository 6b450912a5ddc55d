//! What the operator says about converting.

use serde::{Deserialize, Serialize};

/// What the operator says about converting documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// LibreOffice: a name to be looked for in the usual folders, or a path.
    pub office: String,
    /// Ghostscript, likewise.
    pub ghostscript: String,
    /// Seconds that a conversion may take.
    pub timeout_s: u64,
    /// Megabytes of memory that it may use.
    pub memory_mb: u64,
    /// Megabytes of the largest file that it may write.
    pub output_mb: u64,
    /// So many conversions run at once.
    pub at_once: usize,
    /// Converts only where the network can be kept away from the program (by `unshare`, of util-linux). Some containers
    /// forbid that; whoever switches this off there keeps the network away from the whole container.
    pub isolate: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            office: "soffice".to_owned(),
            ghostscript: "gs".to_owned(),
            timeout_s: 60,
            memory_mb: 4096,
            output_mb: 200,
            at_once: 1,
            isolate: true,
        }
    }
}
