//! pyHanko as a second judge of signatures, in one process for the whole run.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
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
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/validate.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // It ends a moment after the tests, and must not be what their runner waits for.
        .stderr(Stdio::null())
        .spawn()
        .expect("COUNTERSIGN_PYTHON names a program");
    let to = child.stdin.take().expect("piped");
    let from = BufReader::new(child.stdout.take().expect("piped"));
    Some(Process { _child: child, to, from })
}

/// What pyHanko says of a file, as `python/validate.py` describes it: now or `at` another time, in its strict reading or
/// the other. `None` where there is no pyHanko.
#[must_use]
pub fn judge(path: &Path, trust: &[&Path], at: Option<&str>, strict: bool) -> Option<Value> {
    let process = PROCESS.as_ref()?;
    let mut process = process.lock().expect("no test failed while it asked");
    let request = json!({ "path": path, "trust": trust, "at": at, "strict": strict });
    writeln!(process.to, "{request}").expect("the judge listens");
    let mut line = String::new();
    process.from.read_line(&mut line).expect("the judge answers");
    assert!(
        !line.is_empty(),
        "the judge ended; python/validate.py says why when COUNTERSIGN_PYTHON runs it by hand"
    );
    Some(serde_json::from_str(&line).expect("the answer is JSON"))
}
