/** One place for what a screen reader says aloud; shown by `Announcer.svelte`, once per page. */
class Announcements {
  polite = $state('');
  urgent = $state('');

  /** Said when the reader comes to a pause. */
  say(text: string): void {
    this.polite = this.#different(this.polite, text);
  }

  /** Said at once: something went wrong. */
  warn(text: string): void {
    this.urgent = this.#different(this.urgent, text);
  }

  /** A live region is silent when its text does not change; an invisible space makes the same words new. */
  #different(before: string, text: string): string {
    return before === text ? `${text}\u200b` : text;
  }
}

export const announce = new Announcements();
