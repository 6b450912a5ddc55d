import type { Contact } from '../../api/contacts.ts';
import { looksLikeAddress } from '../draft/check-person.ts';
import type { DraftContent, DraftPerson } from '../draft/shape.ts';

/** Puts a contact into a row. A telephone that the contact lacks leaves what was typed. */
export function takeContact(person: DraftPerson, contact: Contact): void {
  person.name = contact.name;
  person.email = contact.email;
  person.language = contact.language;
  if (contact.phone) person.phone = contact.phone;
}

/** Who of a draft can be kept in the address book: people with a name and an address, each once, and not the sender. */
export function worthKeeping(content: DraftContent, own: string): DraftPerson[] {
  const seen = new Set([own.trim().toLowerCase()]);
  return content.people.filter((person) => {
    const email = person.email.trim().toLowerCase();
    if (person.vacant || person.name.trim() === '' || !looksLikeAddress(email) || seen.has(email)) return false;
    seen.add(email);
    return true;
  });
}
