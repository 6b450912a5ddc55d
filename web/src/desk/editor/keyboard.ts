import { tick } from 'svelte';
import type { FieldType } from '../../api/shapes.ts';
import { t, tn } from '../../i18n/language.svelte.ts';
import { announce } from '../../ui/announce.svelte.ts';
import type { DraftPlace } from '../draft/shape.ts';
import type { Easel } from './easel.svelte.ts';
import { commandOf, kindOf, personOf, type Command } from './keys.ts';
import { neighbour, toggled } from './selection.ts';

/** What the keyboard needs of the screen. */
export interface Screen {
  put: (type: FieldType, document: number, page: number) => void;
  go: (document: number, page: number) => void;
  show: (place: DraftPlace) => void;
  zoom: (by: 1 | -1) => void;
  open: (what: 'find' | 'help') => void;
  focusBoard: () => void;
}

const inText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input:not([type=checkbox], [type=radio]), textarea, select') || target.isContentEditable);

/** Keys of the whole editor: they never take what is typed into an input, nor what belongs to an open dialog. */
export class Keyboard {
  constructor(
    private readonly easel: Easel,
    private readonly screen: Screen,
  ) {}

  onWindow = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || inText(event.target) || document.querySelector('dialog[open]')) return;
    const command = commandOf(event);
    const board = event.target instanceof Element && event.target.closest('[data-board]') !== null;
    const free = board || event.target === document.body;
    // Single keys count only among the pages: elsewhere they are somebody's words to a screen reader.
    if (!command || (!free && !event.ctrlKey && !event.metaKey && command !== 'drop')) return;
    // Text that is marked somewhere on the screen is copied as text.
    if ((command === 'copy' || command === 'cut') && !free) return;
    if (this.#do(command)) event.preventDefault();
  };

  /** Letters and digits, while the pages or a field on them have the focus. */
  onBoard = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || inText(event.target)) return;
    const person = personOf(event);
    const one = person === null ? undefined : this.easel.people[person - 1];
    if (one) {
      event.preventDefault();
      this.easel.person = one.key;
      announce.say(t('desk.editor.now_for', { name: this.easel.nameOf(one.key) }));
      return;
    }
    const kind = kindOf(event);
    if (!kind) return;
    event.preventDefault();
    this.screen.put(kind, this.easel.at.document, this.easel.at.page);
  };

  #do(command: Command): boolean {
    const { easel, screen } = this;
    switch (command) {
      case 'undo':
        announce.say(t(easel.undo() ? 'desk.editor.undone' : 'desk.editor.nothing_to_undo'));
        return true;
      case 'redo':
        announce.say(t(easel.redo() ? 'desk.editor.redone' : 'desk.editor.nothing_to_redo'));
        return true;
      case 'copy':
      case 'cut':
        if (easel.selection.size === 0) return false;
        announce.say(tn('desk.editor.copied', easel.copy()));
        if (command === 'cut') this.#remove();
        return true;
      case 'paste':
        this.#made(easel.paste());
        return true;
      case 'duplicate':
        this.#made(easel.duplicate());
        return true;
      case 'all_pages':
        this.#made(easel.copyToAllPages(), false);
        return true;
      case 'select_page':
        return this.#choose(easel.placesOn(easel.at.document, easel.at.page));
      case 'select_person':
        return this.#choose(easel.book.content.places.filter(({ person }) => person === easel.person));
      case 'add_to_selection':
        return this.#toggle();
      case 'remove':
        return this.#remove();
      case 'next':
      case 'previous':
        return this.#step(command === 'next' ? 1 : -1);
      case 'page_down':
      case 'page_up':
      case 'first_page':
      case 'last_page':
        return this.#page(command);
      case 'drop':
        return this.#drop();
      case 'find':
      case 'help':
        screen.open(command);
        return true;
      case 'zoom_in':
      case 'zoom_out':
        screen.zoom(command === 'zoom_in' ? 1 : -1);
        return true;
    }
  }

  #choose(places: DraftPlace[]): boolean {
    this.easel.choose(new Set(places.map(({ key }) => key)), this.easel.lead);
    announce.say(tn('desk.editor.chosen', places.length));
    return true;
  }

  #toggle(): boolean {
    const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
    if (!key) return false;
    const begun = this.easel.adding || this.easel.selection.size > 1;
    this.easel.adding = true;
    if (begun) this.easel.choose(toggled(this.easel.selection, key), key);
    announce.say(begun ? tn('desk.editor.chosen', this.easel.selection.size) : t('desk.editor.adding'));
    return true;
  }

  #remove(): boolean {
    const { size } = this.easel.selection;
    if (size === 0) return false;
    const next = neighbour(this.easel.book.content.places.filter(({ key }) => !this.easel.selection.has(key) || key === this.easel.lead), this.easel.book.content.documents, this.easel.lead, -1);
    const on = next && next.page === this.easel.at.page && !this.easel.selection.has(next.key) ? next : undefined;
    this.easel.remove(this.easel.selection);
    announce.say(tn('desk.editor.removed', size));
    // The focus must not fall to the top of the screen with the field that had it.
    void tick().then(() => (on ? document.getElementById(`place-${on.key}`)?.focus({ preventScroll: true }) : this.screen.focusBoard()));
    return true;
  }

  #made(places: DraftPlace[], show = true): void {
    announce.say(places.length > 0 ? tn('desk.editor.pasted', places.length) : t('desk.editor.nothing_to_paste'));
    if (places[0] && show) this.screen.show(places[0]);
  }

  #step(by: 1 | -1): boolean {
    const from = this.easel.lead;
    const place = neighbour(this.easel.book.content.places, this.easel.book.content.documents, from, by);
    if (!place) return false;
    this.easel.only(place.key);
    this.screen.show(place);
    return true;
  }

  #page(command: 'page_down' | 'page_up' | 'first_page' | 'last_page'): boolean {
    const all = this.easel.documents.flatMap((document) => document.pages.map((_, index) => ({ document: document.number, page: index + 1 })));
    const now = all.findIndex(({ document, page }) => document === this.easel.at.document && page === this.easel.at.page);
    const wished = { page_down: now + 1, page_up: now - 1, first_page: 0, last_page: all.length - 1 }[command];
    const to = all[Math.min(Math.max(wished, 0), all.length - 1)];
    if (!to) return false;
    // A field on a page that is left behind may go with it; the board stays.
    this.screen.focusBoard();
    this.screen.go(to.document, to.page);
    announce.say(t('pages.page', { page: to.page, pages: this.easel.documents[to.document - 1]?.pages.length ?? 0 }));
    return true;
  }

  #drop(): boolean {
    const { easel } = this;
    if (easel.armed) easel.armed = null;
    else if (easel.adding) {
      easel.adding = false;
      if (easel.lead) easel.only(easel.lead);
    } else if (easel.selection.size > 0) {
      easel.choose(new Set());
      this.screen.focusBoard();
    } else return false;
    return true;
  }
}
