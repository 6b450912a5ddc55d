import { expect, test } from 'vitest';
import { isDeskPath, routeOf } from '../src/desk/routes.ts';
import { fileName } from '../src/ui/save-file.ts';

test('each address of the desk leads to its screen, any other to the list', () => {
  expect(routeOf('/')).toEqual({ screen: 'list' });
  expect(routeOf('/sign-in/abc')).toEqual({ screen: 'confirm', token: 'abc' });
  expect(routeOf('/new')).toEqual({ screen: 'new' });
  expect(routeOf('/sign-myself')).toEqual({ screen: 'sign-myself' });
  expect(routeOf('/envelopes/env_1')).toEqual({ screen: 'envelope', id: 'env_1' });
  expect(routeOf('/envelopes/env_1/edit/')).toEqual({ screen: 'edit', id: 'env_1' });
  expect(routeOf('/settings')).toEqual({ screen: 'settings', page: 'defaults', kind: '', speaks: '' });
  expect(routeOf('/settings/consent')).toEqual({ screen: 'settings', page: 'consent', kind: '', speaks: '' });
  expect(routeOf('/settings/identity-provider')).toEqual({ screen: 'settings', page: 'provider', kind: '', speaks: '' });
  expect(routeOf('/settings/mails')).toEqual({ screen: 'settings', page: 'mails', kind: '', speaks: '' });
  expect(routeOf('/settings/mails/reminder/fr')).toEqual({ screen: 'settings', page: 'mails', kind: 'reminder', speaks: 'fr' });
  expect(routeOf('/templates/tpl_1')).toEqual({ screen: 'template', id: 'tpl_1' });
  expect(routeOf('/bulk')).toEqual({ screen: 'bulks' });
  expect(routeOf('/contacts')).toEqual({ screen: 'contacts' });
  expect(routeOf('/settings/webhooks/whk_1')).toEqual({ screen: 'office', page: 'webhooks', id: 'whk_1' });
  expect(routeOf('/settings/keys')).toEqual({ screen: 'office', page: 'keys', id: '' });
  expect(routeOf('/elsewhere')).toEqual({ screen: 'list' });
});

test('a signing link and an API address are not followed inside the desk', () => {
  expect(isDeskPath('/envelopes/env_1')).toBe(true);
  expect(isDeskPath('/settings/users')).toBe(true);
  expect(isDeskPath('/s/token')).toBe(false);
  expect(isDeskPath('/v1/envelopes')).toBe(false);
  expect(isDeskPath('/newer')).toBe(false);
});

test('a title becomes a file name that every system takes', () => {
  expect(fileName('Lease: 12/3 "garden"', 'pdf')).toBe('Lease 12 3 garden.pdf');
  expect(fileName('lease.PDF', 'pdf')).toBe('lease.pdf');
  expect(fileName('///', 'pdf')).toBe('document.pdf');
});
