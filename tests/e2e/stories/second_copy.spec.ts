// A database that Chromium lost comes back from the second copy, and the page says so.

import type { Page } from '@playwright/test';
import { Console } from '../console.ts';
import { expect, test } from '../fixtures.ts';
import { loseDatabases, loseFiles } from '../kept.ts';

const RESTORED = 'The browser had removed Tollgate’s data on this device; it was restored from the second copy.';
const WHOLE = /a lost database is restored from them$/;

/** What the settings say of the second copy. */
async function expectSecondCopy(tollgate: Console, words: RegExp): Promise<void> {
  await tollgate.visit('Settings');
  await expect.poll(async () => (await tollgate.facts())['Second copy'] ?? '').toMatch(words);
}

async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
}

test('a lost database comes back whole, the page says so once, and work goes on', async ({
  tollgate,
  page,
  context,
  site,
}) => {
  const notes = ['Mirror', 'Dashboard', 'Review bot'];
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  for (const note of notes) {
    await tollgate.makeToken({ note, policy: 'Read everything' });
    await tollgate.dismissSecret();
  }
  await tollgate.openToken('Dashboard');
  await tollgate.invalidate('Printed in a build log');
  await expect(tollgate.answer('1 token invalidated')).toBeVisible();
  await tollgate.visit('Activity');
  await expect(page.getByText('The record is whole.')).toBeVisible();
  const entries = await tollgate.entries.count();
  await expectSecondCopy(tollgate, WHOLE);
  await leave(page);
  await loseDatabases(context, site.origin);

  await test.step('everything is there', async () => {
    await tollgate.open('/tokens');
    await expect(page.getByText(RESTORED)).toBeVisible();
    await expect(page.getByText(/\d+ missing entries were found there and written back unchanged/)).toBeVisible();
    await expect(tollgate.row('Mirror')).toContainText('Active');
    await expect(tollgate.row('Dashboard')).toContainText('Invalid');
    await expect(tollgate.row('Review bot')).toContainText('Active');
    await tollgate.visit('Activity');
    await expect(page.getByText('The record is whole.')).toBeVisible();
    await expect(tollgate.entries).toHaveCount(entries);
  });
  await test.step('work goes on', async () => {
    await tollgate.makeToken({ note: 'Afterwards', policy: 'Read everything' });
    await tollgate.dismissSecret();
    await tollgate.reload();
    await expect(tollgate.row('Afterwards')).toContainText('Active');
    await expect(page.getByText(RESTORED)).toBeHidden();
  });
  await test.step('and a second loss costs nothing either', async () => {
    await leave(page);
    await loseDatabases(context, site.origin);
    await tollgate.open('/tokens');
    await expect(page.getByText(RESTORED)).toBeVisible();
    for (const note of [...notes, 'Afterwards']) {
      await expect(tollgate.row(note)).toBeVisible();
    }
  });
});

test('what several tabs wrote in turns comes back as one chain', async ({ tollgate, page, context, site }) => {
  const other = new Console(await context.newPage());
  await tollgate.open('/people');
  await other.open('/people');
  const names = Array.from({ length: 6 }, (_, at) => `user-${at}`);
  for (const [at, name] of names.entries()) {
    const isFirst = at % 2 === 0;
    const writer = isFirst ? tollgate : other;
    const reader = isFirst ? other : tollgate;
    await writer.typeUser(name);
    await expect(reader.user(name)).toBeVisible();
  }
  await other.page.close();
  await leave(page);
  await loseDatabases(context, site.origin);

  await tollgate.open('/people');
  await expect(page.getByText(RESTORED)).toBeVisible();
  for (const name of names) {
    await expect(tollgate.user(name)).toBeVisible();
  }
  await tollgate.visit('Activity');
  await expect(page.getByText('The record is whole.')).toBeVisible();
});

test('a journal from before there was a second copy gets one', async ({ tollgate, page, context, site }) => {
  await tollgate.open();
  for (const name of ['one', 'two', 'three']) {
    await tollgate.addUser(name);
  }
  await leave(page);
  await loseFiles(context, site.origin);
  await tollgate.open();
  await expectSecondCopy(tollgate, WHOLE);
  await leave(page);
  await loseDatabases(context, site.origin);

  await tollgate.open('/people');
  await expect(page.getByText(RESTORED)).toBeVisible();
  for (const name of ['one', 'two', 'three']) {
    await expect(tollgate.user(name)).toBeVisible();
  }
});

test('where there is no second copy the page says why and works', async ({ tollgate, page, watcher }) => {
  await page.route('**/mirror_worker_loader.js', (route) => route.abort());
  await tollgate.open();
  await expectSecondCopy(tollgate, /^Not available here: the worker failed: it could not be loaded$/);
  await tollgate.addUser('ci-bot');
  await tollgate.reload();
  await expect(tollgate.user('ci-bot')).toBeVisible();

  const { offOrigin, violations, errors } = watcher.take();
  expect({ offOrigin, violations }).toEqual({ offOrigin: [], violations: [] });
  expect(errors.filter((error) => !error.includes('mirror_worker_loader.js'))).toEqual([]);
});

test('sample data that was removed does not come back from the second copy', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.button('Load sample data').click();
  const ribbon = page.getByText('This is sample data, in a workspace of its own.');
  await expect(ribbon).toBeVisible();
  await tollgate.addUser('extra');
  await tollgate.button('Remove sample data').first().click();
  await expect(ribbon).toBeHidden();

  await tollgate.visit('Overview');
  await tollgate.button('Load sample data').click();
  await expect(ribbon).toBeVisible();
  await expect(page.getByText(/restored from the second copy/)).toBeHidden();
  await tollgate.visit('People');
  await expect(tollgate.user('jenkins')).toBeVisible();
  await expect(tollgate.user('extra')).toBeHidden();
});
