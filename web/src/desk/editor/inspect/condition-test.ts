import type { Test } from '../../../api/fields.ts';

export type TestKind = 'filled' | 'empty' | 'one_of' | 'none_of';

export function kindOfTest(test: Test): TestKind {
  if (typeof test === 'string') return test;
  return 'one_of' in test ? 'one_of' : 'none_of';
}

export function valuesOf(test: Test): string[] {
  if (typeof test === 'string') return [];
  return 'one_of' in test ? test.one_of : test.none_of;
}

export function testOf(kind: TestKind, values: string[]): Test {
  if (kind === 'one_of') return { one_of: values };
  if (kind === 'none_of') return { none_of: values };
  return kind;
}
