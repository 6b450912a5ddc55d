import { isDeskPath, routeOf } from './routes.ts';

class Router {
  path = $state(location.pathname);
  route = $derived(routeOf(this.path));
  /** Counts the steps taken, so that going to /new from a new draft begins another one. */
  turn = $state(0);

  constructor() {
    addEventListener('popstate', () => (this.path = location.pathname));
    document.addEventListener('click', (event) => this.#follow(event));
  }

  go(path: string, { replace = false } = {}): void {
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
    this.go(link.pathname + link.search);
  }
}

export const router = new Router();
