//! The PDFs of others, in the order in which tests take a part of them.

use std::path::{Path, PathBuf};

/// All files, those of one folder not one after the other: the place in the list is that of a hash of the name.
pub fn in_fixed_order(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("COUNTERSIGN_CORPORA is a folder") {
            let path = entry.expect("can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "pdf") {
                files.push(path);
            }
        }
    }
    let hash = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        // FNV-1a: the same list on every machine.
        name.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    files.sort_by_key(|path| (hash(path), path.clone()));
    files
}
