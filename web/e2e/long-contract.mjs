/** A contract of as many A4 pages as wished, the same bytes each time; every page says which one it is. */
export function longContract(pages) {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>'];
  objects.push(`<< /Type /Pages /Kids [${Array.from({ length: pages }, (_, page) => `${4 + page * 2} 0 R`).join(' ')}] /Count ${pages} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  for (let page = 1; page <= pages; page += 1) {
    const lines = Array.from({ length: 20 }, (_, line) => `0 -26 Td (Clause ${page}.${line + 1}: each side keeps a copy and gives notice in writing.) Tj`);
    const text = [`BT /F1 18 Tf 72 770 Td (Page ${page} of ${pages}) Tj /F1 11 Tf`, ...lines, '0 -60 Td (Signed by:) Tj ET'].join('\n');
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + (page - 1) * 2} 0 R >>`);
    objects.push(`<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
  }
  const parts = ['%PDF-1.7\n'];
  let length = parts[0].length;
  const places = objects.map((object, index) => {
    const place = length;
    const part = `${index + 1} 0 obj\n${object}\nendobj\n`;
    parts.push(part);
    length += part.length;
    return place;
  });
  parts.push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`, ...places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`));
  parts.push(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`);
  return new TextEncoder().encode(parts.join(''));
}
