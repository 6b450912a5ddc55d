/** A small contract as a PDF, made by hand: enough text to look like one, and as many pages as wanted. */
export function contractPdf(title, pages) {
  const objects = [];
  const add = (body) => objects.push(body);
  const kids = Array.from({ length: pages }, (_, index) => `${4 + index * 2} 0 R`).join(' ');
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  for (let page = 1; page <= pages; page += 1) {
    const content = pageText(title, page, pages);
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`);
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  let file = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  file += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

const CLAUSES = [
  'The landlord lets the flat on the second floor to the tenant, with its cellar and the use of the garden.',
  'The lease begins on the first day of March and runs for three years; it is renewed from year to year.',
  'The rent is due on the first working day of each month and is paid to the account named in annex 1.',
  'The tenant keeps the flat in good order and tells the landlord at once of any damage.',
  'Works that change the flat need the written consent of the landlord.',
  'Either side may end the lease with three months of notice, in writing.',
];

function pageText(title, page, pages) {
  const lines = [];
  const line = (size, x, y, text) => lines.push(`BT /F1 ${size} Tf ${x} ${y} Td (${text.replace(/([()\\])/g, '\\$1')}) Tj ET`);
  if (page === 1) line(22, 72, 750, title);
  let y = page === 1 ? 700 : 760;
  CLAUSES.forEach((clause, index) => {
    line(12, 72, y, `${(page - 1) * CLAUSES.length + index + 1}. Article`);
    const words = clause.split(' ');
    let text = '';
    y -= 18;
    for (const word of words) {
      if (text.length + word.length > 78) {
        line(11, 72, y, text);
        y -= 15;
        text = '';
      }
      text += `${text ? ' ' : ''}${word}`;
    }
    line(11, 72, y, text);
    y -= 30;
  });
  line(9, 280, 40, `${page} / ${pages}`);
  return lines.join('\n');
}
