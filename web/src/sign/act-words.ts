import type { Act, Visit } from '../api/ceremony.ts';
import type { Key } from '../i18n/words.ts';

export function actOf(visit: Pick<Visit, 'act'>): Act {
  return visit.act ?? 'sign';
}

/** What is asked of the person, as words of the consent dialog. */
export function introOf(visit: Pick<Visit, 'act' | 'role'>): Key {
  if (visit.role === 'witness') return 'consent.intro_witness';
  const act = actOf(visit);
  return act === 'sign' ? 'consent.intro' : `consent.intro_${act}`;
}

export interface ActWords {
  consentTitle: Key;
  agree: Key;
  finish: Key;
  allDone: Key;
  working: Key;
  doneTitle: Key;
  doneText: Key;
  declineTitle: Key;
  declineText: Key;
  declineConfirm: Key;
  declineBack: Key;
}

/** The words that differ by what is asked. */
export function actWords(act: Act): ActWords {
  if (act === 'sign') {
    return {
      consentTitle: 'consent.title',
      agree: 'consent.agree',
      finish: 'bar.finish',
      allDone: 'bar.all_done',
      working: 'finish.working',
      doneTitle: 'done.title',
      doneText: 'done.text',
      declineTitle: 'decline.title',
      declineText: 'decline.text',
      declineConfirm: 'decline.confirm',
      declineBack: 'decline.back',
    };
  }
  return {
    consentTitle: `consent.title_${act}`,
    agree: 'consent.agree_other',
    finish: `bar.${act}`,
    allDone: act === 'fill' ? 'bar.all_done' : 'bar.read_first',
    working: act === 'fill' ? 'finish.working_fill' : 'finish.working_other',
    doneTitle: `done.title_${act}`,
    doneText: `done.text_${act}`,
    declineTitle: 'decline.title_other',
    declineText: 'decline.text_other',
    declineConfirm: 'decline.confirm_other',
    declineBack: 'action.back',
  };
}
