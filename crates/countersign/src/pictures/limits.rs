//! What a process that draws may use: it takes these limits upon itself, and cannot lift them again.

use rustix::process::{Resource, Rlimit, nice, setrlimit};
use std::io::Read;
use std::path::PathBuf;

/// Seconds of the processor. Of a thousand strangers' files the slowest page took two.
const CPU_S: u64 = 6;
/// Bytes of address space beside the document itself.
const MEMORY: u64 = 768 << 20;
/// Added to the priority: whoever waits for an answer goes before whoever waits for a picture, who must not wait for ever.
const NICE: i32 = 5;

/// Reads the document, and takes the limits upon the process. Nothing of the document has been looked at before they hold:
/// no file, no socket and no process can be opened any more, and time and memory are counted.
pub(super) fn read_and_shut_in(pieces: &[PathBuf]) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("The document cannot be read: {error}.");
    let mut length = 0;
    for piece in pieces {
        length += std::fs::metadata(piece).map_err(failed)?.len();
    }
    // Where memory runs out the kernel looks for somebody to end: not the server.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    let refused = |error: rustix::io::Errno| format!("The limits cannot be set: {error}.");
    limit(Resource::As, MEMORY.saturating_add(length)).map_err(refused)?;
    limit(Resource::Cpu, CPU_S).map_err(refused)?;
    limit(Resource::Core, 0).map_err(refused)?;
    let _ = nice(NICE);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    for piece in pieces {
        std::fs::File::open(piece).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(failed)?;
    }
    // Standard output stays open: it was there before.
    limit(Resource::Nofile, 0).map_err(refused)?;
    limit(Resource::Nproc, 0).map_err(refused)?;
    Ok(bytes)
}

fn limit(resource: Resource, most: u64) -> rustix::io::Result<()> {
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_not_there_is_said_to_be_so_before_any_limit() {
        let sentence = read_and_shut_in(&["/nowhere/at/all".into()]).unwrap_err();
        assert!(sentence.starts_with("The document cannot be read: "), "{sentence}");
    }
}
