/**
 * The letters that the server draws a typed name with: all of it in handwriting where that face has every letter, else
 * all of it in italics (Greek), else upright letters beside those of other scripts. The last two are the device's own
 * fonts here: theirs look like ours, and megabytes of Chinese are nothing to send to a telephone.
 */
export function fontOf(name: string): string {
  if (/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u.test(name)) {
    return "500 64px 'Caveat', 'Segoe Script', 'Bradley Hand', cursive";
  }
  if (/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u.test(name)) {
    return "italic 400 56px 'Noto Serif', Georgia, serif";
  }
  return (
    "400 52px 'Noto Sans', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', " +
    "'Noto Sans Devanagari', 'Kohinoor Devanagari', 'Nirmala UI', sans-serif"
  );
}
