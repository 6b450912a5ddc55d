//! Starts the process that draws, takes what it gives, and ends it when it does not end by itself.

use super::NO_SUCH_PAGE;
use service::pictures::{Drawer, Drawing, NotDrawn, Sheet};
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::process::Command;

/// On the clock of the wall: on a machine with nothing else to do, the limit on the processor's time comes first.
const WALL: Duration = Duration::from_secs(20);
/// A picture has so many bytes at most.
const BYTES_MAX: u64 = 12 << 20;

/// Draws by starting this binary anew.
pub(crate) struct OwnProcess {
    program: PathBuf,
}

impl OwnProcess {
    pub(crate) fn new() -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| {
            format!("The program's own file cannot be found, so no page can be drawn: {error}.")
        })?;
        Ok(Self { program })
    }

    async fn drawn(&self, sheet: Sheet) -> Result<Vec<u8>, NotDrawn> {
        let not_tried = |error: io::Error| NotDrawn::NotTried(format!("pages cannot be drawn: {error}"));
        let mut child = Command::new(&self.program)
            .args(["draw-page", &sheet.page.to_string(), &sheet.width.to_string()])
            .args(&sheet.pieces)
            // Nothing of ours is given to it: no keys, no addresses.
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(not_tried)?;
        let out = child.stdout.take();
        let mut png = Vec::new();
        let to_the_end = async {
            if let Some(out) = out {
                out.take(BYTES_MAX + 1).read_to_end(&mut png).await?;
            }
            if png.len() as u64 > BYTES_MAX {
                child.start_kill()?;
            }
            child.wait().await
        };
        let Ok(ended) = tokio::time::timeout(WALL, to_the_end).await else {
            // Its turn is over when it is gone, and not before.
            child.kill().await.map_err(not_tried)?;
            return Err(NotDrawn::TooMuch);
        };
        match judged(ended.map_err(not_tried)?) {
            None => Ok(png),
            Some(why) => {
                tracing::info!(?why, page = sheet.page, "a page was not drawn");
                Err(why)
            }
        }
    }
}

impl Drawer for OwnProcess {
    fn draw(&self, sheet: Sheet) -> Drawing<'_> {
        Box::pin(self.drawn(sheet))
    }
}

/// Why there is no picture, as the process's end tells; none where it is there.
fn judged(ended: ExitStatus) -> Option<NotDrawn> {
    match ended.code() {
        Some(0) => None,
        Some(code) if code == i32::from(NO_SUCH_PAGE) => Some(NotDrawn::NoSuchPage),
        Some(2) => Some(NotDrawn::NotTried("the process that draws could not begin".to_owned())),
        // It said so, or it gave up in the middle (101).
        Some(_) => Some(NotDrawn::Unreadable),
        // By a signal: out of time, out of memory, or out of its stack.
        None => Some(NotDrawn::TooMuch),
    }
}
