//! Whether pages can be drawn on this machine.

use super::OwnProcess;
use service::pictures::{Drawer, NotDrawn, Sheet};
use std::io::Write;

/// The smallest document that has a page.
const ONE_PAGE: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
    2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 20]>>endobj\n\
    trailer<</Root 1 0 R>>\n%%EOF\n";

/// Draws one page, as the server would.
pub(crate) async fn probe() -> Result<String, String> {
    let failed = |error: std::io::Error| format!("a temporary file cannot be written: {error}");
    let mut file = tempfile::NamedTempFile::new().map_err(failed)?;
    file.write_all(ONE_PAGE).map_err(failed)?;
    let sheet = Sheet { pieces: vec![file.path().to_owned()], page: 1, width: 160 };
    match OwnProcess::new()?.draw(sheet).await {
        Ok(_) => Ok("pages are drawn by a process of its own".to_owned()),
        Err(NotDrawn::NotTried(why)) => Err(why),
        Err(_) => {
            Err("a page that is in order was not drawn; look whether this machine lets a program start \
                       itself anew and limit its memory"
                .to_owned())
        }
    }
}
