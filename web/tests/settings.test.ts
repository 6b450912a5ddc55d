import { expect, test } from 'vitest';
import en from '../src/locales/desk/en.json';
import fr from '../src/locales/desk/fr.json';
import { emptyDraft } from '../src/desk/draft/shape.ts';
import { toDraft } from '../src/desk/draft/convert.ts';
import { applyDefaults, defaultsOf } from '../src/desk/tenant/apply-defaults.ts';
import { complaints } from '../src/desk/tenant/complaints.ts';
import { grouped, MAIL_GROUPS } from '../src/desk/tenant/mail-kinds.ts';
import { asText, paragraphsOf } from '../src/desk/tenant/paragraphs.ts';
import { language } from '../src/i18n/language.svelte.ts';

test('an empty line begins a paragraph, and a line break in one is a space', () => {
  expect(paragraphsOf(' One\nand more. \n\n \n\nTwo.\n')).toEqual(['One and more.', 'Two.']);
  expect(paragraphsOf(' \n ')).toEqual([]);
  expect(paragraphsOf(asText(['One.', 'Two.']))).toEqual(['One.', 'Two.']);
});

test('a new draft begins with the defaults and sends them along', () => {
  const defaults = {
    rules: { delegation: 'free' as const },
    reminders: { first_after_days: 3 },
    expires_in_days: 12,
    mails: { to_sender: false, attach_documents: true },
  };
  const content = emptyDraft('en', 'UTC', false);
  applyDefaults(content, defaults);
  expect(defaultsOf(content)).toEqual(defaults);
  const draft = toDraft(content);
  expect([draft.rules, draft.reminders, draft.expires_in_days]).toEqual([defaults.rules, defaults.reminders, 12]);
  expect([draft.mails?.to_sender, draft.mails?.attach_documents]).toEqual([false, true]);
  content.rules.delegation = 'refused';
  expect(defaults.rules.delegation).toBe('free');
});

test('what the server says of a template keeps its line and its name in the language of the page', () => {
  const said = [
    { pointer: '/text', code: 'template_variable_unknown', detail: 'Line 3: nothing here is called nmae; use one of name, link.' },
    { pointer: '/text', code: 'template_variable_missing', detail: 'Line 5: {{ link }} is missing; without it nobody can go on. Add it outside any condition.' },
    { pointer: '/subject', code: 'template_of_tomorrow', detail: 'This is new.' },
  ];
  language.catalog = fr;
  expect(complaints(said)).toEqual([
    { part: 'text', sentence: 'Ligne 3\u00a0: rien ne s’appelle «\u00a0nmae\u00a0» ici. Utilisez un des noms ci-dessous.' },
    { part: 'text', sentence: 'Ligne 5\u00a0: il manque «\u00a0link\u00a0»\u202f; sans cela personne ne peut continuer. Ajoutez-le hors de toute condition.' },
    { part: 'subject', sentence: 'This is new.' },
  ]);
});

test('every mail has its name in every language, and one that a newer server has is listed too', () => {
  const kinds = MAIL_GROUPS.flatMap((one) => one.kinds);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const catalog of [en, fr]) for (const kind of kinds) expect(catalog).toHaveProperty([`desk.mail_kind.${kind}`]);
  expect(grouped(['reminder', 'of_tomorrow', 'sign_in'])).toEqual([
    { group: 'ask', kinds: ['reminder'] },
    { group: 'users', kinds: ['sign_in', 'of_tomorrow'] },
  ]);
});
