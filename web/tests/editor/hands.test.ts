import { describe, expect, test } from 'vitest';
import { align, distribute, pulled, sameSize } from '../../src/desk/editor/arrange.ts';
import { History } from '../../src/desk/editor/history.ts';
import { commandOf, kindOf, LETTERS, personOf } from '../../src/desk/editor/keys.ts';
import { between, inOrder, neighbour, toggled, touched } from '../../src/desk/editor/selection.ts';
import { linesOf, snapMove, snapPull } from '../../src/desk/editor/snap.ts';
import { A4, field } from './given.ts';

const box = (key: string, x: number, y: number, width = 50, height = 20) => ({ key, x, y, width, height });

describe('history', () => {
  test('a change is taken back and done again', () => {
    const history = new History<number>();
    let now = 1;
    history.record(null, () => now);
    now = 2;
    now = history.undo(() => now)!;
    expect([now, history.canUndo, history.canRedo]).toEqual([1, false, true]);
    now = history.redo(() => now)!;
    expect([now, history.canUndo, history.canRedo]).toEqual([2, true, false]);
  });

  test('what is typed in a row is one step, until something else comes between', () => {
    const history = new History<string>();
    let text = '';
    const type = (letter: string, tag = 'label'): void => {
      history.record(tag, () => text);
      text += letter;
    };
    for (const letter of 'abc') type(letter);
    history.seal();
    type('d');
    text = history.undo(() => text)!;
    expect(text).toBe('abc');
    text = history.undo(() => text)!;
    expect(text).toBe('');
    expect(history.undo(() => text)).toBeUndefined();
  });

  test('after something new nothing that was taken back can be had', () => {
    const history = new History<number>();
    history.record(null, () => 1);
    history.undo(() => 2);
    history.record(null, () => 1);
    expect(history.canRedo).toBe(false);
  });
});

describe('selection', () => {
  const places = [field('a', { x: 10, y: 10 }), field('b', { x: 10, y: 400 }), field('c', { page: 2, x: 10, y: 5 })];
  const documents = [{ key: 'd1' }];

  test('a frame drawn in any direction takes what it touches', () => {
    expect([...touched(between({ x: 30, y: 50 }, { x: 0, y: 0 }), places.slice(0, 2))]).toEqual(['key_a']);
  });

  test('Shift takes one to the others, or from them', () => {
    const both = toggled(new Set(['x']), 'y');
    expect([...both]).toEqual(['x', 'y']);
    expect([...toggled(both, 'x')]).toEqual(['y']);
  });

  test('the next field is the next one that is read, and after the last comes the first', () => {
    expect(inOrder(places, documents).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(neighbour(places, documents, 'key_c', 1)?.id).toBe('a');
    expect(neighbour(places, documents, 'key_a', -1)?.id).toBe('c');
    expect(neighbour(places, documents, null, 1)?.id).toBe('a');
    expect(neighbour([], documents, null, 1)).toBeUndefined();
  });
});

describe('arranging', () => {
  const three = [box('a', 10, 10), box('b', 100, 60, 30), box('c', 300, 40, 100, 40)];

  test.each([
    ['left', [10, 10, 10]],
    ['right', [350, 370, 300]],
    ['centre', [180, 190, 155]],
  ] as const)('boxes stand at the same %s', (to, expected) => {
    expect(align(three, to).map(({ x }) => x)).toEqual(expected);
  });

  test.each([
    ['top', [10, 10, 10]],
    ['bottom', [60, 60, 40]],
    ['middle', [35, 35, 25]],
  ] as const)('boxes stand at the same %s', (to, expected) => {
    expect(align(three, to).map(({ y }) => y)).toEqual(expected);
  });

  test('gaps become the same, whatever the order, and the outer boxes stay', () => {
    const [c, a, b] = distribute([three[2]!, three[0]!, three[1]!], 'across');
    expect([a!.x, b!.x, c!.x]).toEqual([10, 165, 300]);
    expect(distribute(three.slice(0, 2), 'down')).toEqual(three.slice(0, 2));
  });

  test('all become as large as one of them', () => {
    expect(sameSize(three, three[2]!).map(({ width, height }) => [width, height])).toEqual([[100, 40], [100, 40], [100, 40]]);
  });

  test('pulling at a side leaves the other one where it is, within the page', () => {
    const one = { x: 100, y: 100, width: 50, height: 20 };
    expect(pulled(one, 'w', -30, 99, A4)).toEqual({ x: 70, y: 100, width: 80, height: 20 });
    expect(pulled(one, 'ne', 10, -10, A4)).toEqual({ x: 100, y: 90, width: 60, height: 30 });
    expect(pulled(one, 'e', -500, 0, A4)).toEqual({ x: 100, y: 100, width: 8, height: 20 });
    expect(pulled(one, 'nw', -500, -500, A4)).toEqual({ x: 0, y: 0, width: 150, height: 120 });
  });
});

describe('snapping', () => {
  const lines = linesOf([{ x: 100, y: 100, width: 80, height: 20 }], A4);
  const moved = { x: 300, y: 300, width: 60, height: 20 };

  test('a box that comes near the edge of another is drawn to it, and the line is shown', () => {
    expect(snapMove(moved, -197, 0, lines)).toMatchObject({ dx: -200, x: 100, dy: 0, y: null });
  });

  test('its middle is drawn to the middle of the page', () => {
    expect(snapMove(moved, -31, 110, lines)).toMatchObject({ dx: -32.5, x: 297.5, dy: 111, y: 421 });
  });

  test('far from every line it goes where the pointer goes', () => {
    expect(snapMove(moved, 23, 37, lines)).toEqual({ dx: 23, dy: 37, x: null, y: null });
  });

  test('a side that is pulled is drawn alone', () => {
    expect(snapPull(moved, 'w', -118, 5, lines)).toEqual({ dx: -120, dy: 5, x: 180, y: null });
  });
});

describe('keys', () => {
  const pressed = (key: string, more: Partial<{ ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean }> = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });

  test.each([
    ['z', { ctrlKey: true }, 'undo'],
    ['z', { metaKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['y', { ctrlKey: true }, 'redo'],
    ['a', { ctrlKey: true }, 'select_page'],
    ['A', { ctrlKey: true, shiftKey: true }, 'select_person'],
    ['Delete', {}, 'remove'],
    ['?', { shiftKey: true }, 'help'],
    ['p', { ctrlKey: true }, null],
    ['z', {}, null],
  ] as const)('%s with %o asks for %s', (key, more, command) => {
    expect(commandOf(pressed(key, more))).toBe(command);
  });

  test('letters place fields only by themselves, and no two mean the same', () => {
    expect([kindOf(pressed('s')), kindOf(pressed('s', { ctrlKey: true })), kindOf(pressed('q'))]).toEqual(['signature', null, null]);
    expect(new Set(Object.values(LETTERS)).size).toBe(Object.keys(LETTERS).length);
  });

  test('digits name people from the first', () => {
    expect([personOf(pressed('1')), personOf(pressed('0')), personOf(pressed('1', { altKey: true }))]).toEqual([1, null, null]);
  });
});
