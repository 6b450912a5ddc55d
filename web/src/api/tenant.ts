import type { Reminders, Rules } from './people.ts';
import { sendJson } from './request.ts';

/** The words that recipients agree to, in one language. */
export interface ConsentSetting {
  language: string;
  version: string;
  /** Whether these are the tenant's own words. */
  own: boolean;
  text: string[];
  built_in: string[];
  versions: ConsentVersion[];
}

export interface ConsentVersion {
  version: string;
  /** Empty where this version went back to the built-in words. */
  text: string[];
  digest: string;
  made_by: string;
  created_at: string;
}

/** The words of a mail: templates that name what it is about. */
export interface MailWords {
  subject: string;
  heading: string;
  text: string;
  message_intro: string;
  button: string;
}

export interface MailSetting {
  kind: string;
  language: string;
  own: boolean;
  updated_at: string | null;
  words: MailWords;
  built_in: MailWords;
  variables: string[];
  required: string[];
}

export interface MailLine {
  kind: string;
  language: string;
  own: boolean;
}

export interface MailPreview {
  subject: string;
  text: string;
  html: string;
}

/** What a draft begins with where it says nothing itself. */
export interface DraftDefaults {
  rules: Rules;
  reminders: Reminders;
  expires_in_days: number;
  mails: { to_sender: boolean | null; attach_documents: boolean };
}

const mail = (kind: string, language: string) => `/v1/settings/mails/${encodeURIComponent(kind)}/${encodeURIComponent(language)}`;
const consent = (language: string) => `/v1/settings/consent/${encodeURIComponent(language)}`;

/** What a tenant sets for itself. */
export const tenantApi = {
  consent: (language: string) => sendJson<ConsentSetting>('desk', consent(language)),
  setConsent: (language: string, text: string[]) => sendJson<ConsentSetting>('desk', consent(language), { method: 'PUT', body: { text } }),
  resetConsent: (language: string) => sendJson<ConsentSetting>('desk', consent(language), { method: 'DELETE' }),

  mails: async () => (await sendJson<{ items: MailLine[] }>('desk', '/v1/settings/mails')).items,
  mail: (kind: string, language: string) => sendJson<MailSetting>('desk', mail(kind, language)),
  setMail: (kind: string, language: string, words: MailWords) => sendJson<MailSetting>('desk', mail(kind, language), { method: 'PUT', body: words }),
  resetMail: (kind: string, language: string) => sendJson<MailSetting>('desk', mail(kind, language), { method: 'DELETE' }),
  previewMail: (kind: string, language: string, words: MailWords, signal?: AbortSignal) =>
    sendJson<MailPreview>('desk', `${mail(kind, language)}/preview`, { method: 'POST', body: { words }, signal }),

  defaults: () => sendJson<DraftDefaults>('desk', '/v1/settings/defaults'),
  setDefaults: (defaults: DraftDefaults) => sendJson<DraftDefaults>('desk', '/v1/settings/defaults', { method: 'PUT', body: defaults }),
};
