import { mount } from 'svelte';
import { language } from '../i18n/language.svelte.ts';
import '../ink/script.css';
import '../ui/base.css';
import { CALLBACK, cameBack } from './challenge/elsewhere.ts';
import { early, tokenIn } from './early.ts';
import AstrayScreen from './message/AstrayScreen.svelte';
import SignApp from './SignApp.svelte';

/** Who comes back from signing in elsewhere goes on where they left, and no address keeps what they bring. */
const answer = location.pathname === CALLBACK ? location.search.slice(1) : null;
const left = answer === null ? null : cameBack(answer);
if (left !== null) history.replaceState(null, '', `/s/${encodeURIComponent(left)}`);
else if (answer !== null) history.replaceState(null, '', CALLBACK);

/** Everything about the visit but its token comes from the server. */
const token = tokenIn(location.pathname);

void language.prefer(...navigator.languages).then(() => {
  const target = document.getElementById('app')!;
  if (answer !== null && left === null) mount(AstrayScreen, { target });
  else mount(SignApp, { target, props: { token, answer, early } });
});
