import type { DraftDefaults } from '../../api/tenant.ts';
import type { DraftContent } from '../draft/shape.ts';

/** A new draft begins with what the tenant's drafts begin with; it is saved with it, and is its own from then on. */
export function applyDefaults(content: DraftContent, defaults: DraftDefaults): void {
  content.rules = { ...defaults.rules };
  content.reminders = { ...defaults.reminders };
  content.days = defaults.expires_in_days;
  content.mails = { ...content.mails, ...defaults.mails };
}

export function defaultsOf(content: DraftContent): DraftDefaults {
  const { to_sender, attach_documents } = content.mails;
  return {
    rules: { ...content.rules },
    reminders: { ...content.reminders },
    expires_in_days: content.days,
    mails: { to_sender: to_sender ?? null, attach_documents: attach_documents ?? false },
  };
}
