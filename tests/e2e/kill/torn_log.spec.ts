// The fault that the second copy is there for, without waiting for a kill to meet it: a log of changes that ends in a
// torn entry. The start after that shows what was saved and goes on writing behind the torn entry; the start after that
// finds corruption in the middle, and Chromium deletes every database of the site (docs/storage.md).
//
// When the browser no longer does that, the last step fails: then the fault is mended, and this can go.

import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Console } from '../console.ts';
import { distFolder, servePage, type Site } from '../server.ts';
import { BrowserProcess } from './process.ts';

/** So much is cut off: more than the last change. */
const CUT_BYTES = 200;

let site: Site;
let profile: string;

test.beforeAll(async () => {
  site = await servePage(distFolder());
  profile = await mkdtemp(join(tmpdir(), 'tollgate-torn-'));
});

test.afterAll(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

test('a torn log costs the database at the second start, and the second copy brings all of it back', async () => {
  test.setTimeout(240_000);
  const notes = ['Mirror', 'Dashboard', 'Review bot'];
  await inBrowser(async (tollgate) => {
    await tollgate.addUser('ci-bot');
    for (const note of notes) {
      await tollgate.makeToken({ note, policy: 'Read everything' });
      await tollgate.dismissSecret();
    }
  });
  await cutLog();

  await inBrowser(async (tollgate) => {
    await tollgate.addUser('after-the-cut');
    await tollgate.visit('Tokens');
    for (const note of notes) {
      await expect(tollgate.row(note)).toContainText('Active');
    }
  });

  await inBrowser(async (tollgate) => {
    const { page } = tollgate;
    await tollgate.visit('People');
    for (const name of ['ci-bot', 'after-the-cut']) {
      await expect(tollgate.user(name)).toBeVisible();
    }
    await tollgate.visit('Tokens');
    for (const note of notes) {
      await expect(tollgate.row(note)).toContainText('Active');
    }
    await tollgate.visit('Activity');
    await expect(page.getByText('The record is whole.')).toBeVisible();
    await expect(
      page.getByText('The browser had removed Tollgate’s data on this device; it was restored from the second copy.'),
      'the database was lost, and the page says so',
    ).toBeVisible();
  });
});

/** Does something in a browser on the profile, which is killed afterwards. */
async function inBrowser(act: (tollgate: Console) => Promise<void>): Promise<void> {
  const browser = await BrowserProcess.start(profile);
  try {
    const page = await browser.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    const tollgate = new Console(page);
    await page.goto(site.origin);
    await tollgate.ready();
    await act(tollgate);
  } finally {
    browser.kill();
    await browser.ended();
  }
}

/** Cuts the end off the newest log of the site's databases. */
async function cutLog(): Promise<void> {
  const files = await readdir(profile, { recursive: true });
  const logs = files.filter((file) => /\.indexeddb\.leveldb[/\\]\d+\.log$/.test(file)).map((file) => join(profile, file));
  const sizes = await Promise.all(logs.map(async (log) => ({ log, ...(await measured(log)) })));
  const newest = sizes.sort((one, other) => other.changed - one.changed)[0];
  if (!newest || newest.bytes <= CUT_BYTES) {
    throw new Error(`the profile holds no log that could be cut: ${JSON.stringify(sizes)}`);
  }
  await truncate(newest.log, newest.bytes - CUT_BYTES);
}

async function measured(file: string): Promise<{ bytes: number; changed: number }> {
  const { size, mtimeMs } = await stat(file);
  return { bytes: size, changed: mtimeMs };
}
