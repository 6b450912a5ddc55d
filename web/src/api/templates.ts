import type { Draft, Envelope } from './desk.ts';
import type { FieldKind } from './fields.ts';
import { freshKey, sendJson } from './request.ts';

export interface TemplateLine {
  id: string;
  name: string;
  test: boolean;
  newest_version: number;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
}

/** A recipient who gets their person when the template is used. */
export interface TemplateRole {
  recipient: number;
  name: string;
  role: string;
  step: number;
  language: string;
  needs_email: boolean;
  needs_phone: boolean;
  needs_answer: boolean;
  question: string | null;
  needs_pin: boolean;
}

export interface Template extends TemplateLine {
  version: number;
  versions: { version: number; created_at: string }[];
  uses: number;
  roles: TemplateRole[];
  draft: Envelope;
}

export interface TemplatePage {
  items: TemplateLine[];
  next_cursor: string | null;
}

export interface RolePerson {
  role: string;
  name: string;
  email: string;
  phone?: string;
  answer?: string;
  pin?: string;
}

/** A value that a use of a template can give. */
export interface TemplateValue {
  key: string;
  fields: string[];
  type: FieldKind;
  label: string;
  required: boolean;
  read_only: boolean;
  /** 0 where it is words of the sender. */
  recipient: number;
  options: { label: string; value: string }[];
  characters_max: number | null;
  value: string;
}

export interface TemplateUse {
  version?: number;
  title?: string;
  message?: string;
  people: RolePerson[];
  values?: Record<string, string>;
  send?: boolean;
}

/** What a template is made of. */
export type TemplateSource = { draft: Draft } | { envelope: string; roles?: { recipient: number; name: string }[] };

const at = (id: string) => `/v1/templates/${encodeURIComponent(id)}`;
const post = (body: unknown) => ({ method: 'POST' as const, body, idempotencyKey: freshKey() });

/** Drafts with roles in the place of persons; those of tests are apart. */
export const templatesApi = {
  list(query: { test: boolean; archived?: boolean; limit?: number; cursor?: string }, signal?: AbortSignal): Promise<TemplatePage> {
    const words = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) if (value !== undefined) words.set(key, String(value));
    return sendJson('desk', `/v1/templates?${words}`, { signal });
  },
  get: (id: string) => sendJson<Template>('desk', at(id)),
  values: (id: string, version: number) => sendJson<{ items: TemplateValue[] }>('desk', `${at(id)}/form-fields?version=${version}`),
  create: (name: string, source: TemplateSource, test: boolean) => sendJson<Template>('desk', '/v1/templates', post({ name, test, ...source })),
  revise: (id: string, change: { name?: string } & Partial<TemplateSource>) => sendJson<Template>('desk', at(id), { method: 'PUT', body: change }),
  archive: (id: string, archived: boolean) => sendJson<Template>('desk', `${at(id)}/${archived ? 'archive' : 'restore'}`, post({})),
  remove: (id: string) => sendJson<void>('desk', at(id), { method: 'DELETE' }),
  use: (id: string, use: TemplateUse) => sendJson<Envelope>('desk', `${at(id)}/use`, post(use)),
};

/** A public link, by which whoever opens it starts a document of their own. */
export interface TemplateLink {
  id: string;
  label: string;
  url: string;
  /** SVG. */
  qr: string;
  role: string;
  version: number;
  password_set: boolean;
  uses_max: number | null;
  uses: number;
  expires_at: string | null;
  ended_at: string | null;
  created_at: string;
}

export interface TemplateLinkWish {
  label: string;
  role?: string;
  people: RolePerson[];
  uses_max?: number;
  expires_at?: string;
  password?: string;
}

export const templateLinksApi = {
  list: (id: string) => sendJson<{ items: TemplateLink[] }>('desk', `${at(id)}/links`),
  create: (id: string, wish: TemplateLinkWish) => sendJson<TemplateLink>('desk', `${at(id)}/links`, post(wish)),
  end: (id: string, link: string) => sendJson<TemplateLink>('desk', `${at(id)}/links/${encodeURIComponent(link)}/end`, post({})),
};
