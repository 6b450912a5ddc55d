import { mount } from 'svelte';
import { workByEditLink } from '../api/edit-token.ts';
import { guest } from '../desk/guest.svelte.ts';
import { useDeskWords } from '../i18n/desk-words.ts';
import { language } from '../i18n/language.svelte.ts';
import '../ink/script.css';
import '../ui/base.css';
import EditApp from './EditApp.svelte';

/** The token is the last part of the path. */
workByEditLink(decodeURIComponent(location.pathname.replace(/^\/e\//, '').replace(/\/$/, '')));
guest.here = true;
useDeskWords();
void language.prefer(...navigator.languages).then(() => {
  mount(EditApp, { target: document.getElementById('app')! });
});
