/** One finding of a refusal; `pointer` is a JSON pointer into the body that was sent, e.g. `/recipients/0/email`. */
export interface Finding {
  pointer: string;
  detail: string;
  /** Stable; names our own sentence where we have one. */
  code?: string;
}

/** The server said no (RFC 9457). `code` is stable and is what the pages decide on; `detail` is only a fallback text. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly findings: Finding[] = [],
    /** After a wrong answer: so many more are taken. */
    readonly attemptsLeft: number | null = null,
  ) {
    super(`${status} ${code}`);
    this.name = 'Refusal';
  }
}

/** Nothing came back: no network, or the server is away. Trying again is always safe to offer. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('unreachable', { cause });
    this.name = 'Unreachable';
  }
}

interface Problem {
  code: string;
  detail: string;
  title: string;
  errors: Finding[];
  attempts_left: number;
}

/** Reads a refusal from an answer whatever its body is: a proxy in between may answer with HTML. */
export function refusalFrom(status: number, body: string): Refusal {
  try {
    const problem = JSON.parse(body) as Partial<Problem>;
    const code = typeof problem.code === 'string' ? problem.code : codeForStatus(status);
    const findings = Array.isArray(problem.errors) ? problem.errors : [];
    return new Refusal(status, code, problem.detail ?? problem.title ?? '', findings, problem.attempts_left ?? null);
  } catch {
    return new Refusal(status, codeForStatus(status), '');
  }
}

/** A code of our own for answers that carry none, so that there is always a sentence to show. */
function codeForStatus(status: number): string {
  if (status === 413) return 'upload_too_large';
  if (status === 429) return 'too_many_requests';
  if (status === 401) return 'not_signed_in';
  if (status === 404) return 'not_found';
  return status >= 500 ? 'server_fault' : 'refused';
}
