/**
 * The token of a visit in which somebody shows who they are. It lives in memory; where the browser allows it, the tab
 * remembers it too, so that a reload asks for no second code. Frames of other sites may forbid that.
 */
export class VisitToken {
  #value: string | null;

  constructor(
    private readonly link: string,
    private readonly tab: () => Storage = () => sessionStorage,
  ) {
    this.#value = this.#try((tab) => tab.getItem(this.#key)) ?? null;
  }

  get value(): string | null {
    return this.#value;
  }

  /** Takes the token of a visit that has just begun; `null` where it had begun before. */
  take(token: string | null): void {
    if (token === null) return;
    this.#value = token;
    this.#try((tab) => tab.setItem(this.#key, token));
  }

  get #key(): string {
    return `visit ${this.link}`;
  }

  #try<T>(use: (tab: Storage) => T): T | undefined {
    try {
      return use(this.tab());
    } catch {
      return undefined;
    }
  }
}
