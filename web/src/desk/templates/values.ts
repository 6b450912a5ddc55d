import type { DraftField } from '../../api/desk.ts';
import type { TemplateValue } from '../../api/templates.ts';

/** One input of the form: a value, or radio buttons of which one is chosen. */
export type ValueEntry = { kind: 'one'; value: TemplateValue } | { kind: 'radios'; group: string; buttons: TemplateValue[] };

/** The values a template takes: those that are asked each time, and those that may be filled beforehand as well. */
export interface Entries {
  merged: ValueEntry[];
  others: ValueEntry[];
}

/** The inputs for what a template takes. Radio buttons of one group, which have a value each, become one choice. */
export function entriesOf(values: TemplateValue[], fields: DraftField[]): Entries {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const merged: ValueEntry[] = [];
  const others: ValueEntry[] = [];
  const radios = new Map<string, TemplateValue[]>();
  for (const value of values) {
    const field = byId.get(value.fields[0]);
    const list = field?.merge_key ? merged : others;
    const group = value.type === 'radio' ? field?.group : undefined;
    if (!group) {
      list.push({ kind: 'one', value });
    } else if (radios.has(group)) {
      radios.get(group)!.push(value);
    } else {
      const buttons = [value];
      radios.set(group, buttons);
      list.push({ kind: 'radios', group, buttons });
    }
  }
  return { merged, others };
}

/** What is said beside the template's own values. */
export function changedValues(values: TemplateValue[], given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(values.flatMap(({ key, value }) => (given[key] === undefined || given[key] === value ? [] : [[key, given[key]]])));
}
