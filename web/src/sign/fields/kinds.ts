import type { SignerField, SignerFieldType } from '../../api/ceremony.ts';

/** Words that the person writes or chooses. */
const ENTRIES: readonly SignerFieldType[] = ['text', 'multiline_text', 'boxed_text', 'number', 'email', 'date', 'dropdown', 'company', 'job_title'];

export function isEntry(field: SignerField): boolean {
  return ENTRIES.includes(field.type);
}

export function takesFile(field: SignerField): boolean {
  return field.type === 'attachment' || field.type === 'image' || field.type === 'stamp';
}

/** Whether the person fills it by hand with a value, which is sent as it stands. */
export function isByHand(field: SignerField): boolean {
  const filled = isEntry(field) || field.type === 'checkbox' || field.type === 'radio';
  return filled && !field.read_only && !field.formula;
}

/** Whether anything can be asked of the person there at all. */
export function asks(field: SignerField): boolean {
  return isByHand(field) || field.type === 'signature' || field.type === 'initials' || (takesFile(field) && !field.read_only);
}
