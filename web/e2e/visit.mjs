import { tabTo } from './browser.mjs';

/** The steps of a signer, by the attributes that scripts outside rely on too. */
export const step = (page, name) => page.locator(`[data-ceremony-step="${name}"]`);

export async function agree(page) {
  await step(page, 'disclosure').check();
  await step(page, 'disclosure-continue').click();
  await step(page, 'finish').waitFor();
}

/** Draws two strokes with a finger where there is one, with the mouse otherwise. */
export async function draw(page, touch, tab = 'Draw') {
  await page.getByRole('tab', { name: tab }).click();
  const box = await page.locator('canvas[role=img]').boundingBox();
  const at = (across, down) => ({ x: box.x + box.width * across, y: box.y + box.height * down });
  const strokes = [
    [at(0.2, 0.7), at(0.3, 0.2), at(0.4, 0.7), at(0.5, 0.3)],
    [at(0.55, 0.6), at(0.65, 0.4), at(0.8, 0.6)],
  ];
  const finger = touch && (await page.context().newCDPSession(page));
  for (const [first, ...rest] of strokes) {
    if (finger) {
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [first] });
      for (const point of rest) await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] });
      await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    } else {
      await page.mouse.move(first.x, first.y);
      await page.mouse.down();
      for (const point of rest) await page.mouse.move(point.x, point.y, { steps: 4 });
      await page.mouse.up();
    }
  }
}

/** Takes what the dialog offers as it stands. */
export async function adopt(page) {
  await step(page, 'adopt-modal').waitFor();
  await step(page, 'adopt').check();
  await step(page, 'adopt-apply').click();
  await step(page, 'adopt-modal').waitFor({ state: 'hidden' });
}

/** Fills every field that `oneOfEach` places, with typed signature and initials unless they are there already. */
export async function fillEverything(page, text = 'London', places = ['Initial here', 'Sign here']) {
  await page.locator('[data-field-type="text"]').fill(text);
  await page.locator('[data-field-type="checkbox"]').check();
  for (const name of places) {
    await page.getByRole('button', { name }).click();
    await adopt(page);
  }
}

export async function finish(page) {
  await step(page, 'finish').click();
  // A press can be lost while the page still moves, and whoever presses sees the button stay and presses again. It
  // happened once in some hundred walks; a second press that leads nowhere is a failure.
  await step(page, 'done').waitFor({ timeout: 8_000 }).catch(async () => {
    if (await step(page, 'finish').isVisible()) await step(page, 'finish').click();
  });
  await step(page, 'done').waitFor({ timeout: 20_000 });
}

/** Somebody without a mouse: goes to a step with Tab and presses it. */
export async function press(page, name) {
  await tabTo(page, `[data-ceremony-step="${name}"]`);
  await page.keyboard.press('Enter');
}

/** Types an answer where the focus is led, and sends it off with Enter. */
export async function answer(page, text) {
  await step(page, 'challenge-input').waitFor();
  await tabTo(page, '[data-ceremony-step="challenge-input"]');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}
