import { send, sendBytes, sendJson } from './request.ts';
import type { FieldPlace, Ink, PageSize, Person } from './shapes.ts';

export type VisitState =
  | 'consent'
  | 'ready'
  | 'waiting'
  | 'signing'
  | 'signed'
  | 'declined'
  | 'ended'
  | 'download'
  | 'expired_link';

export interface SignerField extends FieldPlace {
  id: string;
  value: string | null;
}

export interface SignerDocument {
  number: number;
  title: string;
  pages?: PageSize[];
  revision?: string;
}

/** What one link shows at this moment. Reading it changes nothing. */
export interface Visit {
  state: VisitState;
  title: string;
  message: string;
  test: boolean;
  language: string;
  sender: Person;
  recipient: Person & { number: number };
  consent?: { version: string; text: string[] };
  ended_because: null | 'completed' | 'declined' | 'cancelled' | 'expired';
  expires_at: string | null;
  documents?: SignerDocument[];
  fields?: SignerField[];
  audit?: boolean;
}

export interface Finish {
  agreed: true;
  signature: Ink | null;
  initials: Ink | null;
  values: Record<string, string>;
  revisions: Record<string, string>;
}

export interface Finished {
  state: 'signed' | 'signing';
  download: string | null;
}

/** The signer's API: everything goes by the token of the link, no cookie, nothing kept in the browser. */
export class CeremonyApi {
  constructor(private readonly token: string) {}

  visit(): Promise<Visit> {
    return sendJson(this.me, '/v1/ceremony');
  }

  consent(version: string): Promise<Visit> {
    return sendJson(this.me, '/v1/ceremony/consent', { method: 'POST', body: { version } });
  }

  document(number: number, progress?: (received: number, total: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    return sendBytes(this.me, `/v1/ceremony/documents/${number}`, progress);
  }

  audit(): Promise<Uint8Array<ArrayBuffer>> {
    return sendBytes(this.me, '/v1/ceremony/audit.pdf');
  }

  async saveValues(values: Record<string, string>): Promise<void> {
    await send(this.me, '/v1/ceremony/values', { method: 'PUT', body: { values } });
  }

  finish(finish: Finish): Promise<Finished> {
    return sendJson(this.me, '/v1/ceremony/finish', { method: 'POST', body: finish });
  }

  async decline(reason: string): Promise<void> {
    await send(this.me, '/v1/ceremony/decline', { method: 'POST', body: { reason } });
  }

  async renew(): Promise<void> {
    await send(this.me, '/v1/ceremony/renew', { method: 'POST', body: {} });
  }

  private get me() {
    return { token: this.token };
  }
}
