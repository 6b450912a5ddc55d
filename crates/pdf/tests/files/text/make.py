#!/usr/bin/env python3
"""Made once the PDFs of this folder, and `places.json`, which says where the texts in them stand.

Needs reportlab, chromium, soffice (LibreOffice Writer), pdflatex and pdftotext. Where the producer knows its own
places (ReportLab, LaTeX) they come from it; elsewhere from `pdftotext -bbox`.
"""

import html
import json
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
WORK = Path(tempfile.mkdtemp())
PLACES = {}


def put(name, data, places):
    (HERE / f"{name}.pdf").write_bytes(data)
    PLACES[f"{name}.pdf"] = places


def place(text, page, left, right, baseline):
    """Left, right and the two ends between which the baseline lies; null where the producer does not tell."""
    return {"text": text, "page": page, "left": left, "right": right, "baseline": baseline}


# --- ReportLab: every place is computed from the widths of its fonts.

def by_reportlab():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Sans", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    out = WORK / "reportlab.pdf"
    height, places = 842, []
    page = Canvas(str(out), pagesize=(595, height), invariant=1)

    def width(text, font="Helvetica", size=12):
        return pdfmetrics.stringWidth(text, font, size)

    def known(text, x, y, w, page_number=1):
        places.append(place(text, page_number, x, x + w, [height - y - 0.01, height - y + 0.01]))

    page.setFont("Helvetica", 12)
    page.drawString(72, 700, "Please sign at [[plain]] and date.")
    known("[[plain]]", 72 + width("Please sign at "), 700, width("[[plain]]"))
    # Each letter for itself, from the last to the first.
    for at in reversed(range(len("[[split]]"))):
        page.drawString(72 + width("[[split]]"[:at]), 670, "[[split]]"[at])
    known("[[split]]", 72, 670, width("[[split]]"))
    text = page.beginText(72, 640)
    text.setFont("Helvetica", 12)
    text.setCharSpace(0.8)
    text.textOut("[[spaced]]")
    text.setCharSpace(0)
    page.drawText(text)
    known("[[spaced]]", 72, 640, width("[[spaced]]") + 0.8 * 9)
    page.saveState()
    page.setFillColorRGB(1, 1, 1)
    page.drawString(72, 610, "[[white]]")
    page.restoreState()
    known("[[white]]", 72, 610, width("[[white]]"))
    text = page.beginText(72, 580)
    text.setFont("Helvetica", 12)
    text.setTextRenderMode(3)
    text.textOut("[[invisible]]")
    page.drawText(text)
    known("[[invisible]]", 72, 580, width("[[invisible]]"))
    text = page.beginText(0, 0)
    text.setTextRenderMode(0)
    page.drawText(text)
    page.saveState()
    page.translate(300, 500)
    page.rotate(90)
    page.drawString(0, 0, "[[turned]]")
    page.restoreState()
    # Upright the text is as wide as it is high: from the ascent to the descent of Helvetica.
    places.append(place("[[turned]]", 1, 300 - 0.718 * 12, 300 + 0.207 * 12, [height - 500 - 0.01, height - 500 + 0.01]))
    page.saveState()
    page.translate(400, 500)
    page.rotate(30)
    page.drawString(0, 0, "[[slanted]]")
    page.restoreState()
    places.append(place("[[slanted]]", 1, None, None, [height - 500 - 0.01, height - 500 + 0.01]))
    page.setFont("Sans", 12)
    page.drawString(72, 550, "the \ufb01nal o\ufb00er")
    known("final", 72 + width("the ", "Sans"), 550, width("\ufb01nal", "Sans"))
    known("offer", 72 + width("the \ufb01nal ", "Sans"), 550, width("o\ufb00er", "Sans"))
    page.setFont("Helvetica", 12)
    page.beginForm("stamp", 0, 0, 200, 50)
    page.setFont("Helvetica", 12)
    page.drawString(5, 5, "[[form]]")
    page.endForm()
    for x, y in [(72, 400), (200, 350)]:
        page.saveState()
        page.translate(x, y)
        page.scale(2, 2)
        page.doForm("stamp")
        page.restoreState()
        known("[[form]]", x + 10, y + 10, 2 * width("[[form]]"))
    page.drawString(72, 300, "word[[inside]]word")
    known("[[inside]]", 72 + width("word"), 300, width("[[inside]]"))
    page.showPage()
    page.setPageRotation(90)
    page.setFont("Helvetica", 12)
    page.drawString(72, 500, "[[page turned]]")
    # ReportLab turns the sheet, too: 842 by 595. It is shown turned clockwise: what was up is to the right.
    places.append(place("[[page turned]]", 2, 500 - 0.207 * 12, 500 + 0.718 * 12, [71.99, 72.01]))
    page.save()
    put("reportlab", out.read_bytes(), places)


# --- Everybody else is measured by poppler.

def measured(file, needles):
    """The places of texts that poppler may have broken into several words: neighbours are put together."""
    out = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    places = []
    for number, page in enumerate(out.split("<page ")[1:], 1):
        words = [
            (*map(float, sides), html.unescape(text))
            for *sides, text in re.findall(
                r'xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*?)</word>', page)
        ]
        for needle in needles:
            for first in range(len(words)):
                for last in range(first, min(first + len(needle), len(words))):
                    some = words[first:last + 1]
                    text = "".join(word[4] for word in some)
                    if not text.startswith(needle[0]) or len(text) > len(needle):
                        break
                    if text == needle:
                        left, right = min(word[0] for word in some), max(word[2] for word in some)
                        top, bottom = min(word[1] for word in some), max(word[3] for word in some)
                        # Of turned text the sides are the ascent and the descent, which poppler does not take as given.
                        if bottom - top > right - left:
                            left = right = None
                        places.append(place(needle, number, left, right, [top, bottom]))
    found = {place["text"] for place in places}
    missing = set(needles) - found
    assert not missing, f"{file}: poppler does not find {missing}"
    return places


NEEDLES = ["[[plain]]", "[[split]]", "[[kerned]]", "[[white]]", "[[turned]]", "final", "offer", "{{sig:1}}"]


def by_chromium():
    page = WORK / "page.html"
    page.write_text("""<!doctype html><meta charset=utf-8><title>Contract</title>
<style>@page { size: A4; margin: 0 } body { font: 16px 'Liberation Serif'; margin: 0; font-kerning: normal }
div { position: absolute; left: 96px; white-space: nowrap }</style>
<div style="top:96px">Please sign at [[plain]] and date {{sig:1}} now.</div>
<div style="top:140px">[[s<b>pl</b>i<span style="color:#c00">t</span>]]</div>
<div style="top:180px">AVAVA Ty [[kerned]] To We</div>
<div style="top:220px;color:#fff">[[white]]</div>
<div style="top:400px;left:500px;transform:rotate(-90deg)">[[turned]]</div>
<div style="top:260px;font-family:'DejaVu Serif';font-variant-ligatures:common-ligatures">the final offer</div>
""")
    out = WORK / "chromium.pdf"
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True)
    put("chromium", out.read_bytes(), measured(out, NEEDLES))


DOCX = {
    "[Content_Types].xml": """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""",
}


def run(text, properties=""):
    return f'<w:r><w:rPr><w:rFonts w:ascii="DejaVu Serif" w:hAnsi="DejaVu Serif"/>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def by_word():
    lines = [
        run("Please sign at [[plain]] and date {{sig:1}} now."),
        run("[[s") + run("pl", "<w:b/>") + run("i") + run("t]", '<w:color w:val="C00000"/>') + run("]"),
        run("AVAVA Ty [[kerned]] To We", '<w:kern w:val="2"/>'),
        run("[[white]]", '<w:color w:val="FFFFFF"/>'),
        run("the final offer"),
    ]
    turned = f"""<w:tbl><w:tblPr><w:tblW w:w="3000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid><w:tr>
<w:trPr><w:trHeight w:val="3000"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/><w:textDirection w:val="btLr"/></w:tcPr>
<w:p>{run("[[turned]]")}</w:p></w:tc></w:tr></w:tbl>"""
    body = "".join(f"<w:p>{line}</w:p>" for line in lines)
    document = f"""<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body>{body}{turned}<w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"""
    source = WORK / "word.docx"
    with zipfile.ZipFile(source, "w") as archive:
        for name, text in {**DOCX, "word/document.xml": document}.items():
            archive.writestr(name, text)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{WORK}/profile", "--headless", "--convert-to", "pdf",
                    "--outdir", str(WORK), str(source)], check=True, capture_output=True)
    out = WORK / "word.pdf"
    put("word", out.read_bytes(), measured(out, NEEDLES))


LATEX = r"""\documentclass[12pt]{article}\usepackage{graphicx}\usepackage[a4paper,margin=25mm]{geometry}\usepackage{xcolor}
\pagestyle{empty}\begin{document}\newwrite\places\immediate\openout\places=places.txt
\def\mark#1{\pdfsavepos\write\places{#1 \the\pdflastxpos\space\the\pdflastypos}}
\def\known#1#2{\mark{start #1}\hbox{#2}\mark{end #1}}
\noindent Please sign at \leavevmode\known{[[plain]]}{[[plain]]} and date.\par
\noindent\leavevmode\known{[[split]]}{[[s\textbf{pl}\textit{i}t]]}\par
\noindent AVAVA Ty \leavevmode\known{[[kerned]]}{[[kerned]]}, To We\par
\noindent\leavevmode\known{[[white]]}{\textcolor{white}{[[white]]}}\par
\noindent the \leavevmode\known{final}{final} \leavevmode\known{offer}{offer} and \leavevmode\known{difficult}{difficult}\par
\noindent\leavevmode\known{caf\string\'e}{caf\'e}, \leavevmode\known{Gru\ss}{Gru\ss} and $\alpha = [x_1]$\par
\vspace{4cm}\noindent\hspace{5cm}\rotatebox{90}{[[turned]]}
\end{document}
"""


def by_latex():
    (WORK / "latex.tex").write_text(LATEX)
    subprocess.run(["pdflatex", "-interaction=batchmode", "latex.tex"], cwd=WORK, check=True, capture_output=True)
    out, places, starts = WORK / "latex.pdf", [], {}
    points = lambda number: int(number) / 65536 * 72 / 72.27
    for line in (WORK / "places.txt").read_text().splitlines():
        what, text, x, y = line.split()
        if what == "start":
            starts[text] = (points(x), 841.89 - points(y))
        else:
            left, down = starts[text]
            places.append(place(text.replace("\\ss", "ß").replace("\\'e", "é"), 1, left, points(x), [down - 0.1, down + 0.1]))
    places += measured(out, ["[[turned]]"])
    put("latex", out.read_bytes(), places)


if __name__ == "__main__":
    by_reportlab()
    by_chromium()
    by_latex()
    by_word()
    (HERE / "places.json").write_text(json.dumps(PLACES, indent=1, ensure_ascii=False) + "\n")
