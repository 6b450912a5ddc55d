import { expect, test } from 'vitest';
import { paragraphs } from '../src/sign/reading/text-of.ts';
import { readableLength } from '../src/sign/attach/wishes.ts';

const piece = (str: string, y: number, hasEOL = true) => ({ str, hasEOL, height: 11, transform: [1, 0, 0, 1, 72, y] });

test('lines that follow each other are one paragraph, and a gap begins the next', () => {
  const lines = [piece('Lease of the', 760, false), piece(' boathouse', 760), piece('', 760), piece('Between the owner', 700), piece('and those who sign.', 686)];
  expect(paragraphs(lines)).toEqual(['Lease of the boathouse', 'Between the owner and those who sign.']);
});

test('a page without text has no paragraphs', () => {
  expect(paragraphs([])).toEqual([]);
  expect(paragraphs([piece('  ', 10)])).toEqual([]);
});

test('the length of a file is told in the words of the language', () => {
  expect(readableLength(1500, 'en')).toBe('1 kB');
  expect(readableLength(25 * 1024 * 1024, 'fr')).toMatch(/^25.Mo$/u);
  expect(readableLength(2.5 * 1024 * 1024, 'en')).toBe('2.5 MB');
});
