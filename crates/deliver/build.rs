//! Lists the files in `locales/`, so that a language is added by adding its file.

use std::fmt::Write as _;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("locales");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder)?.map(|it| it.map(|it| it.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|it| it == "json"));
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let tag = file.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(list, "    ({tag:?}, include_str!({:?})),", file.to_string_lossy())?;
    }
    list.push(']');
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("catalogs.rs"), list)?;
    println!("cargo::rerun-if-changed=locales");
    Ok(())
}
