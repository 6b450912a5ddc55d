import { Refusal } from '../../api/problem.ts';

/** One thing that is wrong with what a template was to be used with. */
export interface Refused {
  /** Index of the role, or -1. */
  role: number;
  key: string;
  /** Key of the value, or empty. */
  value: string;
  code: string;
  text: string;
}

/** What the server found; `sent` says which role stood at each place of what was sent. */
export function refusedUse(error: unknown, sent: number[]): Refused[] {
  if (!(error instanceof Refusal)) return [];
  return error.findings.map(({ pointer, code, detail }) => {
    const [, index = '', key = ''] = /^\/(?:people|recipients)\/(\d+)\/?(\w*)/.exec(pointer) ?? [];
    const role = pointer.startsWith('/people/') ? (sent[Number(index)] ?? -1) : -1;
    return { role, key, value: valueAt(pointer), code: code ?? '', text: detail ?? '' };
  });
}

/** The value that a pointer names. RFC 6901, 3: `~1` is a slash, `~0` is a tilde. */
function valueAt(pointer: string): string {
  const key = /^\/values\/(.*)$/.exec(pointer)?.[1] ?? '';
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
