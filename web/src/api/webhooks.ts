import { sendJson } from './request.ts';

/** The events that a program can be told of, in the order in which they are offered. */
export const EVENTS = [
  'envelope.created',
  'envelope.sent',
  'envelope.completed',
  'envelope.declined',
  'envelope.cancelled',
  'envelope.expired',
  'envelope.extended',
  'envelope.handed_over',
  'envelope.archived',
  'envelope.trashed',
  'envelope.restored',
  'envelope.deleted',
  'envelope.audit_trail_issued',
  'recipient.invited',
  'recipient.opened',
  'recipient.authenticated',
  'recipient.authentication_failed',
  'recipient.locked',
  'recipient.unlocked',
  'recipient.consented',
  'recipient.consent_withdrawn',
  'recipient.signed',
  'recipient.filled',
  'recipient.approved',
  'recipient.viewed',
  'recipient.declined',
  'recipient.released',
  'recipient.delegation_asked',
  'recipient.delegation_refused',
  'recipient.replaced',
  'recipient.corrected',
  'recipient.removed',
  'recipient.reminded',
  'recipient.bounced',
  'recipient.code_undelivered',
] as const;

export const WEBHOOK_MODES = ['both', 'live', 'test'] as const;
export type WebhookMode = (typeof WEBHOOK_MODES)[number];

/** A program that is told what happens. */
export interface Webhook {
  id: string;
  url: string;
  /** All of them where it is empty. */
  events: string[];
  mode: WebhookMode;
  /** The only envelope that it is about. */
  envelope: string | null;
  enabled: boolean;
  created_at: string;
  previous_secret_until: string | null;
}

export interface WebhookWords {
  url: string;
  events: string[];
  mode: WebhookMode;
}

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One event on its way to one subscription. */
export interface Delivery {
  id: string;
  webhook_id: string;
  event: string;
  envelope: string;
  sequence: number;
  state: DeliveryState;
  attempts: number;
  created_at: string;
  last_attempt_at: string | null;
  next_attempt_at: string | null;
  status: number | null;
  fault: string | null;
  answer: string;
  took_ms: number | null;
  replay_of: string | null;
  body: unknown;
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

const at = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`;
const post = (body: unknown) => ({ method: 'POST' as const, body });

function query(words: Record<string, string | null | undefined>): string {
  const all = new URLSearchParams();
  for (const [key, value] of Object.entries(words)) if (value) all.set(key, value);
  return all.size > 0 ? `?${all}` : '';
}

export const webhooksApi = {
  list: (cursor?: string | null) => sendJson<Page<Webhook>>('desk', `/v1/webhooks${query({ cursor })}`),
  get: (id: string) => sendJson<Webhook>('desk', at(id)),
  /** The answer holds the secret, this once; so does that of `rotate`. */
  create: (wish: WebhookWords) => sendJson<Webhook & { secret: string }>('desk', '/v1/webhooks', post(wish)),
  rotate: (id: string, hours: number) => sendJson<Webhook & { secret: string }>('desk', `${at(id)}/rotate`, post({ previous_valid_hours: hours })),
  change: (id: string, change: Partial<WebhookWords> & { enabled?: boolean }) => sendJson<Webhook>('desk', at(id), { method: 'PATCH', body: change }),
  remove: (id: string) => sendJson<void>('desk', at(id), { method: 'DELETE' }),
  deliveries: (id: string, state: DeliveryState | '', cursor?: string | null) =>
    sendJson<Page<Delivery>>('desk', `${at(id)}/deliveries${query({ state, cursor })}`),
  replay: (id: string, delivery: string) => sendJson<Delivery>('desk', `${at(id)}/deliveries/${encodeURIComponent(delivery)}/replay`, post({})),
};
