// The same story without a mouse.

import { file, handedOut } from '../archive.ts';
import { expect, test } from '../fixtures.ts';
import { PASSPHRASE, begin, createVault, deleteVault, keepToken } from '../vault.ts';
import type { Locator, Page } from '@playwright/test';

/** So many stops are more than any page has. */
const STOPS = 120;

test('the whole story is played with the keyboard alone', async ({ tollgate, page }) => {
  const keys = page.keyboard;
  await tollgate.open();

  await test.step('the first stop leads to the content', async () => {
    await keys.press('Tab');
    await expect(tollgate.link('Skip to content')).toBeFocused();
    await keys.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('the palette leads to people, where a user is added', async () => {
    await pick(page, 'people');
    await expect(tollgate.title('People')).toBeVisible();
    await tabTo(page, page.getByLabel('Login name'));
    await keys.type('ci-bot');
    await keys.press('Enter');
    await expect(tollgate.user('ci-bot')).toBeVisible();
  });

  await test.step('a token is made', async () => {
    await pick(page, 'make a new');
    await expect(tollgate.title('New token')).toBeVisible();
    await tabTo(page, page.getByLabel('Note'));
    await keys.type('Review bot');
    await tabTo(page, page.getByRole('radio', { name: 'Read everything' }));
    await keys.press('ArrowDown');
    await expect(page.getByRole('radio', { name: 'Post reviews' })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'Post reviews' })).toBeFocused();
    await tabTo(page, tollgate.button('Create token'));
    await keys.press('Enter');
    await tollgate.shownSecret();
    await tabTo(page, page.getByRole('checkbox', { name: /^I have stored it/ }));
    await keys.press('Space');
    await tabTo(page, tollgate.button('Done'));
    await keys.press('Enter');
    await expect(tollgate.secret).toBeHidden();
  });

  await test.step('the list is filtered and its row opened', async () => {
    await expect(tollgate.row('Review bot')).toBeVisible();
    await tabTo(page, tollgate.button('Close the panel'));
    await keys.press('Enter');
    await expect(page.getByRole('complementary')).toBeHidden();
    await keys.press('/');
    await expect(page.getByLabel('Filter tokens')).toBeFocused();
    await keys.type('user:ci-bot');
    await expect(page).toHaveURL(/q=user:ci-bot/);
    await tabTo(page, tollgate.list);
    await keys.press('Home');
    await keys.press('Space');
    await expect(tollgate.row('Review bot')).toHaveAttribute('aria-selected', 'true');
    await keys.press('Space');
    await keys.press('Enter');
    await expect(tollgate.panel('Review bot')).toBeVisible();
    await tabTo(page, tollgate.panel('Review bot').getByRole('link', { name: 'Open', exact: true }));
    await keys.press('Enter');
    await expect(tollgate.title(/^Token \d+$/)).toBeVisible();
  });

  await test.step('a request is tried against its policy', async () => {
    await tabTo(page, tollgate.link('Try a request'));
    await keys.press('Enter');
    await expect(tollgate.title('Policies')).toBeVisible();
    await tabTo(page, tollgate.method);
    await keys.type('DEL');
    await expect(tollgate.method).toHaveValue('DELETE');
    await tabTo(page, tollgate.request);
    await keys.press('Control+a');
    await keys.type('/api/review-requests/42/');
    await expect(tollgate.trail).toContainText('Blocked, HTTP 403');
    await expect(tollgate.decidingRule).toContainText('/resources/*/block/0');
    await tabTo(page, page.getByRole('tab', { name: 'Explain' }), 'Shift+Tab');
    await keys.press('ArrowLeft');
    await expect(page.getByRole('tab', { name: 'Meaning' })).toBeFocused();
    await expect(page.getByRole('tabpanel', { name: 'Meaning' })).toBeVisible();
  });

  await test.step('the token is invalidated, and that is undone', async () => {
    await keys.press('g');
    await keys.press('t');
    await expect(tollgate.title('Tokens')).toBeVisible();
    await tabTo(page, tollgate.list);
    await keys.press('Home');
    await keys.press('Enter');
    await tabTo(page, tollgate.button('Invalidate'));
    await keys.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Invalidate/ });
    await expect(dialog).toBeVisible();
    await tabTo(page, dialog.getByLabel('Reason'));
    await keys.type('Printed in a build log');
    await tabTo(page, dialog.getByRole('button', { name: 'Invalidate', exact: true }));
    await keys.press('Enter');
    await expect(tollgate.answer('1 token invalidated')).toBeVisible();
    await expect(tollgate.row('Review bot')).toContainText('Invalid');
    await keys.press('Control+z');
    await tabTo(page, tollgate.dialog('Bring 1 token back?').getByRole('button', { name: 'Bring back' }));
    await keys.press('Enter');
    await expect(tollgate.answer('1 token is as before')).toBeVisible();
    await expect(tollgate.row('Review bot')).toContainText('Active');
  });

  await tollgate.reload();
  await expect(tollgate.row('Review bot')).toContainText('Active');
});

test('the keys are listed, and every place has one', async ({ tollgate, page }) => {
  await tollgate.open();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys' });
  await expect(list).toBeVisible();
  await expect(list).toContainText('Undo the last act');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();

  const places = { t: 'Tokens', p: 'Policies', c: 'Catalog', u: 'People', a: 'Activity', s: 'Settings', o: 'Overview' };
  for (const [key, title] of Object.entries({ ...places, l: 'Look up a token' })) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(tollgate.title(title)).toBeVisible();
  }
  await page.keyboard.press('n');
  await expect(tollgate.title('New token')).toBeVisible();
});

test('the palette offers what can be done with the token on show', async ({ tollgate, page }) => {
  const offer = page.getByRole('option', { name: 'Rotate this token' });
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: 'Review bot', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.openToken('Review bot');
  await pick(page, 'rotate this');
  await expect(tollgate.dialog('Rotate token 1')).toBeVisible();
  // What stands behind a dialog hears no keys: they might lead away from a secret that is shown once.
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.keyboard.press('Control+k');
  await expect(tollgate.dialog('Rotate token 1')).toBeVisible();
  await expect(tollgate.title('Token 1')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tollgate.dialog('Rotate token 1')).toBeHidden();

  await tollgate.visit('Overview');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('this token');
  await expect(page.getByText('Nothing by that name')).toBeVisible();
  await expect(offer).toBeHidden();
});

test('a saved vault is taken in without a mouse', async ({ tollgate, page }) => {
  await begin(tollgate);
  await createVault(tollgate);
  await keepToken(tollgate, 'Review bot');
  await tollgate.visit('Settings');
  const { text } = await handedOut(page, () => tollgate.button('Export the vault').click());
  await deleteVault(tollgate);
  await tollgate.visit('Overview');

  await pick(page, 'take in a saved');
  await expect(tollgate.title('Settings')).toBeVisible();
  const input = page.getByLabel('Take in a saved vault…', { exact: true });
  await tabTo(page, input);
  await input.setInputFiles(file('review.vault', text));
  const dialog = tollgate.dialog('Take in review.vault?');
  await tabTo(page, dialog.getByLabel('Passphrase of the file'));
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Take in 1 secret', exact: true }));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(tollgate.statusBar).toContainText('Vault unlocked');
});

test('keys that are typed into a text do nothing else', async ({ tollgate, page }) => {
  await tollgate.open('/people');
  await page.getByLabel('Login name').focus();
  await page.keyboard.type('gtn?/');
  await expect(page.getByLabel('Login name')).toHaveValue('gtn?/');
  await expect(tollgate.title('People')).toBeVisible();
});

test('the palette finds, moves and forgets', async ({ tollgate, page }) => {
  await tollgate.open();
  const input = page.getByRole('combobox', { name: 'Search or act' });
  await page.keyboard.press('Control+k');
  await expect(input).toBeFocused();
  await page.keyboard.type('theme');
  const options = page.getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(options.nth(1)).toContainText('Use the dark theme');
  await page.keyboard.press('Enter');
  await expect(input).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.keyboard.press('Control+k');
  await expect(input).toHaveValue('');
  await page.keyboard.type('there is nothing by that name');
  await expect(page.getByText('Nothing by that name')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(input).toBeHidden();
  await tollgate.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

/** Picks the first act that the palette finds. */
async function pick(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or act' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Presses Tab until something has the focus; where Tab never leads to it, it cannot be reached. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(wanted).toBeVisible();
  const visited = new Set<string>();
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press(key);
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await expectVisibleFocus(wanted);
      return;
    }
    visited.add(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 100) ?? 'nothing'));
  }
  throw new Error(`${key} never leads to ${String(wanted)}, but to:\n${[...visited].join('\n')}`);
}

/** Where the focus is can be seen: something is drawn around it, around what holds it, or around what it stands for. */
async function expectVisibleFocus(element: Locator): Promise<void> {
  const ring = await element.evaluate((node) => {
    const drawn: Element[] = [];
    for (let part: Element | null = node; part && part.tagName !== 'MAIN'; part = part.parentElement) {
      drawn.push(part);
    }
    const active = document.getElementById(node.getAttribute('aria-activedescendant') ?? '');
    return [...drawn, ...(active ? [active] : [])].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(part);
      return outlineStyle !== 'none' && outlineWidth !== '0px';
    });
  });
  expect(ring, `the focus on ${String(element)} can be seen`).toBe(true);
}
