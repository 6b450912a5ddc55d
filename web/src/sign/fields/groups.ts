import type { FieldGroup, SignerField } from '../../api/ceremony.ts';
import { isTicked } from './sheet.ts';

/** Boxes or buttons that are counted together, in the order in which the person comes to them. */
export interface Members {
  key: string;
  label: string;
  radio: boolean;
  min: number;
  max: number;
  fields: SignerField[];
}

/** The groups of the fields that are there, as the server counts them. */
export function groupsOf(fields: SignerField[], groups: FieldGroup[]): Map<string, Members> {
  const found = new Map<string, Members>();
  for (const field of fields) {
    if (!isTicked(field) || !field.group) continue;
    const members = found.get(field.group);
    if (members) members.fields.push(field);
    else found.set(field.group, { key: field.group, label: '', radio: field.type === 'radio', min: 0, max: 0, fields: [field] });
  }
  for (const members of found.values()) {
    const group = groups.find(({ key }) => key === members.key);
    const size = members.fields.length;
    const required = members.fields.some((field) => field.required) ? 1 : 0;
    const most = members.radio ? 1 : size;
    members.label = group?.label ?? '';
    // Conditions can have taken so many boxes away that the least cannot be reached.
    members.min = Math.min(Math.max(group?.min ?? 0, required), size);
    members.max = Math.min(group?.max ?? most, most);
  }
  return found;
}

export function ticked(members: Members, value: (id: string) => string): number {
  return members.fields.filter((field) => value(field.id) === 'true').length;
}

/** Whether as many are ticked as may be. */
export function isCounted(members: Members, value: (id: string) => string): boolean {
  const count = ticked(members, value);
  return count >= members.min && count <= members.max;
}
