/** A contract of three A4 pages, the same bytes each time. */
import { pdfOf } from './written-pdf.mjs';

const CLAUSES = [
  ['Lease of the boathouse', 'Between the owner of the boathouse at Lower Quay 4 and those who sign below.', 'The boathouse is let with its slipway, both doors and the winch.', 'The term begins on the first day of May and lasts twelve months.'],
  ['Duties of both sides', 'The rent is due on the third working day of each month.', 'The tenants keep the slipway clear and report damage within a week.', 'The owner repairs the roof, the doors and the electrical installation.'],
  ['Signatures', 'Nothing was agreed apart from what is written here.', 'Each side has received a copy.', 'Signed by both sides:'],
];

export function contract() {
  const objects = [];
  const kids = CLAUSES.map((_, page) => `${4 + page * 2} 0 R`).join(' ');
  objects.push('<< /Type /Catalog /Pages 2 0 R >>');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${CLAUSES.length} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  CLAUSES.forEach(([title, ...lines], page) => {
    const text = [`BT /F1 20 Tf 72 760 Td (${title}) Tj /F1 11 Tf 0 -16 Td`, ...lines.map((line) => `0 -22 Td (${line}) Tj`), 'ET'].join('\n');
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + page * 2} 0 R >>`);
    objects.push(`<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
  });
  return pdfOf(objects);
}
