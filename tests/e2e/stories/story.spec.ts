// What Tollgate is for, from the first user to the last reload.

import { expect, test } from '../fixtures.ts';
import { placesThatHold } from '../kept.ts';

const REASON = 'Printed in a build log';

test('a token is made, tried, invalidated and brought back, and all is as it was', async ({ tollgate, page }) => {
  await test.step('a newcomer adds a user', async () => {
    await tollgate.open();
    await expect(page.getByRole('heading', { name: 'No tokens on this device yet' })).toBeVisible();
    await tollgate.link('Add a user').click();
    await tollgate.typeUser('ci-bot');
    await expect(tollgate.answer('ci-bot is added')).toBeVisible();
    await expect(tollgate.user('ci-bot')).toBeVisible();
  });

  const secret = await test.step('makes a token and sees its secret', async () => {
    const secret = await tollgate.makeToken({ note: 'Review bot', policy: 'Post reviews' });
    expect(secret).toHaveLength(255);
    await expect(page.getByText('Tollgate cannot show this secret again.')).toBeVisible();
    return secret;
  });

  await test.step('once', async () => {
    await expect(tollgate.button('Done')).toBeDisabled();
    expect(await placesThatHold(page, secret), 'while it is shown it is nowhere else').toEqual(['document']);
    await tollgate.dismissSecret();
    expect(await placesThatHold(page, secret)).toEqual([]);
  });

  await test.step('finds the token in the list and opens it', async () => {
    const row = tollgate.row('Review bot');
    await expect(row).toContainText('Active');
    await expect(row).toContainText('ci-bot');
    await expect(tollgate.panel('Review bot')).toContainText(secret.slice(-4));
    await tollgate.openToken('Review bot');
    await expect(page.getByText('Made for ci-bot')).toBeVisible();
  });

  await test.step('tries requests against its policy and is told which rule decides', async () => {
    await tollgate.link('Try a request').click();
    await expect(tollgate.title('Policies')).toBeVisible();
    await expect.poll(() => tollgate.policyWritten()).toContain('"review_reply"');

    await tollgate.tryRequest('POST', '/api/review-requests/42/reviews/');
    await expect(tollgate.trail).toContainText('Allowed');
    await expect(tollgate.decidingRule).toContainText('/resources/review/*/allow/0');
    await expect(tollgate.trail).toContainText(/Row \d+ of the 13 rows of precedence decides/);

    await tollgate.tryRequest('DELETE', '/api/review-requests/42/');
    await expect(tollgate.trail).toContainText('Blocked, HTTP 403');
    await expect(tollgate.decidingRule).toContainText('/resources/*/block/0');
  });

  await tollgate.openToken('Review bot');
  const before = await tollgate.facts();

  await test.step('invalidates it with a reason', async () => {
    await tollgate.invalidate(REASON);
    await expect(tollgate.answer('1 token invalidated')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Invalid');
    expect((await tollgate.facts())['Invalidated']).toContain(REASON);
    await expect(tollgate.button('Invalidate')).toBeHidden();
  });

  await test.step('and undoes that', async () => {
    await tollgate.button('Undo').click();
    await tollgate.bringBack();
    await expect(tollgate.answer('1 token is as before')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Active');
    await expect(tollgate.button('Invalidate')).toBeVisible();
    expect(await tollgate.facts()).toEqual(before);
  });

  await test.step('reloads, and everything is as it was', async () => {
    const token = await tollgate.words(page.getByRole('main'));
    await tollgate.reload();
    expect(await tollgate.words(page.getByRole('main'))).toBe(token);

    for (const place of ['Tokens', 'People'] as const) {
      await tollgate.visit(place);
      const words = await tollgate.words(page.getByRole('main'));
      await tollgate.reload();
      expect(await tollgate.words(page.getByRole('main'))).toBe(words);
    }

    await tollgate.visit('Activity');
    await expect(page.getByText('The record is whole.')).toBeVisible();
    const entries = await tollgate.entries.allTextContents();
    await tollgate.reload();
    await expect(page.getByText('The record is whole.')).toBeVisible();
    await expect(tollgate.entries).toHaveText(entries);
    await expect(tollgate.entries.filter({ hasText: REASON })).toContainText('Invalidated');
  });

  expect(await placesThatHold(page, secret), 'the secret is gone for good').toEqual([]);
});

test('undoing from one token says how many tokens come back', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const notes = ['Mirror', 'Dashboard'];
  for (const note of notes) {
    await tollgate.makeToken({ note, policy: 'Read everything' });
    await tollgate.dismissSecret();
  }
  await tollgate.visit('Tokens');
  for (const note of notes) {
    await tollgate.select(note);
  }
  await tollgate.selection.getByRole('button', { name: 'Invalidate', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Invalidate 2 tokens', exact: true }).click();
  await expect(tollgate.answer('2 tokens invalidated')).toBeVisible();

  await tollgate.openToken('Mirror');
  await tollgate.button('Undo for all 2 tokens').click();
  await tollgate.bringBack();
  await expect(tollgate.answer('2 tokens are as before')).toBeVisible();
  await tollgate.visit('Tokens');
  for (const note of notes) {
    await expect(tollgate.row(note)).toContainText('Active');
  }
});

test('the secret is copied only when that is asked for', async ({ tollgate, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await page.evaluate(() => navigator.clipboard.writeText('something else'));
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('something else');

  await tollgate.button('Copy secret').click();
  await expect(tollgate.answer('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
});

test('the secret is gone when its page is left or reloaded without a word', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const left = await tollgate.makeToken({ note: 'Left', policy: 'Read everything' });
  await tollgate.visit('Tokens');
  expect(await placesThatHold(page, left)).toEqual([]);

  const reloaded = await tollgate.makeToken({ note: 'Reloaded', policy: 'Read everything' });
  await tollgate.reload();
  await expect(tollgate.secret).toBeHidden();
  await page.goBack();
  await tollgate.ready();
  for (const secret of [left, reloaded]) {
    expect(await placesThatHold(page, secret)).toEqual([]);
  }
});

test('a pasted secret stays out of the address and of what is kept', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();

  await page.getByLabel('Filter tokens').fill(secret);
  await expect(page).not.toHaveURL(new RegExp(secret.slice(8, 20)));
  await tollgate.visit('Policies');
  await tollgate.policyText.fill(`{"resources": {}} ${secret}`);
  await tollgate.visit('Settings');
  await page.getByLabel('Your name in the record').fill(secret);
  await tollgate.visit('Activity');
  expect(await placesThatHold(page, secret)).toEqual([]);
  await page.goBack();
  await tollgate.ready();
  await page.goBack();
  await tollgate.ready();
  expect(await placesThatHold(page, secret)).toEqual([]);
});

test('what a user wrote into a policy is still there after a look at another', async ({ tollgate }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();
  const draft = '{"resources": {"review": {"*": {"allow": ["GET"]}}}}';
  await tollgate.visit('Policies');
  await tollgate.policyText.fill(draft);

  await tollgate.openToken('Mirror');
  await tollgate.link('Try a request').click();
  await expect.poll(() => tollgate.policyWritten()).not.toBe(draft);
  await tollgate.visit('Policies');
  await expect.poll(() => tollgate.policyWritten()).toBe(draft);
  await tollgate.reload();
  await expect.poll(() => tollgate.policyWritten()).toBe(draft);
});
