import type { Draft, DraftField, Envelope } from '../../api/desk.ts';
import { nothingMore, said } from './field-more.ts';
import { isNobodys } from './kinds.ts';
import { groupsInUse } from './links.ts';
import { fromSteps, steps } from './ordering.ts';
import { fromRecipient, toRecipient } from './convert-person.ts';
import { emptyMails, newFieldId, newKey, type DraftContent, type DraftPlace } from './shape.ts';

/** The draft as the server takes it: keys become positions, counted from 1. */
export function toDraft(content: DraftContent, version?: number): Draft {
  const step = steps(content.people);
  const documentNumber = numbers(content.documents);
  const personNumber = numbers(content.people);
  const groups = groupsInUse(content.groups, content.places).map((group) => ({ ...said(group), key: group.key }));
  return {
    title: content.title.trim(),
    documents: content.documents.map(({ upload, title, visibleTo }) => ({
      upload,
      title: title.trim(),
      ...(visibleTo ? { visible_to: visibleTo.flatMap((key) => personNumber.get(key) ?? []).sort((a, b) => a - b) } : {}),
    })),
    recipients: content.people.map((person, index) => toRecipient(person, step[index]!, personNumber)),
    fields: sendable(content).map((place) => {
      const { key: _, document, person, label, ...rest } = place;
      return {
        ...said(rest),
        x: place.x,
        y: place.y,
        width: place.width,
        height: place.height,
        required: place.required,
        label: label.trim(),
        document: documentNumber.get(document)!,
        recipient: isNobodys(place.type) ? 0 : personNumber.get(person)!,
      } as DraftField;
    }),
    ...(groups.length > 0 ? { groups } : {}),
    message: content.message.trim(),
    language: content.language,
    time_zone: content.timeZone,
    ...(content.kept.end?.days === content.days ? { expires_at: content.kept.end.at } : { expires_in_days: content.days }),
    ...(Object.keys(content.rules).length > 0 ? { rules: { ...content.rules } } : {}),
    reminders: { ...content.reminders },
    step_limits: content.stepLimits.filter((limit) => limit.days > 0 && step.includes(limit.step)),
    mails: { ...content.mails },
    returns: content.returns,
    ...(content.kept.frame_origins?.length ? { frame_origins: content.kept.frame_origins } : {}),
    test: content.test,
    ...(version === undefined ? {} : { version }),
  };
}

/** A draft of the server as it is worked on. */
export function fromEnvelope(envelope: Envelope): DraftContent {
  const documents = envelope.documents.map((document) => ({
    key: newKey(),
    upload: document.upload,
    title: document.title,
    pages: document.pages,
    signatures: document.signatures,
    certification: document.certification ?? null,
  }));
  const known = envelope.recipients.map((one) => ({ ...one, key: newKey() }));
  const people = fromSteps(known);
  const days = envelope.expires_in_days ?? daysUntil(envelope.expires_at, envelope.created_at);
  const byNumber = new Map(people.map((person) => [person.number, person.key]));
  const keysOf = (numbers: number[]) => numbers.flatMap((number) => byNumber.get(number) ?? []);
  return {
    title: envelope.title,
    documents: documents.map((document, index) => {
      const visible = envelope.documents[index]?.visible_to;
      return visible ? { ...document, visibleTo: keysOf(visible) } : document;
    }),
    people: people.map((one) => fromRecipient(one, known)),
    places: envelope.fields.flatMap((field) => {
      const { document: number, recipient, ...rest } = field;
      const document = documents[number - 1];
      const person = isNobodys(field.type) ? '' : byNumber.get(recipient);
      if (!document || person === undefined) return [];
      return [{ ...nothingMore(), ...rest, key: newKey(), id: field.id || newFieldId(), document: document.key, person }];
    }),
    groups: envelope.groups ?? [],
    message: envelope.message ?? '',
    language: envelope.language,
    timeZone: envelope.time_zone,
    days,
    rules: envelope.rules ?? {},
    reminders: envelope.reminders ?? {},
    stepLimits: envelope.step_limits ?? [],
    mails: envelope.mails ?? emptyMails(),
    returns: envelope.returns ?? {},
    kept: {
      frame_origins: envelope.frame_origins,
      ...(envelope.expires_in_days == null && envelope.expires_at ? { end: { at: envelope.expires_at, days } } : {}),
    },
    test: envelope.test,
  };
}

/** The fields that go to the server, in its order: those whose document and person are there. */
export function sendable(content: Pick<DraftContent, 'documents' | 'people' | 'places'>): DraftPlace[] {
  const known = new Set([...content.documents, ...content.people].map(({ key }) => key));
  return content.places.filter((place) => known.has(place.document) && (isNobodys(place.type) || known.has(place.person)));
}

function numbers(list: { key: string }[]): Map<string, number> {
  return new Map(list.map((item, index) => [item.key, index + 1]));
}

function daysUntil(end: string | null, start: string): number {
  if (!end) return 30;
  return Math.max(1, Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000));
}
