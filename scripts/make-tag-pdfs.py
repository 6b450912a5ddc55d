#!/usr/bin/env python3
"""Makes the documents with tags of the tests, each by a program that people use: Word (through LibreOffice), LaTeX,
Chromium's print, ReportLab; and notes where poppler finds the tags in them. Run once; what it made is committed, so that
the tests need none of these programs.

    scripts/make-tag-pdfs.py crates/countersign/tests/files/tags
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile
from xml.sax.saxutils import escape

# The same in all of them: black, white on white, split between runs, kerned, with ligatures; on the second page turned.
SIGNATURE = "{{signature:client}}"
SPLIT = ["{{te", "xt:cli", 'ent label="Profile office AVATAR" requ', "ired=no width=200}}"]
HIDDEN = "[text|req|signer2|Name|name_1]"
PLACE = "[[landlord_signs]]"
SMART = "<<signature: Ada Lovelace, ada@example.org; order=1>>"
WRONG = "{{seal:client}}"
TURNED = "{{initials:client}}"


def word(target: pathlib.Path) -> None:
    def run(text: str, style: str = "") -> str:
        return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    white = '<w:color w:val="FFFFFF"/>'
    split = run(SPLIT[0]) + run(SPLIT[1], "<w:lang w:val='fr-FR'/>") + run(SPLIT[2], "<w:noProof/>") + run(SPLIT[3])
    lines = [
        run("Client: " + SIGNATURE),
        split,
        run(HIDDEN, white),
        run("Landlord ") + run(PLACE, white),
        run(SMART, '<w:b/><w:sz w:val="20"/>'),
        run(WRONG),
    ]
    turn = (
        '<w:tbl><w:tblGrid><w:gridCol w:w="1000"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="4000"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="1000"/><w:textDirection w:val="btLr"/></w:tcPr><w:p>{run(TURNED)}</w:p></w:tc></w:tr></w:tbl>'
    )
    body = "".join(f"<w:p>{line}</w:p>" for line in lines)
    body += f'<w:p><w:r><w:br w:type="page"/></w:r></w:p>{turn}<w:p/>'
    space = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" Type='
        f'"{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
    }
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work) / "word.docx"
        with zipfile.ZipFile(source, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
        profile = f"-env:UserInstallation=file://{work}/profile"
        call(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", work, str(source)])
        (pathlib.Path(work) / "word.pdf").replace(target)


def latex(target: pathlib.Path) -> None:
    def text(words: str) -> str:
        # Its own roman letters have no such marks; those of the typewriter have.
        return "".join(rf"{{\ttfamily\char{ord(letter)}}}" if letter in '{}[]|<>"_=' else letter for letter in words)

    split = r"\mbox{" + "".join(rf"\textcolor{{black}}{{{text(part)}}}" for part in SPLIT) + "}"
    white = r"\textcolor{white}{%s}"
    lines = ["Client: " + text(SIGNATURE), split, white % text(HIDDEN), "Landlord " + white % text(PLACE), text(SMART), text(WRONG)]
    body = r"\par\bigskip ".join(lines) + r"\newpage\rotatebox{90}{" + text(TURNED) + "}"
    preamble = r"\documentclass[a4paper]{article}\usepackage{xcolor,graphicx}\parindent0pt"
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work) / "latex.tex"
        source.write_text(preamble + r"\begin{document}" + body + r"\end{document}")
        call(["pdflatex", "-interaction=batchmode", "-output-directory", work, str(source)])
        (pathlib.Path(work) / "latex.pdf").replace(target)


def chromium(target: pathlib.Path) -> None:
    split = "".join(f"<span style='letter-spacing:{place * 0.1}pt'>{escape(part)}</span>" for place, part in enumerate(SPLIT))
    white = "<span style='color:white'>%s</span>"
    lines = ["Client: " + SIGNATURE, split, white % HIDDEN, "Landlord " + white % PLACE, escape(SMART), WRONG]
    body = "".join(f"<p style='white-space:nowrap'>{line}</p>" for line in lines)
    turned = f"<p style='break-before:page;writing-mode:vertical-rl;transform:rotate(180deg);margin:100pt'>{TURNED}</p>"
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work) / "print.html"
        source.write_text(f"<!doctype html><meta charset=utf-8><body style='font:12pt serif'>{body}{turned}")
        switches = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={work}/profile"]
        call(["chromium", *switches, f"--print-to-pdf={target}", source.as_uri()])


def reportlab(target: pathlib.Path) -> None:
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(str(target), pagesize=(595, 842), invariant=1)
    page.drawString(72, 700, "Client: " + SIGNATURE)
    across = 72.0
    for place, part in enumerate(SPLIT):
        page.setFont("Helvetica" if place % 2 == 0 else "Times-Roman", 12)
        page.drawString(across, 660, part)
        across += page.stringWidth(part)
    page.setFont("Helvetica", 12)
    page.setFillGray(1)
    page.drawString(72, 620, HIDDEN)
    page.setFillGray(0)
    page.drawString(72, 580, "Landlord")
    invisible = page.beginText(130, 580)
    invisible.setTextRenderMode(3)
    invisible.textOut(PLACE)
    invisible.setTextRenderMode(0)
    page.drawText(invisible)
    page.drawString(72, 540, SMART)
    page.drawString(72, 500, WRONG)
    page.showPage()
    page.translate(200, 300)
    page.rotate(90)
    page.drawString(0, 0, TURNED)
    page.save()


def places(file: pathlib.Path) -> dict[str, list[float]]:
    """Of each tag its page, left, top, right and bottom, as `pdftotext -bbox` tells them."""
    told = subprocess.run(["pdftotext", "-bbox", str(file), "-"], check=True, capture_output=True).stdout
    found = {}
    html = "{http://www.w3.org/1999/xhtml}"
    for number, page in enumerate(xml.etree.ElementTree.fromstring(told).iter(html + "page"), 1):
        words = [(word.text, *(float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax"))) for word in page.iter(html + "word")]
        for tag in (SIGNATURE, "".join(SPLIT), HIDDEN, PLACE, SMART, WRONG, TURNED):
            parts = tag.split(" ")
            for at in range(len(words)):
                here = words[at : at + len(parts)]
                if [word[0] for word in here] == parts:
                    edges = [min(it[1] for it in here), min(it[2] for it in here), max(it[3] for it in here), max(it[4] for it in here)]
                    found[tag] = [number, *(round(edge, 2) for edge in edges)]
    return found


def call(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    told = {}
    for make in (word, latex, chromium, reportlab):
        file = (folder / f"{make.__name__}.pdf").absolute()
        make(file)
        told[make.__name__] = places(file)
    (folder / "places.json").write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
