import { freshKey, send, sendBytes, sendJson } from './request.ts';
import type { DraftRecipient, Mails, Reminders, Returns, Rules, StepLimit } from './people.ts';
import type { ChoiceList, FieldGroup, FieldMore, FormField, Grammar, Tags, TextPlace } from './fields.ts';
import type { FieldPlace, PageSize, Person } from './shapes.ts';
import type { UserRole } from './users.ts';

export type { DraftRecipient, Role } from './people.ts';

export type EnvelopeStatus = 'draft' | 'in_progress' | 'finishing' | 'completed' | 'declined' | 'cancelled' | 'expired';
export type RecipientStatus =
  | 'created'
  | 'waiting'
  | 'invited'
  | 'opened'
  | 'consented'
  | 'signing'
  | 'signed'
  | 'filled'
  | 'approved'
  | 'viewed'
  | 'declined'
  | 'released'
  | 'removed'
  | 'ended';
/** Where a sender keeps it; `deleted`: its documents are gone. */
export type ShelfWord = 'desk' | 'archive' | 'trash' | 'deleted';

export interface Upload {
  id: string;
  filename: string;
  digest: string;
  size: number;
  pages: PageSize[];
  signatures: number;
  certification: 'no_changes' | 'fill_forms' | 'annotate' | null;
  encrypted: boolean;
  rewritten: string | null;
}

export interface DraftField extends FieldPlace, Partial<FieldMore> {
  id?: string;
  /** 0: words of the sender, or the date of completion. */
  recipient: number;
}

/** A whole draft as the server takes it; lists name each other by position, counted from 1. */
export interface Draft {
  title: string;
  documents: { upload: string; title: string; visible_to?: number[] }[];
  recipients: DraftRecipient[];
  fields: DraftField[];
  groups?: FieldGroup[];
  message: string;
  language: string;
  time_zone: string;
  expires_in_days?: number | null;
  expires_at?: string | null;
  rules?: Rules;
  reminders?: Reminders;
  step_limits?: StepLimit[];
  mails?: Mails;
  returns?: Returns;
  frame_origins?: string[];
  test?: boolean;
  version?: number;
}

export interface EnvelopeDocument {
  number: number;
  title: string;
  upload: string;
  digest: string;
  pages: PageSize[];
  signatures: number;
  certification?: Upload['certification'];
  /** Numbers of the recipients who see it; `null` where everybody does. */
  visible_to?: number[] | null;
}

export interface EnvelopeRecipient extends DraftRecipient {
  number: number;
  status: RecipientStatus;
  /** What became of the last mail to them, where that is known. */
  delivery?: 'accepted' | 'refused' | null;
  acted_at: string | null;
  decline_reason: string | null;
  /** There were too many wrong answers. */
  locked?: boolean;
  /** A mail to them came back. */
  bounced?: boolean;
  /** By which way the last code did not reach them. */
  code_undelivered?: string | null;
  reminded_at?: string | null;
  /** Whom they want to act in their place, until that is answered. */
  delegation?: Person | null;
  /** How often another person took the place. */
  replaced?: number;
}

export interface Envelope extends Omit<Draft, 'documents' | 'recipients'> {
  id: string;
  status: EnvelopeStatus;
  test: boolean;
  version: number;
  created_at: string;
  sent_at: string | null;
  ended_at: string | null;
  expires_at: string | null;
  sender: Person;
  documents: EnvelopeDocument[];
  recipients: EnvelopeRecipient[];
  problem: string | null;
  /** Whether the audit trail has been issued. */
  audit_trail?: boolean;
  shelf?: ShelfWord;
}

export interface Summary {
  id: string;
  title: string;
  status: EnvelopeStatus;
  test: boolean;
  created_at: string;
  updated_at: string;
  recipients: (Person & { status: RecipientStatus })[];
}

export interface Listing {
  items: Summary[];
  next_cursor: string | null;
}

export interface TrailEvent {
  seq: number;
  at: string;
  type: string;
  actor?: Record<string, unknown>;
  summary: string;
  hash: string;
}

/** A message of a test, which stayed on the server. */
export interface TestMessage {
  id: string;
  at: string;
  channel: 'email' | 'sms' | 'voice';
  to: string;
  subject: string;
  text: string;
}

export interface Session {
  user: Person & { id: string; role: UserRole };
  tenant: { name: string };
  dev: boolean;
  /** To be registered with an identity provider, letter by letter. */
  oidc_redirect_uri: string;
}

export interface ListQuery {
  status?: EnvelopeStatus | '';
  shelf?: ShelfWord;
  q?: string;
  test?: boolean;
  cursor?: string;
  limit?: number;
}

/** How values are written that are saved for other programs. */
export const VALUES_FORMATS = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  xml: 'application/xml',
} as const;
export type ValuesFormat = keyof typeof VALUES_FORMATS;

/** What a sender does to one recipient, with what goes along. */
export type RecipientAsk =
  | ['remind' | 'resend' | 'unlock' | 'remove', Record<string, never>]
  | ['correct', { email: string; phone: string }]
  | ['replace', { name: string; email: string; phone: string; language?: string }]
  | ['delegation', { accept: boolean }];

/** What a sender does to the whole of it. */
export type EnvelopeAsk =
  | ['remind' | 'archive' | 'trash' | 'restore', Record<string, never>]
  | ['cancel', { reason: string }]
  | ['extend', { expires_in_days: number }]
  | ['hand-over', { email: string }];

const at = (id: string) => `/v1/envelopes/${encodeURIComponent(id)}`;
function wordsOf(query: object): URLSearchParams {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') words.set(key, String(value));
  return words;
}
const post = (body: unknown) => ({ method: 'POST' as const, body, idempotencyKey: freshKey() });

/** The sender's desk: the native API behind the session cookie. */
export const deskApi = {
  session: () => sendJson<Session>('desk', '/v1/session'),
  askForSignIn: (email: string) => sendJson<void>('desk', '/v1/sign-in', post({ email })),
  confirmSignIn: (token: string) => sendJson<{ user: Person }>('desk', '/v1/sign-in/confirm', post({ token })),
  signOut: () => send('desk', '/v1/session', { method: 'DELETE' }),

  list(query: ListQuery, signal?: AbortSignal): Promise<Listing> {
    return sendJson('desk', `/v1/envelopes?${wordsOf(query)}`, { signal });
  },
  get: (id: string) => sendJson<Envelope>('desk', at(id)),
  create: (draft: Draft) => sendJson<Envelope>('desk', '/v1/envelopes', post(draft)),
  save: (id: string, draft: Draft, keepalive = false) =>
    sendJson<Envelope>('desk', at(id), { method: 'PUT', body: draft, keepalive }),
  send: (id: string) => sendJson<Envelope>('desk', `${at(id)}/send`, post({})),
  ask: (id: string, [what, body]: EnvelopeAsk) => sendJson<Envelope>('desk', `${at(id)}/${what}`, post(body)),
  askOf: (id: string, recipient: number, [what, body]: RecipientAsk) =>
    sendJson<Envelope>('desk', `${at(id)}/recipients/${recipient}/${what}`, post(body)),
  /** Its documents for good; the evidence stays. */
  deleteDocuments: (id: string) => sendJson<Envelope>('desk', at(id), { method: 'DELETE' }),
  signingLink: (id: string, recipient: number) =>
    sendJson<{ url: string }>('desk', `${at(id)}/recipients/${recipient}/links`, post({})),
  /** What happened, told in a language. */
  events: (id: string, language: string) => sendJson<{ items: TrailEvent[] }>('desk', `${at(id)}/events?language=${language}`),
  testMessages: () => sendJson<TestMessage[]>('desk', '/v1/test-messages'),
  uploadContent: (upload: string, progress?: (received: number, total: number) => void) =>
    sendBytes('desk', `/v1/uploads/${encodeURIComponent(upload)}/content`, progress),
  /** One upload of several, in this order. */
  combine: (uploads: string[], name: string) => sendJson<Upload>('desk', '/v1/uploads/combine', post({ uploads, name })),
  /** Every place of a text in an uploaded document. */
  findText: (upload: string, find: string) =>
    sendJson<{ occurrences: TextPlace[]; more: boolean }>('desk', `/v1/uploads/${encodeURIComponent(upload)}/text?find=${encodeURIComponent(find)}`),
  /** The fields that tags in an uploaded document wish for. */
  tags: (upload: string, grammar: Grammar, document: number, text: 'keep' | 'cover' | 'remove' = 'keep') =>
    sendJson<Tags>('desk', `/v1/uploads/${encodeURIComponent(upload)}/tags?grammar=${grammar}&document=${document}&tag_text=${text}`),
  /** What a drop-down with a built-in list offers. */
  choiceList: (list: ChoiceList) => sendJson<{ items: string[] }>('desk', `/v1/choice-lists/${list}`),
  /** A page of an uploaded document as a small picture, which the server draws. */
  pageThumb: async (upload: string, page: number, signal?: AbortSignal): Promise<Blob> => {
    const answer = await send('desk', `/v1/uploads/${encodeURIComponent(upload)}/pages/${page}.png?width=160`, { signal, kept: true });
    return answer.blob();
  },
  /** The fields of the document's own form. */
  formFields: (upload: string) => sendJson<{ items: FormField[] }>('desk', `/v1/uploads/${encodeURIComponent(upload)}/form-fields`),
  document: (id: string, number: number, revision?: 'upload' | 'sent') =>
    sendBytes('desk', `${at(id)}/documents/${number}${revision ? `?revision=${revision}` : ''}`),
  file: (id: string, file: 'audit.pdf' | 'evidence.json' | 'documents.zip') =>
    sendBytes('desk', `${at(id)}/${file}`),
  /** What was filled, of one or of all that a list would show. */
  values: (of: string | ListQuery, format: ValuesFormat) => {
    if (typeof of === 'string') return sendBytes('desk', `${at(of)}/values?format=${format}`);
    return sendBytes('desk', `/v1/values?${wordsOf({ ...of, format })}`);
  },
};
