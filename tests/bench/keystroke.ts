// How long a letter takes in the console, on a policy with rules for many ids: until what it changes is on the page.

import { chromium, type Page } from 'playwright-core';
import { QUIET, browserProgram } from '../e2e/browser.ts';
import { distFolder, servePage } from '../e2e/server.ts';

/** What was measured, in milliseconds. */
export interface Keystrokes {
  /** From each key until what it changes is on the page. */
  answers: number[];
  /** The same until that is drawn, too; the wait for the screen's next turn is left out. */
  drawn: number[];
  /** The longest times that the page was without a turn, one for each key. */
  waits: number[];
}

/** What one key took; never drawn if the line stayed as it was. */
interface Keystroke {
  answer: number;
  drawn: number | null;
  wait: number;
}

/** The line below the editor that says what the text changes. */
const LINE = '.ed-foot .live';

/** The rules of each id. */
const RULES = '{"allow": ["GET", "PUT"], "block": ["*"]}';

/** In which line, counted from 0, the rules of the first id stand. */
const FIRST_RULES = 3;

/** What stands behind the name of the method that is changed, up to the end of its line. */
const BEHIND_PUT = `${RULES.slice(RULES.indexOf('PUT') + 3)},`;

/** Opens the workbench on a policy with rules for so many ids, and types so many letters in its middle. */
export async function typeInto(ids: number, keys: number): Promise<Keystrokes> {
  const site = await servePage(distFolder());
  const browser = await chromium.launch({ executablePath: browserProgram(), args: QUIET });
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(`${site.origin}/policies?side=compare&against=full`);
    await open(page, laidOut(ids));
    return await type(page, keys);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** A policy with rules for so many ids, laid out as the console does that. */
function laidOut(ids: number): string {
  const items = Array.from({ length: ids }, (_, id) => `      "${id}": ${RULES}`);
  const everything = '    "*": {"allow": ["GET"], "block": ["*"]}';
  return `{\n  "resources": {\n    "review_request": {\n${items.join(',\n')}\n    },\n${everything}\n  }\n}\n`;
}

/** Puts the text into the editor, and the caret where it will be changed. */
async function open(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  const editor = page.locator('.cm-content');
  await editor.press('Control+a');
  await editor.press('Control+v');
  await page.locator(LINE, { hasText: /^−/ }).waitFor();
  await page.getByText('Accepted by Review Board 8.1', { exact: true }).waitFor();
  await editor.press('Control+Home');
  for (let line = 0; line < FIRST_RULES; line += 1) {
    await editor.press('ArrowDown');
  }
  await editor.press('End');
  for (let passed = 0; passed < BEHIND_PUT.length; passed += 1) {
    await editor.press('ArrowLeft');
  }
}

/** Types a letter and takes it back, in turns; each changes a decision and so the line. */
async function type(page: Page, keys: number): Promise<Keystrokes> {
  const measured: Keystrokes = { answers: [], drawn: [], waits: [] };
  await page.evaluate(WATCH);
  for (let key = 0; key < keys; key += 1) {
    await page.evaluate('typing.begin()');
    await page.keyboard.press(key % 2 === 0 ? 'X' : 'Backspace');
    // The rest of the answer, which comes from the worker, belongs to the key as well.
    await page.waitForTimeout(700);
    const { answer, drawn, wait } = await page.evaluate<Keystroke>('typing.end()');
    if (drawn === null) {
      throw new Error(`key ${key + 1} did not change the line`);
    }
    measured.answers.push(answer);
    measured.drawn.push(drawn);
    measured.waits.push(wait);
  }
  return measured;
}

/**
 * Runs in the page: how long it takes until the line has changed, and then to draw that; and the longest time without a
 * turn. Between the two the browser only waits for the screen.
 */
const WATCH = `
  globalThis.typing = (() => {
    const line = document.querySelector(${JSON.stringify(LINE)});
    let [pressed, answer, drawn, wait, last] = [0, 0, null, 0, 0];
    addEventListener('keydown', () => { pressed = performance.now(); }, true);
    new MutationObserver(() => {
      if (drawn !== null) {
        return;
      }
      answer = performance.now() - pressed;
      requestAnimationFrame(() => {
        const [began, { port1, port2 }] = [performance.now(), new MessageChannel()];
        port1.onmessage = () => { drawn ??= answer + performance.now() - began; };
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
      begin: () => { [drawn, wait, last] = [null, 0, performance.now()]; },
      end: () => ({ answer, drawn, wait }),
    };
  })();
`;
