import type { PDFDocumentProxy } from 'pdfjs-dist';

/** The lines of a page as its text has them, in paragraphs: a gap of more than a line and a half begins a new one. */
export async function textOf(pdf: PDFDocumentProxy, page: number): Promise<string[]> {
  const content = await (await pdf.getPage(page)).getTextContent();
  return paragraphs(content.items.flatMap((item) => ('str' in item ? [item] : [])));
}

interface Piece {
  str: string;
  hasEOL: boolean;
  height: number;
  /** Of the last two, where it stands on the page. */
  transform: number[];
}

export function paragraphs(pieces: Piece[]): string[] {
  const found: string[] = [];
  let text = '';
  let before: { y: number; height: number } | null = null;
  for (const piece of pieces) {
    const y = piece.transform[5] ?? 0;
    if (piece.str.trim() !== '') {
      const gap = before ? Math.abs(before.y - y) : 0;
      if (before && gap > 1.6 * Math.max(before.height, piece.height, 1)) {
        if (text.trim()) found.push(text.trim());
        text = '';
      }
      before = { y, height: piece.height };
    }
    text += piece.str;
    if (piece.hasEOL && !text.endsWith(' ')) text += ' ';
  }
  if (text.trim()) found.push(text.trim());
  return found.map((one) => one.replace(/\s+/g, ' '));
}
