/** Paragraphs as they are written in a box: an empty line between one and the next. A line break within is a space. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((one) => one.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
}

export function asText(paragraphs: readonly string[]): string {
  return paragraphs.join('\n\n');
}
