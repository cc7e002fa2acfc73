// A database that Chromium lost comes back from the second copy, and the page says so.

import type { Page } from '@playwright/test';
import { handedOut } from '../archive.ts';
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

test('entries that do not fit are saved, and discarded after a typed word', async ({
  tollgate,
  page,
  context,
  site,
  watcher,
}) => {
  const told = page.getByText('The second copy holds entries that do not continue this journal.');
  await tollgate.open();
  await tollgate.addUser('of-before');
  await expectSecondCopy(tollgate, WHOLE);
  await leave(page);
  await loseDatabases(context, site.origin);

  await test.step('a page that does not see the files begins another history', async () => {
    await page.route('**/mirror_worker_loader.js', (route) => route.abort());
    await tollgate.open();
    await tollgate.addUser('of-now');
    await leave(page);
    await page.unroute('**/mirror_worker_loader.js');
    const { offOrigin, violations, errors } = watcher.take();
    expect({ offOrigin, violations }).toEqual({ offOrigin: [], violations: [] });
    expect(errors.filter((error) => !error.includes('mirror_worker_loader.js'))).toEqual([]);
  });
  await test.step('the next one tells of the other, again and again', async () => {
    for (const _ of ['once', 'again']) {
      await tollgate.open('/settings');
      await expect(told).toBeVisible();
      await expect(page.getByText('2 entries in the second copy do not continue this journal.')).toBeVisible();
    }
  });
  await test.step('they are saved as they lie there', async () => {
    const { name, text } = await handedOut(page, () => tollgate.button('Save them as a file').click());
    expect(name).toBe('tollgate-main-apart.records');
    const lines = text.trimEnd().split('\n').map((line) => line.split(' '));
    expect(lines.map(([store, number]) => [store, number])).toEqual([['mirror', '1']]);
    const bytes = Buffer.from(lines[0]?.[2] ?? '', 'base64').toString('latin1');
    expect(bytes.slice(0, 4)).toBe('TGJR');
    expect(bytes).toContain('of-before');
    expect(bytes).not.toContain('of-now');
  });
  await test.step('and discarded after a typed word', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search or act' })).toBeFocused();
    await page.keyboard.type('discard what does not fit');
    await page.keyboard.press('Enter');
    const dialog = tollgate.dialog('Discard 2 entries of the second copy?');
    const act = dialog.getByRole('button', { name: 'Discard 2 entries', exact: true });
    await expect(act).toBeDisabled();
    await dialog.getByLabel('Type discard to confirm').fill('discard');
    await act.click();
    await expect(tollgate.answer('The second copy holds nothing any more that does not fit')).toBeVisible();
    await expect(told).toBeHidden();
    await expect(tollgate.button('Discard them…')).toBeHidden();
  });
  await test.step('no start speaks of them, and the second copy is that of this journal', async () => {
    await tollgate.open();
    await expectSecondCopy(tollgate, WHOLE);
    await expect(told).toBeHidden();
    await leave(page);
    await loseDatabases(context, site.origin);
    await tollgate.open('/people');
    await expect(page.getByText(RESTORED)).toBeVisible();
    await expect(tollgate.user('of-now')).toBeVisible();
    await expect(tollgate.user('of-before')).toBeHidden();
  });
});
