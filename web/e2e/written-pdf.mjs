/** A PDF of one page of A4 with these lines, each 24 points below the one before, and perhaps a form of its own. */
export const FIRST_LINE = 100;
export const LINE = 24;

export function writtenPdf(lines, { form = false } = {}) {
  const escaped = (line) => line.replace(/[\\()]/g, (sign) => `\\${sign}`);
  const text = ['BT /F1 12 Tf', ...lines.map((line, index) => `1 0 0 1 72 ${842 - FIRST_LINE - index * LINE} Tm (${escaped(line)}) Tj`), 'ET'].join('\n');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R${form ? ' /AcroForm << /Fields [6 0 R 7 0 R 8 0 R] /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv 4 0 R >> >> >>' : ''} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R${form ? ' /Annots [6 0 R 7 0 R 9 0 R 10 0 R]' : ''} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    ...(form ? ownForm() : []),
  ];
  return pdfOf(objects);
}

/** A file of these objects, the first of which is its catalogue. */
export function pdfOf(objects) {
  let file = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const place of places) file += `${String(place).padStart(10, '0')} 00000 n \n`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

/** A line of text that has to be filled, a box to tick, and two buttons of one group. */
function ownForm() {
  const states = (on) => `/AP << /N << /${on} 11 0 R /Off 12 0 R >> >> /AS /Off`;
  const widget = '/Type /Annot /Subtype /Widget /F 4 /P 3 0 R';
  const drawing = (what) => `<< /Type /XObject /Subtype /Form /BBox [0 0 16 16] /Length ${what.length} >>\nstream\n${what}\nendstream`;
  return [
    `<< ${widget} /FT /Tx /T (city) /TU (City) /Ff 2 /Rect [72 600 272 624] >>`,
    `<< ${widget} /FT /Btn /T (member) /TU (Member of the club) /V /Off ${states('Yes')} /Rect [72 560 88 576] >>`,
    '<< /FT /Btn /Ff 49152 /T (way) /TU (How shall we write?) /V /Off /Kids [9 0 R 10 0 R] >>',
    `<< ${widget} /Parent 8 0 R ${states('mail')} /Rect [72 520 88 536] >>`,
    `<< ${widget} /Parent 8 0 R ${states('phone')} /Rect [172 520 188 536] >>`,
    drawing('0 0 16 16 re f'),
    drawing(''),
  ];
}
