import type { Arrival, Embedding, Mails, MethodKind, Reminders, Returns, Role, Rules, StepLimit } from '../../api/people.ts';
import type { FieldGroup, FieldMore } from '../../api/fields.ts';
import type { Box, FieldType, PageSize } from '../../api/shapes.ts';

/**
 * A draft as it is worked on. Things name each other by keys made in the page, so that moving a person in the list
 * moves no field; numbers are made when it is sent (`convert.ts`).
 */
export interface DraftDocument {
  key: string;
  upload: string;
  title: string;
  pages: PageSize[];
  /** Signatures it came with: then only signatures can be added, one for each person. */
  signatures: number;
  /** `fill_forms`: certified, and only invisible signatures can be added. Known after an upload only. */
  certification: string | null;
  /** Keys of those who see it; everybody where nothing is said. */
  visibleTo?: string[] | null;
}

export interface DraftPerson {
  key: string;
  name: string;
  email: string;
  role: Role;
  language: string;
  /** Acts at the same time as the one before; of no meaning for the first. */
  together: boolean;
  phone: string;
  /** How they prove who they are, in this order; the link alone where there is none. */
  methods: DraftMethod[];
  /** A role whose person is not known yet, and what it is called. */
  vacant: boolean;
  placeholder: string;
  optional: boolean;
  /** Keys of the host of an in-person signer, and of whom a witness sees act. */
  host: string;
  witnessOf: string;
  mandate: string;
  arrival: Arrival;
  subject: string;
  message: string;
  returns: Returns;
  /** What the desk has no control for and gives back as it came. */
  kept: { embedding?: Embedding | null; time_zone?: string | null };
}

export interface DraftMethod {
  kind: MethodKind;
  question: string;
  /** A PIN or an answer as it was typed here; the server never gives one back. */
  value: string;
  /** The one that the server took last from here: not sent again. */
  taken: string;
  /** The server has one. */
  set: boolean;
  provider: string;
  kept: { data?: Record<string, string>; client_user_id?: string | null; subject?: string | null };
}

/** Its attributes are those of the native API, by the same words; fields name each other by their ids. */
export interface DraftPlace extends Box, FieldMore {
  key: string;
  /** Stays the same through every save, so that the server knows the field again. */
  id: string;
  type: FieldType;
  document: string;
  page: number;
  /** Empty where no recipient fills it: words of the sender, the date of completion. */
  person: string;
  required: boolean;
  label: string;
}

export interface DraftContent {
  title: string;
  documents: DraftDocument[];
  people: DraftPerson[];
  places: DraftPlace[];
  /** What holds for boxes and buttons that are counted together. */
  groups: FieldGroup[];
  message: string;
  language: string;
  timeZone: string;
  days: number;
  rules: Rules;
  reminders: Reminders;
  /** Days for a step, by its number. */
  stepLimits: StepLimit[];
  mails: Mails;
  returns: Returns;
  /** What the desk has no control for and gives back as it came: frame origins, a fixed end. */
  kept: KeptOfDraft;
  test: boolean;
}

export interface KeptOfDraft {
  frame_origins?: string[];
  /** The end as an instant, with the number of days that it was shown as; another number replaces it. */
  end?: { at: string; days: number };
}

let counter = 0;

/** A key that is new within this page. */
export function newKey(): string {
  counter += 1;
  return `k${counter}`;
}

/** An id for a field, which the server keeps: unlike any that another window may have made. */
export function newFieldId(): string {
  return `f${Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export function emptyDraft(language: string, timeZone: string, test: boolean): DraftContent {
  return {
    title: '',
    documents: [],
    people: [],
    places: [],
    groups: [],
    message: '',
    language,
    timeZone,
    days: 30,
    rules: {},
    reminders: {},
    stepLimits: [],
    mails: emptyMails(),
    returns: {},
    kept: {},
    test,
  };
}

export function emptyMails(): Mails {
  return { subject: '', sender_name: '', reply_to: '', to_sender: null, attach_documents: false };
}

export function emptyPerson(language: string): DraftPerson {
  return {
    key: newKey(),
    name: '',
    email: '',
    role: 'signer',
    language,
    together: false,
    phone: '',
    methods: [],
    vacant: false,
    placeholder: '',
    optional: false,
    host: '',
    witnessOf: '',
    mandate: '',
    arrival: 'mail',
    subject: '',
    message: '',
    returns: {},
    kept: {},
  };
}

export function newMethod(kind: MethodKind): DraftMethod {
  return { kind, question: '', value: '', taken: '', set: false, provider: '', kept: {} };
}
