// Writing a policy: with the keyboard alone, with help, and without the editor's module.

import { expect, test } from '../fixtures.ts';
import type { Page } from '@playwright/test';

/** The module of the editor. */
const MODULE = '**/editor-*.js';

const ACCEPTED = 'Accepted by Review Board 8.1';

test('a broken policy is mended with the keyboard alone', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  await tollgate.policyText.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{"resources": {"reviw": {"*": {"block": ["put"],}}}}');
  await expect(tollgate.policyFindings).toHaveCount(3);

  await page.keyboard.press('Control+Home');
  // What is no JSON comes first: until then nobody knows what else to move.
  for (const mistake of ['a comma with nothing to separate', 'not in capitals', 'unknown resource']) {
    await test.step(mistake, async () => {
      const finding = tollgate.policyFindings.filter({ hasText: mistake });
      await expect(finding).toBeVisible();
      await page.keyboard.press('F8');
      await page.keyboard.press('Control+.');
      await expect(finding).toBeHidden();
      await expect(tollgate.policyText).toBeFocused();
    });
  }
  await expect(page.getByText(ACCEPTED, { exact: true })).toBeVisible();
  expect(await tollgate.policyWritten()).toBe('{"resources": {"review": {"*": {"block": ["PUT"]}}}}');

  await test.step('and undone step by step', async () => {
    for (const _ of ['the resource', 'the method']) {
      await page.keyboard.press('Control+z');
    }
    expect(await tollgate.policyWritten()).toBe('{"resources": {"reviw": {"*": {"block": ["put"]}}}}');
  });
});

test('the button of a finding mends it, and the focus is in the text again', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  await tollgate.policyText.fill('{"resources": {"reviw": {"*": {"block": ["PUT"]}}}}');
  const button = tollgate.policyFindings.getByRole('button', { name: 'Write `review`' });
  await expect(button).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(ACCEPTED, { exact: true })).toBeVisible();
  await expect(tollgate.policyText).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(button).toBeVisible();
});

test('the keyboard leaves the editor as it leaves everything else', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  const text = await tollgate.policyWritten();
  for (const keys of [['Tab'], ['Shift+Tab'], ['Escape', 'Tab'], ['Control+Space', 'Escape', 'Tab']]) {
    await tollgate.policyText.focus();
    for (const key of keys) {
      await page.keyboard.press(key);
    }
    await expect(tollgate.policyText, keys.join(', ')).not.toBeFocused();
  }
  expect(await tollgate.policyWritten()).toBe(text);
  await expect(tollgate.policyText).toHaveAccessibleDescription(/Tab leaves the editor/);
});

test('keys that are typed into the editor do nothing else', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  await tollgate.policyText.fill('');
  await page.keyboard.type('gtn?/');
  expect(await tollgate.policyWritten()).toBe('gtn?/');
  await expect(tollgate.title('Policies')).toBeVisible();
});

test('what can be written is offered, and what is written is told', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  const offer = (name: RegExp) => page.getByRole('listbox').getByRole('option', { name });
  await tollgate.policyText.fill('{}');
  await page.keyboard.press('ArrowLeft');

  await test.step('keys bring what they need', async () => {
    await page.keyboard.type('"');
    await expect(offer(/^resources/)).toBeVisible();
    await page.keyboard.press('Enter');
    await page.keyboard.type('"web');
    await expect(offer(/^webhook/)).toBeVisible();
    await expect(offer(/^review/)).toBeHidden();
    await page.keyboard.press('Enter');
    expect(await tollgate.policyWritten()).toBe('{"resources": {"webhook": {}}}');
  });
  await test.step('words about what stands at the caret', async () => {
    await tollgate.policyText.fill('{"resources": {"review": {"*": {"allow": ["GET"], "block": ["*"]}}}}');
    await page.keyboard.press('Control+Home');
    for (const _ of '{"resources": {"re') {
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('F1');
    await expect(page.getByText('a token may read reviews').first()).toBeVisible();
  });
  await test.step('an even layout, by button and undone by key', async () => {
    const text = await tollgate.policyWritten();
    await tollgate.button('Format').click();
    expect((await tollgate.policyWritten()).split('\n')).toContain('      "*": { "allow": ["GET"], "block": ["*"] }');
    await page.keyboard.press('Control+z');
    expect(await tollgate.policyWritten()).toBe(text);
  });
});

test('without its module the plain editor does what it can', async ({ tollgate, page, watcher }) => {
  await page.route(MODULE, (route) => route.abort());
  await tollgate.open('/policies');
  await expect(page.getByText('This is the plain editor: the editor did not arrive')).toBeVisible();
  await tollgate.policyText.fill('{"resources": {"*": {"block": ["put"]}}}');
  await expect(tollgate.policyFindings.filter({ hasText: 'not in capitals' })).toBeVisible();
  await tollgate.policyFindings.getByRole('button', { name: 'Write `PUT`' }).click();
  await expect(tollgate.policyText).toHaveValue('{"resources": {"*": {"block": ["PUT"]}}}');
  await expect(tollgate.policyText).toBeFocused();
  await tollgate.tryRequest('PUT', '/api/review-requests/42/');
  await expect(tollgate.trail).toContainText('Blocked, HTTP 403');

  await tollgate.visit('Overview');
  await tollgate.visit('Policies');
  await expect(tollgate.policyText).toHaveValue('{"resources": {"*": {"block": ["PUT"]}}}');
  const { offOrigin, violations, errors } = watcher.take();
  expect({ offOrigin, violations }).toEqual({ offOrigin: [], violations: [] });
  expect(errors.filter((error) => !/ERR_FAILED/.test(error))).toEqual([]);
});

test('what was written before the editor came is in it, with the caret', async ({ tollgate, page }) => {
  const release = await holdModule(page);
  await tollgate.open('/policies');
  await tollgate.policyText.fill('{"resources": {"😀": 1}}');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  release();
  await tollgate.editorIsHere();
  await expect(tollgate.policyText).toBeFocused();
  await page.keyboard.insertText(' ');
  expect(await tollgate.policyWritten()).toBe('{ "resources": {"😀": 1}}');
});

test('the editor brings no style that the content security policy would have to allow', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  // Typing over colored text is where a browser would write a style of its own; a violation fails the story.
  await tollgate.policyText.press('Control+a');
  await page.keyboard.type('"x');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('y');
  expect(await tollgate.policyWritten()).toBe('y');
  await expect(page.locator('style')).toHaveCount(0);
});

/** Keeps the module of the editor back until the answer is called. */
async function holdModule(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(MODULE, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}
