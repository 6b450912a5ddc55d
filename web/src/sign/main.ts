import { mount } from 'svelte';
import { CeremonyApi } from '../api/ceremony.ts';
import { language } from '../i18n/language.svelte.ts';
import '../ink/script.css';
import '../ui/base.css';
import { CALLBACK, cameBack } from './challenge/elsewhere.ts';
import AstrayScreen from './message/AstrayScreen.svelte';
import SignApp from './SignApp.svelte';

/** Who comes back from signing in elsewhere goes on where they left, and no address keeps what they bring. */
const answer = location.pathname === CALLBACK ? location.search.slice(1) : null;
const left = answer === null ? null : cameBack(answer);
if (left !== null) history.replaceState(null, '', `/s/${encodeURIComponent(left)}`);
else if (answer !== null) history.replaceState(null, '', CALLBACK);

/** The token is the last part of the path; everything else about the visit comes from the server. */
const token = decodeURIComponent(location.pathname.replace(/^\/s\//, '').replace(/\/$/, ''));

/** Asked for while the words are still on their way: on a slow line each question after the other is felt. */
const early = answer === null ? new CeremonyApi(token).visit() : undefined;
// Who opens the visit says what went wrong.
early?.catch(() => {});

void language.prefer(...navigator.languages).then(() => {
  const target = document.getElementById('app')!;
  if (answer !== null && left === null) mount(AstrayScreen, { target });
  else mount(SignApp, { target, props: { token, answer, early } });
});
