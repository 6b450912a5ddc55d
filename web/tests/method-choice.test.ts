import { describe, expect, test } from 'vitest';
import type { MethodKind } from '../src/api/people.ts';
import { newMethod } from '../src/desk/draft/shape.ts';
import { forbids, withMethod } from '../src/desk/people/method-choice.ts';

const person = (kinds: MethodKind[], arrival: 'mail' | 'embedded' = 'mail') => ({ methods: kinds.map(newMethod), arrival });
const why = (kinds: MethodKind[], kind: MethodKind, rules = {}, arrival: 'mail' | 'embedded' = 'mail') => forbids(person(kinds, arrival), rules, kind)?.code;

describe('the methods of a chain', () => {
  test('that exclude each other say so both ways, and others do not', () => {
    expect(why(['pin'], 'sms_code')).toBe('signer_authentication_combined_with_pin_not_supported');
    expect(why(['totp', 'sms_code'], 'pin')).toBe('signer_authentication_combined_with_pin_not_supported');
    expect(why(['email_link'], 'custom')).toBe('methods_exclude_each_other');
    expect(why(['pin'], 'voice_code')).toBeUndefined();
    expect(why([], 'sms_code')).toBeUndefined();
  });

  test('are held to what the organisation allows and to where the person signs', () => {
    expect(why([], 'totp', { methods_allowed: ['pin'] })).toBe('method_not_allowed');
    expect(why([], 'pin', { methods_allowed: ['pin'] })).toBeUndefined();
    expect(why([], 'voice_code', { telephone: { refused: true } })).toBe('telephone_codes_disabled');
    expect(why([], 'secret', {}, 'embedded')).toBe('secret_not_for_embedded');
    expect(why([], 'secret')).toBeUndefined();
  });

  test('join at the end, but for those by which people arrive', () => {
    const kinds = (list: { kind: MethodKind }[]) => list.map(({ kind }) => kind);
    expect(kinds(withMethod([newMethod('pin')], newMethod('totp')))).toEqual(['pin', 'totp']);
    expect(kinds(withMethod([newMethod('pin')], newMethod('custom')))).toEqual(['custom', 'pin']);
  });
});
