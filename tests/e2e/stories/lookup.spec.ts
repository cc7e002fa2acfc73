// A text is looked up: whose token it is and what becomes of a login is told, and the text is kept nowhere.

import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { placesThatHold } from '../kept.ts';
import type { Page } from '@playwright/test';

const REASON = 'Printed in a build log';
const FIXTURE = new URL('../../fixtures/conformance/auth.json', import.meta.url);

test('a token is found by its text, which is kept nowhere', async ({ tollgate, page }) => {
  const logged = listen(page);
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();

  await test.step('it logs in', async () => {
    await tollgate.lookUp(secret);
    await expect(tollgate.answer('Token 1 logs in as ci-bot.')).toBeVisible();
    await expect(page.getByText('Looking is not recorded.')).toBeVisible();
    await expect(tollgate.found).toHaveCount(1);
    for (const words of ['Active', 'Mirror', 'ci-bot', 'every site', secret.slice(-4)]) {
      await expect(tollgate.found).toContainText(words);
    }
    expect((await tollgate.facts())['Code']).toBe('L0101');
    expect(await placesThatHold(page, secret)).toEqual([]);
  });

  await test.step('and is not used by that', async () => {
    await tollgate.link('Token 1').click();
    await expect(tollgate.title('Token 1')).toBeVisible();
    expect((await tollgate.facts())['Last used']).toBe('never');
  });

  await test.step('once it is invalidated, what a server answers is told', async () => {
    await tollgate.invalidate(REASON);
    await expect(tollgate.answer('1 token invalidated')).toBeVisible();
    await tollgate.lookUp(`Authorization: token ${secret}`);
    await expect(tollgate.answer(new RegExp(`^Token 1 was invalidated .*: “${REASON}”\\.$`))).toBeVisible();
    const facts = await tollgate.facts();
    expect(facts['A server']).toContain('401');
    expect(facts['A server']).toContain(REASON);
    expect(facts['What to do']).toContain('Give the client another token.');
    await expect(tollgate.found).toContainText('Invalid');
    expect(await placesThatHold(page, secret)).toEqual([]);
  });

  await test.step('the answer goes with its page, and nothing of it is on record', async () => {
    await tollgate.visit('Activity');
    await expect(tollgate.entries.filter({ hasText: 'Logged in' })).toHaveCount(0);
    await page.goBack();
    await expect(tollgate.title('Look up a token')).toBeVisible();
    await expect(tollgate.found).toHaveCount(0);
    expect(await placesThatHold(page, secret)).toEqual([]);
    expect(logged.filter((text) => text.includes(secret.slice(10, 30)))).toEqual([]);
  });
});

test('four characters find every token that ends with them', async ({ tollgate }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const secrets: string[] = [];
  for (const note of ['Mirror', 'Dashboard']) {
    secrets.push(await tollgate.makeToken({ note, policy: 'Read everything' }));
    await tollgate.dismissSecret();
  }
  await tollgate.lookUp((secrets[0] ?? '').slice(-4));
  await expect(tollgate.answer('1 token here ends with these four characters.')).toBeVisible();
  await expect(tollgate.found).toHaveCount(1);
  await expect(tollgate.found).toContainText('Mirror');
  await expect(tollgate.found).toContainText('Active');

  await tollgate.lookUp('----');
  await expect(tollgate.answer('No token here ends with these four characters.')).toBeVisible();
  await expect(tollgate.found).toHaveCount(0);
});

test('a text that is no token of this workspace is explained', async ({ tollgate, page }) => {
  await tollgate.open();
  const whole = await tokenOfAnotherServer();
  const texts: [text: string, says: string][] = [
    [whole, 'It has the form of the tokens of `vendor_checksum`, so it was not mistyped.'],
    [whole.slice(0, -1), 'It begins like a token, but has 254 characters instead of 255'],
    [whole.slice(0, -6) + '000000', 'It begins like a token, but its checksum is wrong'],
    ['0123456789abcdef0123456789abcdef01234567', 'It has the form of the old tokens of `legacy_sha1`.'],
    ['hello-there', 'it is probably no token at all'],
    ['Authorization: Basic YTpi', 'Only a server can check a password.'],
    ['Authorization: Bearer something', 'An API token in its place gets 401'],
    [`Authorization: Token ${whole}`, 'The token was found in a longer text'],
  ];
  for (const [text, says] of texts) {
    await tollgate.lookUp(text);
    await expect(page.getByRole('main')).toContainText(says);
    await expect(page.getByRole('main')).not.toContainText(text);
    await expect(tollgate.found).toHaveCount(0);
  }
  expect(await placesThatHold(page, whole)).toEqual([]);
  await tollgate.button('Look up').click();
  await expect(page.getByText('Paste a token, a header, or the last four characters of a token.')).toBeVisible();
});

test('what a Local Site does with a token that logs in is told', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.addSite('acme');
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.lookUp(secret);
  const main = page.getByRole('main');
  await expect(main).toContainText('It may be used there; its policy decides the rest. (L0201)');
  await page.getByLabel('For a request to').selectOption('acme');
  await expect(main).toContainText('It may be used there if ci-bot has access to acme');
});

test('a token in the filter or the palette can be looked up, its text not kept', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();
  const stranger = await tokenOfAnotherServer();

  await test.step('from the filter, whether it is known here or not', async () => {
    const filter = page.getByLabel('Filter tokens');
    for (const [text, says] of [
      [secret, 'Token 1 logs in as ci-bot.'],
      [stranger, 'No token here has this text.'],
    ] as const) {
      await tollgate.visit('Tokens');
      await filter.fill(text);
      await expect(filter).toHaveValue('');
      await tollgate.button('Look it up').click();
      await expect(tollgate.title('Look up a token')).toBeVisible();
      await expect(page).toHaveURL(/\/lookup$/);
      await expect(tollgate.answer(says)).toBeVisible();
      expect(await placesThatHold(page, text)).toEqual([]);
    }
  });

  await test.step('from the palette', async () => {
    await tollgate.visit('Tokens');
    await page.keyboard.press('Control+k');
    const input = page.getByRole('combobox', { name: 'Search or act' });
    await expect(input).toBeFocused();
    await input.fill(secret);
    await expect(input).toHaveValue('Look up a token');
    await expect(page.getByText('That text is a token. It was not kept.')).toBeVisible();
    expect(await placesThatHold(page, secret)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(tollgate.title('Look up a token')).toBeVisible();
    await expect(tollgate.answer('Token 1 logs in as ci-bot.')).toBeVisible();
    expect(await placesThatHold(page, secret)).toEqual([]);
  });
});

/** Everything that the page logs, of whatever kind. */
function listen(page: Page): string[] {
  const logged: string[] = [];
  page.on('console', (message) => logged.push(message.text()));
  return logged;
}

/** A whole token that no workspace here has. */
async function tokenOfAnotherServer(): Promise<string> {
  const recorded = JSON.parse(await readFile(FIXTURE, 'utf8'));
  return recorded.known_tokens_for_header_parsing.vendor_token_of_alice as string;
}
