import { mount } from 'svelte';
import { language } from '../i18n/language.svelte.ts';
import '../ink/script.css';
import '../ui/base.css';
import SignApp from './SignApp.svelte';

/** The token is the last part of the path; everything else about the visit comes from the server. */
const token = decodeURIComponent(location.pathname.replace(/^\/s\//, '').replace(/\/$/, ''));

void language.prefer(...navigator.languages).then(() => {
  mount(SignApp, { target: document.getElementById('app')!, props: { token } });
});
