import type { FileType, SignerField } from '../../api/ceremony.ts';

const PICTURES: FileType[] = ['jpeg', 'png'];
const MEDIA: Record<FileType, string> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' };
/** What a server takes at most where the sender says nothing, in bytes. */
const MOST = 25 * 1024 * 1024;

/** The types that a field takes. */
export function typesOf(field: SignerField): FileType[] {
  if (field.type !== 'attachment') return PICTURES;
  return field.files?.types?.length ? field.files.types : ['pdf', ...PICTURES];
}

/** For the dialog in which a browser lets files be chosen. */
export function acceptOf(field: SignerField): string {
  return typesOf(field).map((type) => MEDIA[type]).join(',');
}

export function mediaOf(type: FileType): string {
  return MEDIA[type];
}

export function takesPictures(field: SignerField): boolean {
  return typesOf(field).some((type) => PICTURES.includes(type));
}

export function mostBytes(field: SignerField): number {
  return Math.min(field.files?.bytes_max ?? MOST, MOST);
}

/** A length as people read it, in the words of their language. */
export function readableLength(bytes: number, language: string): string {
  const kilo = bytes < 1024 * 1024;
  const number = bytes / (kilo ? 1024 : 1024 * 1024);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: kilo ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: number < 10 && !kilo ? 1 : 0,
  }).format(kilo ? Math.max(1, Math.round(number)) : number);
}
