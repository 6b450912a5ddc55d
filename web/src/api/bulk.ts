import { refusalFrom, Unreachable } from './problem.ts';
import { freshKey, sendBytes, sendJson } from './request.ts';

export type BulkStatus = 'ready' | 'running' | 'paused' | 'done' | 'cancelled';

/** A list of which each row becomes one sending. */
export interface Bulk {
  id: string;
  test: boolean;
  template: string;
  version: number;
  status: BulkStatus;
  filename: string;
  rows: number;
  sent: number;
  failed: number;
  cancelled: number;
  created_at: string;
  updated_at: string;
}

export interface BulkPage {
  items: Bulk[];
  next_cursor: string | null;
}

const at = (id: string) => `/v1/bulk-sends/${encodeURIComponent(id)}`;

/** Lists; those of tests are apart. */
export const bulkApi = {
  list: (query: { test: boolean; cursor?: string }) => {
    const words = new URLSearchParams({ test: String(query.test), ...(query.cursor && { cursor: query.cursor }) });
    return sendJson<BulkPage>('desk', `/v1/bulk-sends?${words}`);
  },
  get: (id: string) => sendJson<Bulk>('desk', at(id)),
  ask: (id: string, what: 'start' | 'pause' | 'resume' | 'cancel') =>
    sendJson<Bulk>('desk', `${at(id)}/${what}`, { method: 'POST', body: {}, idempotencyKey: freshKey() }),
  results: (id: string) => sendBytes('desk', `${at(id)}/results.csv`),
  blank: (template: string, format: 'csv' | 'xlsx') => sendBytes('desk', `/v1/templates/${encodeURIComponent(template)}/bulk-file?format=${format}`),

  /** Takes the file itself. */
  async create(template: string, file: File): Promise<Bulk> {
    const words = new URLSearchParams({ template, filename: file.name });
    let answer: Response;
    try {
      answer = await fetch(`/v1/bulk-sends?${words}`, {
        method: 'POST',
        headers: { 'X-Countersign-Desk': '1', Accept: 'application/json, application/problem+json', 'Content-Type': 'application/octet-stream' },
        body: file,
        credentials: 'same-origin',
      });
    } catch (error) {
      throw new Unreachable(error);
    }
    const text = await answer.text();
    if (!answer.ok) throw refusalFrom(answer.status, text);
    return JSON.parse(text) as Bulk;
  },
};

/** Where something in a list is wrong, from the server's pointer. */
export function cellOf(pointer: string): { row: number; column: string } | null {
  const [, row, column = ''] = /^\/rows\/(\d+)\/(.*)$/.exec(pointer) ?? [];
  return row ? { row: Number(row), column: column.replaceAll('~1', '/').replaceAll('~0', '~') } : null;
}
