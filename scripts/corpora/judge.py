"""What outside programs say about a PDF before and after we signed it. One process drives them all.

The judges: pyHanko (as a library: its command line takes a second to start), qpdf and pdfsig.
"""
import logging
import subprocess
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)  # pyHanko explains each oddity at length; its verdict is what counts
PATIENCE_S = 10
# From no complaint to errors: qpdf's exit statuses in the order of their weight.
QPDF_WEIGHT = {0: 0, 3: 1, 2: 2}


@dataclass
class Before:
    """A file as it came."""

    pages: int | None  # None: qpdf cannot open it
    encryption: str  # "none", "empty password" or "needs a password"
    qpdf: int
    strict: bool  # pyHanko's strict reader gets through it
    certified_no_changes: bool
    signatures: dict = field(default_factory=dict)  # name of the field -> what pyHanko said
    unreadable: str | None = None  # why pyHanko could not read it at all


def run(*command: str) -> tuple[int | None, str]:
    """Exit status (None: no answer in time) and everything that was printed."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, ""
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def authority(folder: Path) -> ValidationContext:
    root = x509.Certificate.load(pem.unarmor((folder / "ca.pem").read_bytes())[2])
    return ValidationContext(trust_roots=[root], allow_fetching=False, revocation_mode="soft-fail")


def opened(data: bytes, strict: bool) -> PdfFileReader:
    reader = PdfFileReader(BytesIO(data), strict=strict)
    if reader.encrypted:
        reader.decrypt("")
    return reader


def verdicts(data: bytes, context: ValidationContext, strict: bool) -> dict:
    """Per signed field: intact, valid, docmdp_ok, level of later changes and bottom line."""
    reader = opened(data, strict)
    found = {}
    for number, signature in enumerate(reader.embedded_regular_signatures):
        name = f"{number}:{signature.field_name}"
        try:
            status = validate_pdf_signature(signature, context)
            found[name] = {
                "intact": status.intact,
                "valid": status.valid,
                "docmdp_ok": status.docmdp_ok,
                "changed": status.modification_level not in (
                    ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING, None),
                "bottom_line": status.bottom_line,
                "summary": status.summary(),
            }
        except Exception as error:  # a stranger's signature may be anything
            found[name] = {"error": f"{type(error).__name__}: {error}"}
    return found


def forbids_changes(data: bytes) -> bool:
    """Whether a certification with P=1 is in force (ISO 32000-1 12.8.2.2), or a signature's lock with P=1, which
    forbids the same (ISO 32000-2 table 236)."""
    try:
        reader = opened(data, strict=False)
        signatures = list(reader.embedded_regular_signatures)
    except Exception:
        return False
    return any(signature.docmdp_level == MDPPerm.NO_CHANGES for signature in signatures)


def reads_strictly(data: bytes, context: ValidationContext) -> bool:
    """Whether pyHanko's strict mode gets through all of it: every object that can be reached, every signature."""
    try:
        reader = opened(data, strict=True)
        if reader.xrefs.hybrid_xrefs_present:
            return False  # strict validation refuses such files whatever is in them
        walk(reader)
        return not any("error" in verdict for verdict in verdicts(data, context, strict=True).values())
    except Exception:
        return False


def walk(reader: PdfFileReader, most: int = 20_000) -> None:
    """Fetches what can be reached from the trailer; a strict reader raises where something is missing or malformed."""
    seen, open_objects = set(), [reader.trailer.raw_get(key) for key in reader.trailer]
    while open_objects and len(seen) < most:
        found = open_objects.pop()
        if isinstance(found, generic.IndirectObject):
            if found.reference in seen:
                continue
            seen.add(found.reference)
            found = found.get_object()
        if isinstance(found, generic.DictionaryObject):
            open_objects += [found.raw_get(key) for key in found]
        elif isinstance(found, generic.ArrayObject):
            open_objects += [found.raw_get(place) for place in range(len(found))]


def before(path: Path, data: bytes, context: ValidationContext) -> Before:
    status, pages = run("qpdf", "--show-npages", str(path))
    count = next((int(line) for line in pages.splitlines() if line.strip().isdigit()), 0)
    password, _ = run("qpdf", "--requires-password", str(path))
    encryption = {0: "needs a password", 3: "empty password"}.get(password, "none")
    opens = status in (0, 3) and count > 0
    result = Before(
        pages=count if opens else None,
        encryption=encryption,
        qpdf=run("qpdf", "--check", str(path))[0] or 0 if opens else 2,
        strict=False,
        certified_no_changes=forbids_changes(data),
    )
    try:
        result.signatures = verdicts(data, context, strict=False)
    except Exception as error:
        result.unreadable = f"{type(error).__name__}: {error}"
    result.strict = reads_strictly(data, context)
    return result


def after(original: Path, path: Path, data: bytes, was: Before, context: ValidationContext) -> list[str]:
    """Why the signed file is not accepted; empty when it is."""
    complaints = []
    status, words = run("qpdf", "--check", str(path))
    if QPDF_WEIGHT.get(status, 3) > QPDF_WEIGHT.get(was.qpdf, 3):
        complaints.append(f"qpdf --check went from {was.qpdf} to {status}: {last_line(words)}")
    complaints += pyhanko_complaints(data, was, context)
    now = pdfsig_doubts(path)
    # It lists signatures in the order of the form's fields, so ours need not be the last: none may be new in doubt.
    if now and len(now) > len(pdfsig_doubts(original)):
        complaints.append(f"pdfsig: {now[-1]}")
    return complaints


def pdfsig_doubts(path: Path) -> list[str]:
    """What pdfsig says of each signature that it does not call valid. No answer within the time is no verdict."""
    _, words = run("pdfsig", "-nocert", str(path))
    said = [line.split("Validation:", 1)[1].strip() for line in words.splitlines() if "Signature Validation:" in line]
    return [verdict for verdict in said if "is valid" not in verdict.lower()]


def pyhanko_complaints(data: bytes, was: Before, context: ValidationContext) -> list[str]:
    complaints = []
    for strict in (False, True) if was.strict else (False,):
        reading = "strict" if strict else "not strict"
        try:
            now = verdicts(data, context, strict)
        except Exception as error:
            before_too = " (nor what came in)" if was.unreadable else ""
            complaints.append(f"pyHanko ({reading}) cannot read it{before_too}: {type(error).__name__}: {error}")
            continue
        # An earlier signature is found by its place and field: our revision is appended, so it keeps both.
        ours = [name for name in now if name not in was.signatures]
        if len(ours) != 1:
            complaints.append(f"pyHanko ({reading}) finds {len(ours)} new signatures")
        for name in ours:
            if not now[name].get("bottom_line"):
                complaints.append(f"pyHanko ({reading}) on ours: {now[name].get('error') or now[name]['summary']}")
        for name, earlier in was.signatures.items():
            worse = compare(earlier, now.get(name))
            if worse:
                complaints.append(f"pyHanko ({reading}) on the earlier {name}: {worse}")
    return complaints


def compare(earlier: dict, now: dict | None) -> str | None:
    if "error" in earlier:
        return None  # it could not be judged before, either
    if now is None:
        return "gone"
    if "error" in now:
        return now["error"]
    for key in ("intact", "valid", "docmdp_ok"):
        if earlier[key] and not now[key]:
            return f"was {key}, is not any more"
    if now["changed"] and not earlier["changed"]:
        return "now counts as changed"
    return None


def last_line(words: str) -> str:
    lines = [line for line in words.splitlines() if line.strip()]
    return lines[-1].split("/")[-1] if lines else "no words"
