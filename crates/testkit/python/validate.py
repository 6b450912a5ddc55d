"""Judges signed PDFs with pyHanko, one long-lived process for a whole test run.

Reads one JSON object a line:
    {"path": "signed.pdf", "trust": ["ca.pem"], "at": "2031-11-22T10:00:00Z" or null, "strict": true}
and answers each with one line:
    {"signatures": [{"field": "...", "intact": true, "valid": true, "trusted": true, "bottom_line": true, ...}]}
or  {"error": "why the file could not be judged at all"}

No network is used and revocation is not judged. `strict` is pyHanko's strict reading of the file.
"""

import datetime
import json
import logging
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext


def moment(text):
    if not text:
        return None
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def context(trust, at):
    # An empty list means "trust nobody"; None would mean the system's own roots.
    return ValidationContext(
        trust_roots=list(trust), allow_fetching=False, revocation_mode="soft-fail", moment=at
    )


def name_of(value):
    return getattr(value, "name", None)


def judge(signature, trust, at):
    result = {"field": signature.field_name, "error": None}
    try:
        if signature.sig_object.get("/Type") == "/DocTimeStamp":
            status = validate_pdf_timestamp(signature, context(trust, at))
        else:
            status = validate_pdf_signature(signature, context(trust, at))
    except Exception as error:  # whatever a broken signature makes the validator say
        signature_error = f"{type(error).__name__}: {error}"
        return {**result, "error": signature_error, "intact": False, "valid": False, "bottom_line": False}
    result.update(
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        # A time stamp has no bottom line of its own.
        bottom_line=getattr(status, "bottom_line", status.intact and status.valid and status.trusted),
        coverage=name_of(status.coverage),
        modification_level=name_of(status.modification_level),
        docmdp_ok=getattr(status, "docmdp_ok", None),
        digest=status.md_algorithm,
        summary=status.summary(),
    )
    return result


def answer(request):
    trust = [load_cert_from_pemder(path) for path in request.get("trust", [])]
    at = moment(request.get("at"))
    with open(request["path"], "rb") as file:
        reader = PdfFileReader(file, strict=request.get("strict", True))
        if reader.encrypted:
            reader.decrypt("")
        return {"signatures": [judge(one, trust, at) for one in reader.embedded_signatures]}


def main():
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        try:
            result = answer(json.loads(line))
        except Exception as error:  # the process serves the next request whatever this one was
            result = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
