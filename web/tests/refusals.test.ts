import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SAID_TOGETHER } from '../src/sign/trouble.ts';

const crates = new URL('../../crates/', import.meta.url);
const rust = (path: string) => readFileSync(new URL(path, crates), 'utf8');
const english = JSON.parse(readFileSync(new URL('../src/locales/sign/en.json', import.meta.url), 'utf8')) as Record<string, string>;

/** Every Rust file under a folder, as one text. */
function all(folder: string): string {
  const entries = readdirSync(new URL(folder, crates), { withFileTypes: true });
  return entries.map((one) => (one.isDirectory() ? all(`${folder}${one.name}/`) : one.name.endsWith('.rs') ? rust(folder + one.name) : '')).join('\n');
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match.slice(1)).filter((code) => code !== undefined);
}

/** The body of the function that names the codes of an enum. */
function codesOf(file: string): string[] {
  const body = rust(file).split('fn code(&self)')[1]?.split('\n    }\n')[0] ?? '';
  return found(body, /=> "([a-z_]+)"/g);
}

/** What the ceremony can refuse with: the rules, the service around them, and the routes. */
const ceremony = new Set([
  ...codesOf('envelope/src/refusal.rs'),
  ...codesOf('service/src/error/mod.rs'),
  ...found(all('service/src/ceremony/'), /code: "([a-z_]+)"/g),
  ...found(all('http/src/v1/ceremony/') + all('http/src/v1/wire/ceremony/'), /Problem::new\(\s*[\w:]+,\s*"([a-z_]+)"/g),
]);

/** Refusals that the page of somebody who signs never shows as a sentence, each with why. */
const NOT_SAID: Record<string, string> = {
  already_sent: 'of senders',
  draft_moved: 'of senders',
  envelope_of_another_sender: 'of senders',
  last_signer: 'of senders',
  no_delegation_asked: 'of senders',
  not_locked: 'of senders',
  recipient_needed: 'of senders',
  reminded_just_now: 'of senders',
  still_running: 'of senders',
  draft_discarded: 'of those who prepare by an edit link',
  edit_link_ended: 'of those who prepare by an edit link',
  edit_link_expired: 'of those who prepare by an edit link',
  head_moved: 'of workers',
  nothing_pending: 'of workers',
  not_authenticated: 'of keys and sessions',
  answer_wrong: 'said with the tries that are left: proof.wrong',
  telephone_allowance_used: 'said where the code is asked for: proof.trouble',
  file_too_large: 'said where the file is chosen: file.trouble',
  revision_malformed: 'of programs: the page sends what it was given',
};

describe('what the server refuses somebody who signs', () => {
  test('is read out of the code', () => {
    expect([...ceremony]).toEqual(expect.arrayContaining(['recipient_locked', 'link_ended', 'consent_moved', 'file_too_large']));
  });

  test.each([...ceremony].sort())('%s has a sentence on the page, or a reason to have none', (code) => {
    const said = english[`trouble.${SAID_TOGETHER[code] ?? code}`] !== undefined;
    expect([said, code in NOT_SAID]).toEqual(said ? [true, false] : [false, true]);
  });

  test('no reason and no sentence is kept for a code that is gone', () => {
    expect(Object.keys(NOT_SAID).filter((code) => !ceremony.has(code))).toEqual([]);
    expect(Object.keys(SAID_TOGETHER).filter((code) => !ceremony.has(code))).toEqual([]);
  });
});

describe('what is wrong with a value', () => {
  const wrong = new Set(found(rust('envelope/src/values/check.rs'), /"([a-z]+(?:_[a-z]+)+)"/g));

  /** The page offers no such thing. */
  const NEVER_SENT = ['checkbox_malformed', 'field_not_fillable', 'field_takes_file', 'field_unknown'];

  test.each([...wrong].sort())('%s has a sentence at its field, or is never sent by the page', (code) => {
    expect(english[`trouble.value.${code}`] === undefined).toBe(NEVER_SENT.includes(code));
  });

  test('is read out of the code', () => {
    expect(wrong.size).toBeGreaterThan(15);
  });
});

test('what is wrong with a file or with another person has a sentence where it is chosen', () => {
  for (const code of found(rust('envelope/src/commands/attach_file.rs'), /"(file_[a-z_]+)"/g)) {
    expect(english[`file.trouble.${code}`], code).toBeDefined();
  }
});
