//! pyHanko as a second judge, in one process for the whole run.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{LazyLock, Mutex};

use serde_json::{Value, json};

struct Process {
    _child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

static PROCESS: LazyLock<Option<Mutex<Process>>> = LazyLock::new(|| start().map(Mutex::new));

/// Starts the judge where `COUNTERSIGN_PYTHON` names a Python that has pyHanko.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn start() -> Option<Process> {
    let Some(python) = std::env::var_os("COUNTERSIGN_PYTHON") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "COUNTERSIGN_PYTHON is not set, and CI has to judge with pyHanko"
        );
        println!("Skipped: COUNTERSIGN_PYTHON does not name a Python with pyHanko.");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testkit/python/validate.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("COUNTERSIGN_PYTHON names a program");
    let to = child.stdin.take().expect("piped");
    let from = BufReader::new(child.stdout.take().expect("piped"));
    Some(Process { _child: child, to, from })
}

/// What pyHanko says of a file; `None` where there is no pyHanko.
pub fn judge(path: &Path, trust: &[PathBuf], at: Option<&str>, strict: bool) -> Option<Value> {
    let process = PROCESS.as_ref()?;
    let mut process = process.lock().expect("no test failed while it asked");
    let request = json!({ "path": path, "trust": trust, "at": at, "strict": strict });
    writeln!(process.to, "{request}").expect("the judge listens");
    let mut line = String::new();
    process.from.read_line(&mut line).expect("the judge answers");
    Some(serde_json::from_str(&line).expect("the answer is JSON"))
}
