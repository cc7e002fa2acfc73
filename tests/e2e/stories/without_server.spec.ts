// After one visit the console starts, works and reloads while its server is gone. A newer version waits until its user
// wants it, and no answer of a server of tokens is ever kept.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Console, PLACES } from '../console.ts';
import { expect } from '../fixtures.ts';
import { placesThatHold } from '../kept.ts';
import { expectOnlyNetworkErrors, test, visitOnce } from '../own_server.ts';
import { sealedHeaders } from '../server.ts';

test.use({ serviceWorkers: 'allow' });

const RESTART = 'Restart with the new version';

test('after one visit the console starts and works with its server stopped', async ({
  tollgate,
  page,
  folder,
  server,
  watcher,
}) => {
  await visitOnce(tollgate);
  await server.close();

  await test.step('it starts, under the same policy', async () => {
    const response = await page.reload();
    await tollgate.ready();
    expect(response?.fromServiceWorker()).toBe(true);
    const policy = (await sealedHeaders(folder)).get('Content-Security-Policy');
    expect(response?.headers()['content-security-policy']).toBe(policy);
  });
  await test.step('it works', async () => {
    await tollgate.addUser('ci-bot');
    const secret = await tollgate.makeToken({ note: 'Made without a server', policy: 'Read everything' });
    await tollgate.dismissSecret();
    await expect(tollgate.row('Made without a server')).toContainText('Active');
    expect(await placesThatHold(page, secret)).toEqual([]);
  });
  await test.step('every place opens by its address', async () => {
    for (const [place, path] of Object.entries(PLACES)) {
      await tollgate.open(path);
      await expect(tollgate.title(place)).toBeVisible();
    }
  });
  await test.step('the programs beside the page start, too', async () => {
    await expect.poll(async () => (await tollgate.facts())['Second copy'] ?? '').toMatch(/^Kept in files/);
    await tollgate.visit('Policies');
    await tollgate.editorIsHere();
    const rules = Array.from({ length: 2_000 }, (_, id) => `"${id}": {"allow": ["GET"], "block": ["*"]}`);
    await tollgate.policyText.fill(`{"resources": {"repository": {${rules.join(', ')}}}}`);
    await expect(page.getByText('Accepted by Review Board 8.1', { exact: true })).toBeVisible();
  });
  await test.step('and all is there after another reload', async () => {
    await tollgate.open('/tokens');
    await tollgate.reload();
    await expect(tollgate.row('Made without a server')).toContainText('Active');
    await expect(tollgate.statusBar).toContainText('Works without a network');
  });
  expectOnlyNetworkErrors(watcher);
});

test('what a server of tokens answers is never kept, nor answered by the page', async ({
  tollgate,
  page,
  server,
  watcher,
}) => {
  await visitOnce(tollgate);
  const ask = (path: string) =>
    page.evaluate(async (path) => {
      try {
        return `answered with ${(await fetch(path)).status}`;
      } catch {
        return 'not answered';
      }
    }, path);
  const paths = ['/api/x', '/s/site/api/x', '/elsewhere'];
  for (const path of paths) {
    expect(await ask(path), path).toBe('answered with 200');
  }
  await server.close();
  for (const path of paths) {
    expect(await ask(path), path).toBe('not answered');
  }
  const kept = await page.evaluate(async () => {
    const copies = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(copies.map((copy) => copy.keys()));
    return requests.flat().map((request) => new URL(request.url).pathname);
  });
  expect(kept).toContain('/');
  expect(kept.filter((path) => paths.includes(path) || /\bapi\b|service_worker|_headers/.test(path))).toEqual([]);

  await tollgate.reload();
  await expect(page.goto('/api/x'), 'a place of the server is no place of the console').rejects.toThrow(
    /ERR_CONNECTION_REFUSED/,
  );
  expectOnlyNetworkErrors(watcher);
});

test('a newer version leaves an open edit alone and starts when it is wanted', async ({ tollgate, page, folder }) => {
  await visitOnce(tollgate);
  await tollgate.addUser('ci-bot');
  await tollgate.open('/tokens/new');
  const note = page.getByLabel('Note');
  await note.fill('Half written');
  const build = page.locator('meta[name="build"]');

  await test.step('it says that it is here, and nothing else happens', async () => {
    await buildAnew(folder);
    await lookForNewer(page);
    await expect(tollgate.answer(/^A new version of Tollgate is here/)).toBeVisible();
    await expect(tollgate.statusBar).toContainText('A new version is here');
    await expect(note).toHaveValue('Half written');
    await expect(build).toHaveCount(0);
  });
  await test.step('it asks before it takes a text or a secret away', async () => {
    await tollgate.button(RESTART).click();
    await expect(question(tollgate)).toContainText('the form for a new token');
    await question(tollgate).getByRole('button', { name: 'Cancel' }).click();
    await expect(note).toHaveValue('Half written');

    await tollgate.button('Create token').click();
    const secret = await tollgate.shownSecret();
    await tollgate.button(RESTART).click();
    await expect(question(tollgate)).toContainText('the secret, which is shown once');
    await page.keyboard.press('Escape');
    expect(await tollgate.shownSecret()).toBe(secret);
    await tollgate.dismissSecret();
  });
  await test.step('a reload changes nothing, and a notice that was dismissed stays away', async () => {
    await tollgate.reload();
    await expect(tollgate.button(RESTART)).toBeVisible();
    await expect(build).toHaveCount(0);
    await tollgate.button('Dismiss').click();
    await expect(tollgate.button(RESTART)).toBeHidden();
    await tollgate.visit('Settings');
    expect((await tollgate.facts())['New version']).toContain('It is here');
  });
  await test.step('and starts at a word', async () => {
    await tollgate.button(RESTART).click();
    await expect(build).toHaveAttribute('content', 'second');
    await tollgate.ready();
    await expect(tollgate.statusBar).toContainText('Works without a network');
    await tollgate.visit('Tokens');
    await expect(tollgate.row('Half written')).toContainText('Active');
    expect(await copies(page), 'the copy of the version before is gone').toHaveLength(1);
  });
});

test('a restart in one tab leaves the others as they are and tells them', async ({
  tollgate,
  page,
  context,
  folder,
}) => {
  await visitOnce(tollgate);
  const other = new Console(await context.newPage());
  await other.open('/people');
  const name = other.page.getByLabel('Login name');
  await name.fill('half-written');
  await buildAnew(folder);
  await lookForNewer(page);
  await tollgate.button(RESTART).click();
  await expect(page.locator('meta[name="build"]')).toHaveAttribute('content', 'second');

  await expect(other.answer(/^Another tab has started a new version/)).toBeVisible();
  await expect(name).toHaveValue('half-written');
  await name.fill('');
  await other.button(RESTART).click();
  await expect(other.page.locator('meta[name="build"]')).toHaveAttribute('content', 'second');
  await other.ready();
});

test('a page that is not as it was built is not kept, and the console says why', async ({
  tollgate,
  page,
  folder,
  watcher,
}) => {
  const icon = join(folder, 'icons', 'icon.svg');
  await writeFile(icon, `${await readFile(icon, 'utf8')}<!-- changed -->`);
  await tollgate.open();
  await expect(tollgate.statusBar).toContainText('Needs the network to start');
  await tollgate.visit('Settings');
  await expect
    .poll(async () => (await tollgate.facts())['Without a network'] ?? '')
    .toMatch(/^This browser keeps no copy of the program: `\/icons\/icon\.svg` did not arrive as it was built/);
  expect(await copies(page)).toEqual([]);
  await tollgate.addUser('ci-bot');

  const { offOrigin, violations, errors } = watcher.take();
  expect({ offOrigin, violations }).toEqual({ offOrigin: [], violations: [] });
  expect(errors.filter((error) => !/icon\.svg|service_worker\.js/.test(error))).toEqual([]);
});

test('where service workers are refused the console works and says what its next start needs', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ baseURL: server.origin, serviceWorkers: 'block' });
  const tollgate = new Console(await context.newPage());
  await tollgate.open();
  await expect(tollgate.statusBar).toContainText('Needs the network to start');
  await tollgate.addUser('ci-bot');
  await tollgate.visit('Settings');
  expect((await tollgate.facts())['Without a network']).toMatch(/^This browser keeps no copy of the program: /);
  await context.close();
});

function question(tollgate: Console) {
  return tollgate.dialog('Restart with the new version?');
}

/** What a browser does by itself when a page is loaded, and the console after an hour. */
async function lookForNewer(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
}

/** The names of what the browser keeps of the program. */
async function copies(page: Page): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}

/** Puts another build in the place of the served one: the page is different, and its service worker names it. */
async function buildAnew(folder: string): Promise<void> {
  const [page, worker] = [join(folder, 'index.html'), join(folder, 'service_worker.js')];
  const before = await readFile(page, 'utf8');
  const after = before.replace('</title>', '</title><meta name="build" content="second">');
  const list = (await readFile(worker, 'utf8')).replace(integrity(before), integrity(after));
  expect(list, 'the worker names the page by its hash').toContain(integrity(after));
  await writeFile(page, after);
  await writeFile(worker, list.replace(/const VERSION = '\w+';/, "const VERSION = 'second';"));
}

function integrity(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}
