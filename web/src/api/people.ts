import type { Person } from './shapes.ts';

/** The words of the native API for people, and for what applies to all of them. */
export const ROLES = [
  'signer',
  'in_person_signer',
  'automatic_signer',
  'witness',
  'filler',
  'approver',
  'viewer',
  'host',
  'copy',
] as const;
export type Role = (typeof ROLES)[number];

export const METHODS = [
  'email_link',
  'email_code',
  'sms_code',
  'voice_code',
  'secret',
  'pin',
  'totp',
  'passkey',
  'oidc',
  'custom',
  'host',
] as const;
export type MethodKind = (typeof METHODS)[number];

/** One way to prove who one is. What is secret goes in and never comes out: then `…_set` says that it is there. */
export type Method =
  | { method: Exclude<MethodKind, 'secret' | 'pin' | 'custom' | 'host' | 'oidc'> }
  | { method: 'secret'; question: string; answer?: string; answer_set?: boolean }
  | { method: 'pin'; pin?: string; pin_set?: boolean }
  | { method: 'custom'; provider: string; data: Record<string, string> }
  | { method: 'host'; client_user_id?: string | null }
  | { method: 'oidc'; subject?: string | null };

export type Arrival = 'mail' | 'handed' | 'embedded';

export interface Embedding {
  client_user_id?: string | null;
  mail: boolean;
}

/** Where a browser goes when a visit is over. */
export interface Returns {
  done?: string | null;
  declined?: string | null;
  failed?: string | null;
}

/** Why a code may not arrive at a number, as far as the number tells. */
export type PhoneWarning = 'fixed_line' | 'internet_line' | 'premium_rate';

export interface DraftRecipient extends Person {
  role: Role;
  step: number;
  language: string;
  phone?: string;
  /** From the server: why a code may not arrive there. */
  phone_warning?: PhoneWarning | null;
  authentication?: Method[];
  /** What the role is called while it has no person. */
  placeholder?: string | null;
  optional?: boolean;
  host?: number | null;
  witness_of?: number | null;
  mandate?: string | null;
  arrival?: Arrival;
  embedding?: Embedding | null;
  subject?: string;
  message?: string;
  returns?: Returns;
  time_zone?: string | null;
}

export interface Reminders {
  first_after_days?: number;
  every_days?: number;
  before_expiry_days?: number[];
  hour?: number | null;
}

export interface StepLimit {
  step: number;
  days: number;
}

export interface Mails {
  subject: string;
  sender_name: string;
  reply_to: string;
  /** `true`: after each act and at the end; `false`: none; `null`: at the end. */
  to_sender: boolean | null;
  attach_documents: boolean;
}

/** Rules as data. What the desk has no control for is in here too, and is given back as it came. */
export interface Rules {
  decline_ends?: 'envelope' | 'recipient';
  completion?: 'all' | 'required' | 'any_of_step' | 'any_of_document';
  placeholders?: 'send' | 'turn';
  delegation?: 'refused' | 'with_consent' | 'free';
  methods_allowed?: MethodKind[] | null;
  part_11?: { meanings: string[] } | null;
  [more: string]: unknown;
}

/** What each role brings with it; the rules themselves are the server's. */
export const signs = (role: Role): boolean => ['signer', 'in_person_signer', 'automatic_signer', 'witness'].includes(role);
export const takesFields = (role: Role): boolean => signs(role) || role === 'filler';
export const acts = (role: Role): boolean => role !== 'host' && role !== 'copy';
/** Whether somebody comes to a page of their own, so that they can be asked who they are. */
export const comes = (role: Role): boolean => acts(role) && role !== 'automatic_signer';
