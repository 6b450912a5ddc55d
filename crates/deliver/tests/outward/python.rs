//! The vendors' own Python packages, asked through `vendors.py`.

use crate::recorder::Recorder;
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// Asks one question. `recorder`: whose certificate the client has to trust.
pub async fn ask(question: &Value, recorder: Option<&Recorder>) -> Value {
    let python = std::env::var_os("COUNTERSIGN_PYTHON")
        .expect("COUNTERSIGN_PYTHON names a Python made by scripts/setup.sh test");
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outward/vendors.py"));
    // The answer has to come from our recorder and from nobody in between.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(name);
    }
    if let Some(recorder) = recorder {
        command.env("REQUESTS_CA_BUNDLE", recorder.certificate_file());
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(question.to_string().as_bytes()).await.unwrap();
    let output = child.wait_with_output().await.unwrap();
    assert!(output.status.success(), "vendors.py failed at {question}");
    serde_json::from_slice(&output.stdout).unwrap()
}
