import { mount } from 'svelte';
import { useDeskWords } from '../i18n/desk-words.ts';
import { language } from '../i18n/language.svelte.ts';
import '../ink/script.css';
import '../ui/base.css';
import DeskApp from './DeskApp.svelte';

useDeskWords();
void language.prefer(...navigator.languages).then(() => {
  mount(DeskApp, { target: document.getElementById('app')! });
});
