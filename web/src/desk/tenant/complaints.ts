import type { Finding } from '../../api/problem.ts';
import { t, tCode } from '../../i18n/language.svelte.ts';

/** What is wrong with one part of a mail, in a sentence of this page's language where it has one. */
export interface Complaint {
  part: string;
  sentence: string;
}

/** The server's sentences, which are English, name the line and the word; both are kept. */
export function complaints(findings: readonly Finding[]): Complaint[] {
  return findings.map(({ pointer, code = '', detail }) => {
    const line = /^Line (\d+):/.exec(detail)?.[1];
    const name = /called (\w+)/.exec(detail)?.[1] ?? /\{\{ (\w+) \}\} is missing/.exec(detail)?.[1] ?? '';
    const sentence = tCode('desk.template', code, detail, { name });
    return { part: pointer.replace(/^\//, ''), sentence: line ? t('desk.template.line', { line, sentence }) : sentence };
  });
}
