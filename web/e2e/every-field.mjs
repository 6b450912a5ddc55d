/** One field of each kind that a recipient meets, over the three pages of the contract, and what goes into them. */
const at = (type, page, x, y, width, height, more = {}) => ({ type, id: more.id ?? type, document: 1, page, x, y, width, height, recipient: 1, label: LABELS[more.id ?? type] ?? '', ...more });

const LABELS = {
  text: 'Place of birth', multiline_text: 'About you', boxed_text: 'Customer number', rent: 'Rent', fees: 'Fees', total: 'Rent and fees', email: 'E-mail for invoices',
  date: 'First day', dropdown: 'Colour of the door', country: 'Country', company: 'Company', job_title: 'Title', whole: 'In words', given: 'Boathouse', reference: 'Reference',
  day: 'By day', night: 'By night', weekend: 'At the weekend', yes: 'With a dog', no: 'Without a dog', dog: 'Name of the dog', attachment: 'Your boating licence', image: 'A picture of you', stamp: 'Stamp',
};

export const GROUPS = [
  { key: 'times', label: 'When do you come?', min: 1, max: 2 },
  { key: 'pets', label: 'Do you have a dog?' },
];

export function everyField() {
  return [
    at('text', 1, 72, 190, 200, 24),
    at('multiline_text', 1, 72, 225, 300, 60, { hint: 'Two or three lines are enough.' }),
    at('boxed_text', 1, 72, 300, 200, 24, { characters_max: 8 }),
    at('number', 1, 72, 340, 120, 24, { id: 'rent', check: { min: '1', max: '5000', decimals_max: 2 } }),
    at('number', 1, 210, 340, 120, 24, { id: 'fees', required: false }),
    at('number', 1, 350, 340, 120, 24, { id: 'total', required: false, formula: { sum: ['rent', 'fees'] } }),
    at('email', 1, 72, 380, 200, 24),
    at('date', 1, 300, 380, 150, 24, { check: { earliest: '2026-01-01' } }),
    at('dropdown', 1, 72, 420, 150, 24, { choices: { options: [{ label: 'Dark green', value: 'green' }, { label: 'Red' }] } }),
    at('dropdown', 1, 300, 420, 150, 24, { id: 'country', choices: { list: 'country_names' } }),
    at('company', 1, 72, 460, 200, 24),
    at('job_title', 1, 300, 460, 200, 24),
    at('recipient_name', 1, 72, 500, 200, 24),
    at('recipient_email', 1, 300, 500, 200, 24),
    at('text', 1, 72, 540, 300, 24, { id: 'whole', required: false, formula: { concatenation: [{ field: 'text' }, { words: ', ' }, { field: 'rent' }] } }),
    at('text', 1, 72, 580, 200, 24, { id: 'given', required: false, read_only: true, value: 'Lower Quay 4' }),
    at('text', 1, 300, 580, 200, 24, { id: 'reference', placeholder: 'AB-1234', check: { pattern: '[A-Z]{2}-[0-9]{4}', message: 'The reference stands on your invoice, like AB-1234.' } }),
    at('note', 1, 72, 630, 300, 44, { value: 'Please ask the harbour master\nif you are not sure.' }),
    at('checkbox', 2, 72, 200, 16, 16, { id: 'day', group: 'times', required: false }),
    at('checkbox', 2, 172, 200, 16, 16, { id: 'night', group: 'times', required: false }),
    at('checkbox', 2, 272, 200, 16, 16, { id: 'weekend', group: 'times', required: false }),
    at('radio', 2, 72, 240, 16, 16, { id: 'yes', group: 'pets' }),
    at('radio', 2, 172, 240, 16, 16, { id: 'no', group: 'pets' }),
    at('text', 2, 272, 236, 180, 24, { id: 'dog', only_if: { field: 'yes', is: 'filled' } }),
    at('checkbox', 2, 72, 280, 16, 16, { id: 'checkbox', label: 'I have seen the boathouse' }),
    at('attachment', 2, 72, 320, 200, 26, { files: { types: ['pdf', 'jpeg'] } }),
    at('image', 2, 72, 360, 140, 90),
    at('stamp', 2, 300, 360, 140, 90, { required: false }),
    at('initials', 3, 72, 300, 80, 36),
    at('signature', 3, 72, 360, 190, 50),
    at('date_signed', 3, 300, 370, 120, 22),
    at('approve_button', 3, 72, 450, 120, 30),
    at('decline_button', 3, 220, 450, 120, 30),
    // What no recipient meets: it stands in the document itself.
    at('free_text', 3, 72, 520, 200, 20, { recipient: 0, value: 'As agreed on the quay' }),
    at('strikethrough', 3, 300, 520, 150, 16, { recipient: 0 }),
    at('date_completed', 3, 72, 560, 120, 20, { recipient: 0 }),
  ];
}

/** What is typed or chosen, as it is sent. */
export const WORDS = {
  text: 'London', multiline_text: 'I row.\nI also sail.', boxed_text: 'AB12CD34', rent: '850.40', fees: '10.1', email: 'bills@example.org', date: '2026-05-05',
  dropdown: 'green', country: 'Greece', company: 'Engines Ltd', job_title: 'Countess', reference: 'AB-1234',
};
/** What the act and the formulas put there. */
export const MADE = { total: '860.5', whole: 'London, 850.40', given: 'Lower Quay 4', recipient_name: 'Ada Lovelace' };

export const field = (page, id) => page.locator(`[data-field-id="${id}"]`);

/** Whether somebody who fills in finds an element for it; `dog` comes with an answer. */
export const isMet = ({ id, type }) => id !== 'dog' && !['signature', 'initials', 'free_text', 'strikethrough', 'date_completed'].includes(type);

/** What of it can be seen in the finished document, so far as it was filled: all but notes, buttons, files, and what was not there. */
export const isSeen = ({ id, type }) => !['note', 'attachment', 'approve_button', 'decline_button'].includes(type) && !['dog', 'night', 'weekend', 'yes', 'stamp'].includes(id);
