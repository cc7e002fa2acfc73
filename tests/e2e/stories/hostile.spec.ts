// Text that nobody would write by hand: the page says what is wrong with it and stays usable.

import { expect, test } from '../fixtures.ts';
import type { Locator, Page } from '@playwright/test';

const MEGABYTE = 1_000_000;

/** About so many characters of rules, in lines as people write them. */
function rules(length: number): string {
  const line = '    "review_request": {"*": {"allow": ["GET", "PUT"], "block": ["DELETE"]}},\n';
  return `{\n  "resources": {\n${line.repeat(Math.ceil(length / line.length))}`;
}

/** The same, with the end that makes the server accept it. */
function accepts(length: number): string {
  return `${rules(length)}    "review": {"*": {"allow": ["GET"]}}\n  }\n}\n`;
}

const TEXTS: Record<string, { text: string; says: RegExp }> = {
  'a megabyte that ends in the middle': { text: rules(MEGABYTE), says: /never closed/ },
  'a megabyte of opening brackets': { text: '['.repeat(MEGABYTE), says: /1000000 brackets are never closed/ },
  'a megabyte of mistakes in one line': {
    text: "{'a': [1,, 2,], // no".repeat(MEGABYTE / 20),
    says: /quote/,
  },
};

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

for (const [what, { text, says }] of Object.entries(TEXTS)) {
  test(`${what} gives findings, and the page answers all the while`, async ({ tollgate, page }) => {
    const bearable = await bearableWait(page, text);
    await tollgate.open('/policies?side=explain');
    const longestWait = await watchWaits(page);
    await paste(page, tollgate.policyText, text);

    await expect(page.getByText('Refused by Review Board 8.1')).toBeVisible({ timeout: 30_000 });
    const findings = page.getByRole('region', { name: 'Policy text' }).getByRole('listitem');
    await expect(findings.filter({ hasText: says }).first()).toBeVisible();
    await expect(findings.getByRole('button', { name: /^line \d+, column \d+$/ }).first()).toBeVisible();
    await expect(tollgate.trail).toContainText('No answer yet.');
    expect(await longestWait(), 'milliseconds without an answer').toBeLessThan(bearable);

    await paste(page, tollgate.policyText, '{"resources": {"*": {"allow": ["GET"]}}}');
    await expect(page.getByText('Accepted by Review Board 8.1', { exact: true })).toBeVisible();
    await expect(tollgate.trail).toContainText('Allowed');
  });
}

test('a text that is replaced while it is checked leaves no late findings', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await paste(page, tollgate.policyText, rules(MEGABYTE));
  await paste(page, tollgate.policyText, '{}');
  const accepted = page.getByText('Accepted by Review Board 8.1', { exact: true });
  await expect(accepted).toBeVisible();

  const said = await page.getByRole('region', { name: 'Policy text' }).evaluateHandle((region) => {
    const said: string[] = [];
    new MutationObserver(() => said.push(region.querySelector('[role=status]')?.textContent ?? '')).observe(region, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    return said;
  });
  // Whatever the first check had to say, it would say before the answer to this one.
  await paste(page, tollgate.policyText, accepts(100_000));
  await expect(page.getByText('Checking off the main thread…').or(accepted)).toBeVisible();
  await expect(accepted).toBeVisible({ timeout: 30_000 });
  expect((await said.jsonValue()).filter((words) => words.startsWith('Refused'))).toEqual([]);
});

test('a megabyte that the server accepts is accepted and explained all the same', async ({ tollgate, page }) => {
  const text = accepts(MEGABYTE);
  const bearable = await bearableWait(page, text);
  await tollgate.open('/policies?side=explain');
  const longestWait = await watchWaits(page);
  await paste(page, tollgate.policyText, text);
  await expect(page.getByText('Accepted by Review Board 8.1', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(tollgate.decidingRule).toContainText('/resources/review/*/allow/0', { timeout: 30_000 });
  await expect(tollgate.trail).toContainText('Allowed');
  expect(await longestWait(), 'milliseconds without an answer').toBeLessThan(bearable);
});

test('names, notes and reasons that look like markup are only ever text', async ({ tollgate, page }) => {
  const markup = '<img src=x onerror=alert(1)>"\'&amp;\u202e';
  await tollgate.open();
  await tollgate.visit('People');
  await tollgate.typeUser('<b>');
  await expect(page.getByText(/cannot contain `<`/)).toBeVisible();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: markup, policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.openToken(markup);
  await tollgate.invalidate(markup);
  await expect.poll(async () => (await tollgate.facts())['Invalidated']).toContain(markup);
  await tollgate.visit('Activity');
  await expect(tollgate.entries.filter({ hasText: 'Invalidated' })).toContainText(markup);
});

/** Pastes a text over everything that an editor holds. */
async function paste(page: Page, editor: Locator, text: string): Promise<void> {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await editor.press('Control+a');
  await editor.press('Control+v');
}

/** Watches how long the page goes without a turn; the answer is the longest wait so far, in milliseconds. */
async function watchWaits(page: Page): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(() => {
    const seen = { longest: 0, last: performance.now() };
    setInterval(() => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
    }, 10);
    return seen;
  });
  return () => watch.evaluate((seen) => Math.round(seen.longest));
}

/**
 * The longest wait for a turn that a page with such a text may cause, in milliseconds: twice what the browser by itself
 * needs to take the text into a bare text area on this machine, and half a second.
 */
async function bearableWait(page: Page, text: string): Promise<number> {
  await page.goto('/manifest.webmanifest');
  await page.evaluate(() => document.body.replaceChildren(document.createElement('textarea')));
  const longestWait = await watchWaits(page);
  const area = page.getByRole('textbox');
  await paste(page, area, text);
  await expect.poll(() => area.evaluate((area) => (area as HTMLTextAreaElement).value.length)).toBe(text.length);
  return 2 * (await longestWait()) + 500;
}
