// How long a letter takes in the console, on a policy with rules for many ids: until what it changes is on the page.

import { chromium, type Page } from 'playwright-core';
import { QUIET, browserProgram } from '../e2e/browser.ts';
import { distFolder, servePage } from '../e2e/server.ts';
import { policyOfIds } from './page/policy_of_ids.ts';

/** What was measured, in milliseconds. */
export interface Keystrokes {
  /** From each key to the frame that shows what it changes. */
  answers: number[];
  /** The longest times that the page was without a turn, one for each key. */
  waits: number[];
}

/** The line below the editor that says what the text changes. */
const LINE = '.ed-foot .live';

/** In which line, counted from 0, the first id names a method beside GET. */
const LINE_OF_PUT = 6;

/** Opens the workbench on a policy with rules for so many ids, and types so many letters in its middle. */
export async function typeInto(ids: number, keys: number): Promise<Keystrokes> {
  const site = await servePage(distFolder());
  const browser = await chromium.launch({ executablePath: browserProgram(), args: QUIET });
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(`${site.origin}/policies`);
    // Laid out as the console shows the policy of a token.
    await open(page, JSON.stringify(policyOfIds(ids), null, 2));
    return await type(page, keys);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Puts the text into the editor, makes it what is compared with, and the caret where it will be changed. */
async function open(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.getByRole('tab', { name: /^Compare/ }).click();
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Another text');
  await page.getByRole('textbox', { name: 'The other policy' }).fill(text);
  const editor = page.locator('.cm-content');
  await editor.press('Control+a');
  await editor.press('Control+v');
  await page.locator(LINE, { hasText: /^Decides as/ }).waitFor();
  await page.getByText('Accepted by Review Board 8.1', { exact: true }).waitFor();
  await editor.press('Control+Home');
  for (let line = 0; line < LINE_OF_PUT; line += 1) {
    await editor.press('ArrowDown');
  }
  await editor.press('End');
  await editor.press('ArrowLeft');
}

/** Types a letter and takes it back, in turns; each changes a decision and so the line. */
async function type(page: Page, keys: number): Promise<Keystrokes> {
  const measured: Keystrokes = { answers: [], waits: [] };
  await page.evaluate(WATCH);
  for (let key = 0; key < keys; key += 1) {
    await page.evaluate('typing.begin()');
    await page.keyboard.press(key % 2 === 0 ? 'X' : 'Backspace');
    // The rest of the answer, which comes from the worker, belongs to the key as well.
    await page.waitForTimeout(700);
    const { answer, wait } = await page.evaluate<{ answer: number | null; wait: number }>('typing.end()');
    if (answer === null) {
      throw new Error(`key ${key + 1} did not change the line`);
    }
    measured.answers.push(answer);
    measured.waits.push(wait);
  }
  return measured;
}

/** Runs in the page: waits for the frame after the line has changed, and for the longest time without a turn. */
const WATCH = `
  globalThis.typing = (() => {
    const line = document.querySelector(${JSON.stringify(LINE)});
    let [pressed, answer, wait, last] = [0, null, 0, 0];
    addEventListener('keydown', () => { pressed = performance.now(); }, true);
    new MutationObserver(() => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { answer ??= performance.now() - pressed; };
        port2.postMessage(null);
      });
    }).observe(line, { childList: true, characterData: true, subtree: true });
    const turn = () => {
      const now = performance.now();
      wait = Math.max(wait, now - last);
      last = now;
    };
    setInterval(turn, 1);
    return {
      begin: () => { [answer, wait, last] = [null, 0, performance.now()]; },
      end: () => ({ answer, wait }),
    };
  })();
`;
