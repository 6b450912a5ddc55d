import { isDeskPath, routeOf } from './routes.ts';

class Router {
  path = $state(location.pathname);
  route = $derived(routeOf(this.path));
  /** Counts the steps taken, so that going to /new from a new draft begins another one. */
  turn = $state(0);
  /** Whether the screen may be left for another one: asked before a link is followed. */
  mayLeave: (() => boolean) | null = null;
  /** The address that the screen of `path` has got meanwhile. */
  #renamed: string | null = null;

  constructor() {
    addEventListener('popstate', () => this.#travel());
    document.addEventListener('click', (event) => this.#follow(event));
  }

  /** Another address for the screen that is there, which is not built anew for it. */
  rename(path: string): void {
    history.replaceState(history.state, '', path);
    this.#renamed = path;
  }

  /** Steps within one screen have the same address, and are the screen's own to go back through. */
  #travel(): void {
    if (location.pathname === this.#renamed) return;
    this.#renamed = null;
    this.path = location.pathname;
  }

  go(path: string, { replace = false } = {}): void {
    this.#renamed = null;
    if (replace) history.replaceState(null, '', path);
    else history.pushState(null, '', path);
    this.path = location.pathname;
    this.turn += 1;
    if (!replace) scrollTo(0, 0);
  }

  /** Plain links work as links do; only an ordinary click on one of ours stays in the page. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!isDeskPath(link.pathname) || (link.hash && link.pathname === location.pathname)) return;
    event.preventDefault();
    if (this.mayLeave && !this.mayLeave()) return;
    this.go(link.pathname + link.search);
  }
}

export const router = new Router();
