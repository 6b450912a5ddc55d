/** The same step by hand in two ways: with the mouse, and with the keyboard alone. */
export const MOUSE = {
  press: (_page, at) => at.click(),
  write: (_page, at, text) => at.fill(text),
  choose: (_page, at, label) => at.selectOption({ label }),
};

export const KEYBOARD = {
  reach,
  async press(page, at) {
    await reach(page, at);
    const box = await at.evaluate((one) => one instanceof HTMLInputElement);
    await page.keyboard.press(box ? 'Space' : 'Enter');
  },
  async write(page, at, text) {
    await reach(page, at);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
  /** By its first letters, as a list is chosen from without opening it. */
  async choose(page, at, label) {
    await reach(page, at);
    await page.keyboard.type(label);
    // Letters typed for the next list would be read as going on with these.
    await page.waitForFunction((wanted) => document.activeElement.selectedOptions?.[0]?.textContent.trim() === wanted, label);
  },
};

/** Goes on with Tab, or back with it, until the focus is there: what Tab never comes to cannot be used without a mouse. */
async function reach(page, at, most = 150) {
  await at.waitFor();
  for (let step = 0; step < most; step += 1) {
    const way = await at.evaluate((wanted) => {
      const now = document.activeElement;
      if (now === wanted) return 'there';
      const before = now && now !== document.body && now.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING;
      return before ? 'Shift+Tab' : 'Tab';
    });
    if (way === 'there') return;
    await page.keyboard.press(way);
  }
  throw new Error(`the keyboard never came to ${at}`);
}
