import { mount } from 'svelte';
import { language } from '../i18n/language.svelte.ts';
import type { Catalog } from '../i18n/words.ts';
import '../ui/base.css';
import FormApp from './FormApp.svelte';

/** The page's own words; it is offered in the languages that have them. */
language.alsoUse(import.meta.glob<Partial<Catalog>>('../locales/form/*.json', { import: 'default' }));

/** The token is the last part of the path. */
const token = decodeURIComponent(location.pathname.replace(/^\/f\//, '').replace(/\/$/, ''));

void language.prefer(...navigator.languages).then(() => mount(FormApp, { target: document.getElementById('app')!, props: { token } }));
