//! LibreOffice without a window, in a profile that is thrown away.

use crate::fault::Fault;
use crate::kind::Kind;
use crate::program::Leash;
use std::path::{Path, PathBuf};

/// What the profile says from the first: nothing of a document runs, and nothing outside of it is read.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"#;

/// Converts `input` and gives the PDF's path in `folder`.
pub(crate) async fn to_pdf(
    office: &Path,
    leash: &Leash,
    input: &Path,
    kind: Kind,
    folder: &Path,
) -> Result<PathBuf, Fault> {
    let filter = match kind {
        Kind::Docx | Kind::Doc | Kind::Odt | Kind::Rtf | Kind::Html => "writer_pdf_Export",
        Kind::Xlsx | Kind::Xls | Kind::Ods => "calc_pdf_Export",
        Kind::Pptx => "impress_pdf_Export",
        Kind::Pdf | Kind::Png | Kind::Jpeg => return Err(Fault::Failed),
    };
    leash.holds().await?;
    let profile = folder.join("profile");
    let settings = profile.join("user");
    tokio::fs::create_dir_all(&settings).await.map_err(|_| Fault::Machine)?;
    tokio::fs::write(settings.join("registrymodifications.xcu"), PROFILE)
        .await
        .map_err(|_| Fault::Machine)?;
    // Its name decides how it is read, and stands nowhere in the result.
    let source = folder.join(format!("document.{}", kind.extension()));
    tokio::fs::copy(input, &source).await.map_err(|_| Fault::Machine)?;
    let mut arguments = vec![
        format!("-env:UserInstallation=file://{}", profile.display()),
        "--headless".to_owned(),
        "--norestore".to_owned(),
        "--nolockcheck".to_owned(),
        "--nodefault".to_owned(),
        "--convert-to".to_owned(),
        format!("pdf:{filter}"),
        "--outdir".to_owned(),
        folder.display().to_string(),
        source.display().to_string(),
    ];
    // Without a word it is opened as a page for the screen, and nothing of it comes onto paper.
    if kind == Kind::Html {
        arguments.insert(1, "--infilter=HTML (StarWriter)".to_owned());
    }
    leash.run(office, &arguments, folder).await?;
    let made = folder.join("document.pdf");
    if tokio::fs::metadata(&made).await.is_ok_and(|it| it.len() > 0) { Ok(made) } else { Err(Fault::Failed) }
}
