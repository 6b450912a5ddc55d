export const LARGEST_IMAGE = 5 * 1024 * 1024;

export type ImageTrouble = 'too_large' | 'not_an_image';

/** PNG or JPEG, decided by the first bytes: the name and the type that a phone gives are often wrong. */
export function imageKind(bytes: Uint8Array): 'image/png' | 'image/jpeg' | null {
  const starts = (...wanted: number[]) => wanted.every((byte, index) => bytes[index] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  return null;
}

export function base64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: `fromCharCode` takes its characters as arguments, and five million of them are too many.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** The type of an image given as base64, from its first bytes. */
export function base64Kind(data: string): string {
  return data.startsWith('/9j/') ? 'image/jpeg' : 'image/png';
}
