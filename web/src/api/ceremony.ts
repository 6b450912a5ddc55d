import { send, sendBytes, sendJson } from './request.ts';
import { VisitToken } from './visit-token.ts';
import { sendFile } from './send-file.ts';
import type { Box, Ink, PageSize, Person } from './shapes.ts';

export type VisitState =
  | 'challenge'
  | 'consent'
  | 'ready'
  | 'waiting'
  | 'signing'
  | 'signed'
  | 'not_needed'
  | 'delegated'
  | 'declined'
  | 'ended'
  | 'download'
  | 'expired_link'
  | 'link_ended';

export type SignerFieldType =
  | 'signature'
  | 'initials'
  | 'text'
  | 'date_signed'
  | 'checkbox'
  | 'multiline_text'
  | 'boxed_text'
  | 'number'
  | 'email'
  | 'date'
  | 'radio'
  | 'dropdown'
  | 'attachment'
  | 'image'
  | 'stamp'
  | 'recipient_name'
  | 'recipient_email'
  | 'company'
  | 'job_title'
  | 'date_completed'
  | 'note'
  | 'free_text'
  | 'strikethrough'
  | 'decline_button'
  | 'approve_button';

/** What a signer can place themselves. */
export type Placeable = 'signature' | 'initials' | 'date_signed' | 'recipient_name' | 'text';

/** What the person may place, where the sender left that to them. */
export interface Placing {
  types: Placeable[];
  most: number;
  documents: { number: number; takes: 'anything' | 'one_signature' | 'nothing' }[];
}

/** What another field's value has to be. */
export type Test = 'filled' | 'empty' | { one_of: string[] } | { none_of: string[] };

/** What a field is computed from. */
export type Formula = { sum: string[] } | { concatenation: ({ field: string } | { words: string })[] };

export type FileType = 'pdf' | 'jpeg' | 'png';

/** A file that was added to a field. */
export interface AddedFile {
  name: string;
  type: FileType;
  length: number;
  digest: string;
}

/** A field of this person. What a server does not say is left out: the preview of the desk knows less. */
export interface SignerField extends Box {
  id: string;
  type: SignerFieldType;
  document: number;
  page: number;
  required: boolean;
  label: string;
  value: string | null;
  read_only?: boolean;
  placeholder?: string;
  hint?: string;
  check?: Check;
  characters_max?: number | null;
  options?: { label: string; value: string }[];
  files?: { types?: FileType[]; bytes_max?: number };
  file?: AddedFile | null;
  group?: string | null;
  style?: { font?: string; size?: number | null; colour?: string | null; bold?: boolean; italic?: boolean; underline?: boolean; align?: string };
  tab_order?: number | null;
  there?: boolean;
  /** `false` of words of the sender that the page does not hold yet: it is a preview of the desk. */
  drawn?: boolean;
  only_if?: { field: string; is: Test } | null;
  formula?: Formula | null;
  /** They placed it themselves. */
  placed?: boolean;
}

/** What a value has to be. The server says whether it is: nothing here is a rule of the page. */
export interface Check {
  message?: string;
  form?: string | null;
  min?: string | null;
  max?: string | null;
  decimals_max?: number | null;
  characters_min?: number | null;
  earliest?: string | null;
  latest?: string | null;
}

export interface FieldGroup {
  key: string;
  label?: string;
  min?: number;
  max?: number | null;
}

/** What a field of somebody else holds. */
export interface KnownValue {
  field: string;
  ticked: boolean;
  value: string;
}

export interface SignerDocument {
  number: number;
  title: string;
  pages?: PageSize[];
  revision?: string;
}

export type Method = 'email_code' | 'sms_code' | 'voice_code' | 'secret' | 'pin' | 'totp' | 'passkey' | 'oidc';

/** What the person is asked to show who they are. */
export interface Challenge {
  method: Method;
  /** Where a code goes, masked; the name of the identity provider; empty where they go nowhere. */
  destination: string;
  question: string | null;
  code_sent_at: string | null;
  next_code_at: string | null;
  attempts_left: number;
  locked: boolean;
  /** The last code did not arrive, as its provider or the mail server says. */
  undelivered?: boolean;
  /** It is asked once more, at the moment of signing. */
  again: boolean;
}

/** What is needed to prove oneself with something one holds. `options` is JSON. */
export type Device =
  | { kind: 'app' }
  | { kind: 'new_app'; uri: string; secret: string; picture: string }
  | { kind: 'passkey' | 'new_passkey'; options: string };

export interface Begun {
  visit: string | null;
  challenge: Challenge | null;
  device: Device | null;
  /** Where the browser goes to sign in elsewhere. */
  sign_in: string | null;
}

/** What is asked of the person. */
export type Act = 'sign' | 'approve' | 'view' | 'fill';

/** Addresses of the sender's own site, for when the visit is over. */
export interface Returns {
  done?: string | null;
  declined?: string | null;
  failed?: string | null;
}

/** What one link shows at this moment. Reading it changes nothing. */
export interface Visit {
  state: VisitState;
  challenge?: Challenge | null;
  act?: Act;
  role?: string;
  meanings?: string[];
  may_delegate?: boolean;
  /** Who took the place of the person whose link this was; the name is empty where the link alone is not enough to read it. */
  delegate?: { name: string; since: string } | null;
  /** Name of the person on whose device they sign. */
  host?: string | null;
  returns?: Returns;
  /** They sent it themselves, by an address for editing. */
  initiator?: boolean;
  frame_origins?: string[];
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
  placing?: Placing | null;
  groups?: FieldGroup[];
  known?: KnownValue[];
  /** The files that were added, with the finished documents. */
  files?: (AddedFile & { field: string; label: string; recipient: number })[];
  audit?: boolean;
}

export interface Finish {
  agreed: true;
  signature: Ink | null;
  initials: Ink | null;
  values: Record<string, string>;
  revisions: Record<string, string>;
  meaning: string | null;
}

export interface Finished {
  state: 'signed' | 'signing';
  download: string | null;
}

/** The signer's API: everything goes by the token of the link and, once somebody shows who they are, that of the visit. */
export class CeremonyApi {
  constructor(
    readonly token: string,
    private readonly proof: VisitToken = new VisitToken(token),
  ) {}

  visit(): Promise<Visit> {
    return sendJson(this.me, '/v1/ceremony');
  }

  consent(version: string): Promise<Visit> {
    return sendJson(this.me, '/v1/ceremony/consent', { method: 'POST', body: { version } });
  }

  /** Sends a code, prepares an app or a passkey, or says where to sign in. */
  async begin(method: Method): Promise<Begun> {
    const begun = await sendJson<Begun>(this.me, '/v1/ceremony/challenge', { method: 'POST', body: { method } });
    this.proof.take(begun.visit);
    return begun;
  }

  async answer(method: Method, answer: string): Promise<Visit> {
    const body = { method, answer };
    const admitted = await sendJson<{ visit: string | null; ceremony: Visit }>(this.me, '/v1/ceremony/challenge/answer', { method: 'POST', body });
    this.proof.take(admitted.visit);
    return admitted.ceremony;
  }

  withdrawConsent(): Promise<Visit> {
    return sendJson(this.me, '/v1/ceremony/consent/withdraw', { method: 'POST', body: {} });
  }

  delegate(to: { name: string; email: string; reason: string }): Promise<Visit> {
    return sendJson(this.me, '/v1/ceremony/delegate', { method: 'POST', body: to });
  }

  document(number: number, progress?: (received: number, total: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    return sendBytes(this.me, `/v1/ceremony/documents/${number}`, progress);
  }

  /** A page as the server draws it; it refuses pages that it cannot draw. */
  async picture(document: number, page: number, width: 160 | 800 | 1600): Promise<Blob> {
    const answer = await send(this.me, `/v1/ceremony/documents/${document}/pages/${page}.png?width=${width}`);
    return answer.blob();
  }

  /** All documents, the files that were added and the record of the signing. */
  zip(): Promise<Uint8Array<ArrayBuffer>> {
    return sendBytes(this.me, '/v1/ceremony/documents.zip');
  }

  audit(): Promise<Uint8Array<ArrayBuffer>> {
    return sendBytes(this.me, '/v1/ceremony/audit.pdf');
  }

  async saveValues(values: Record<string, string>): Promise<void> {
    // Browsers let go on 64 KiB after a page, of all its requests together.
    const keepalive = JSON.stringify(values).length < 16_000;
    await send(this.me, '/v1/ceremony/values', { method: 'PUT', body: { values }, keepalive });
  }

  /** All that they placed themselves, in place of what they had placed before. */
  async placeFields(placed: SignerField[]): Promise<void> {
    const fields = placed.map(({ id, type, document, page, x, y, width, height }) => ({ id, type, document, page, x, y, width, height }));
    await send(this.me, '/v1/ceremony/fields', { method: 'PUT', body: { fields }, keepalive: placed.length < 50 });
  }

  addFile(field: string, file: Blob, name: string, progress: (share: number) => void, signal?: AbortSignal): Promise<AddedFile> {
    const path = `/v1/ceremony/files/${encodeURIComponent(field)}?filename=${encodeURIComponent(name)}`;
    return sendFile(this.me, path, file, progress, signal);
  }

  file(field: string): Promise<Uint8Array<ArrayBuffer>> {
    return sendBytes(this.me, `/v1/ceremony/files/${encodeURIComponent(field)}`);
  }

  async removeFile(field: string): Promise<void> {
    await send(this.me, `/v1/ceremony/files/${encodeURIComponent(field)}`, { method: 'DELETE' });
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
    return { token: this.token, visit: this.proof.value };
  }
}
