// The workspace leaves as a file and comes back, and nothing else is taken for one.

import type { Browser, Page } from '@playwright/test';
import { changed, damaged, everythingIn, file, forged, handedOut } from '../archive.ts';
import { Console } from '../console.ts';
import { expect, test } from '../fixtures.ts';
import { placesThatHold } from '../kept.ts';
import { exported, pick, question, record, replaceBy, WARNINGS, wipe } from '../workspace.ts';

/** A workspace of another browser. */
async function elsewhere(browser: Browser, baseURL: string | undefined, user: string, note: string): Promise<string> {
  const context = await browser.newContext({ baseURL: baseURL ?? '', serviceWorkers: 'block' });
  const other = new Console(await context.newPage());
  await other.open();
  await other.addUser(user);
  await other.makeToken({ note, policy: 'Read everything' });
  await other.dismissSecret();
  const text = await exported(other);
  await context.close();
  return text;
}

test('everything comes back from an export after a wipe, and no secret was in it', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Post reviews' });
  await tollgate.dismissSecret();
  await tollgate.makeToken({ note: 'Dashboard', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.openToken('Mirror');
  await tollgate.invalidate('Printed in a build log');
  await expect(tollgate.answer('1 token invalidated')).toBeVisible();
  const facts = await tollgate.facts();
  const entries = await record(tollgate);

  const text = await exported(tollgate);
  const inside = everythingIn(text);
  for (let at = 0; at + 12 <= secret.length; at += 1) {
    expect(inside.includes(secret.slice(at, at + 12)), 'a piece of the secret is in the file').toBe(false);
  }

  await wipe(tollgate);
  await tollgate.visit('Overview');
  await expect(page.getByRole('heading', { name: 'No tokens on this device yet' })).toBeVisible();

  await replaceBy(tollgate, text);
  await expect(page.getByText(WARNINGS)).toBeHidden();
  expect(await record(tollgate)).toEqual(entries);
  await tollgate.openToken('Mirror');
  expect(await tollgate.facts()).toEqual(facts);
  await tollgate.visit('Tokens');
  await expect(tollgate.row('Dashboard')).toContainText('Active');

  await test.step('and work goes on, in both copies', async () => {
    await tollgate.addUser('afterwards');
    await tollgate.reload();
    await expect(page.getByText(WARNINGS)).toBeHidden();
    await expect(tollgate.user('afterwards')).toBeVisible();
    await tollgate.visit('Settings');
    await expect.poll(async () => (await tollgate.facts())['Second copy'] ?? '').toMatch(/is restored from them$/);
  });
});

test('an earlier export takes the place of what came since, and nothing brings that back', async ({
  tollgate,
  page,
}) => {
  await tollgate.open();
  await tollgate.addUser('kept');
  const earlier = await exported(tollgate);
  await tollgate.addUser('given-up');

  await pick(tollgate, 'earlier.json', earlier);
  const dialog = question(tollgate);
  await expect(dialog).toContainText('It is an earlier state of this workspace, to which 1 entry came since.');
  await expect(dialog.getByText('Everything in the file is here already.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Merge', exact: true })).toBeDisabled();
  await dialog.getByRole('radio', { name: /^Replace/ }).check();
  await expect(dialog.getByText(/^Only here, and then gone: 1 entry/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();

  await replaceBy(tollgate, earlier, 'replace');
  for (const _ of ['at once', 'after a reload']) {
    await tollgate.visit('People');
    await expect(tollgate.user('kept')).toBeVisible();
    await expect(tollgate.user('given-up')).toBeHidden();
    await expect(page.getByText(WARNINGS)).toBeHidden();
    await tollgate.reload();
  }
});

test('the tokens of another workspace are merged by their uid, once', async ({ tollgate, page, browser, baseURL }) => {
  const text = await elsewhere(browser, baseURL, 'jenkins', 'Build status');
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();

  await pick(tollgate, 'other.json', text);
  const dialog = question(tollgate);
  await expect(dialog).toContainText('It is another workspace: no entry is in both.');
  await expect(dialog.getByText('1 token is new, 0 change.')).toBeVisible();
  await expect(dialog.getByText(/^A merge cannot be undone as one act/)).toBeVisible();
  await expect(tollgate.change('Token 2, jenkins')).toContainText('Active');
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(tollgate.answer('2 entries are taken over from the file')).toBeVisible();

  await tollgate.visit('Tokens');
  for (const note of ['Mirror', 'Build status']) {
    await expect(tollgate.row(note)).toContainText('Active');
  }
  await tollgate.visit('Activity');
  await expect(page.getByText('The record is whole.')).toBeVisible();
  await pick(tollgate, 'other.json', text);
  await expect(question(tollgate).getByText('Everything in the file is here already.')).toBeVisible();
});

test('files that are no whole export are refused with words, and nothing changes', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();
  const entries = await record(tollgate);
  const text = await exported(tollgate);

  const spelled = [...secret].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const hostile: Record<string, [text: string, says: RegExp]> = {
    'diary.json': ['dear diary', /the file is not JSON: .* \(line 1, column 1\)/],
    'half.json': [text.slice(0, text.length / 2), /the file is not JSON/],
    'song.json': ['{"format": "song"}', /the file is a `song`, and not a `tollgate-workspace`/],
    'newer.json': [
      changed(text, (archive) => (archive.version = 2)),
      /the file has version 2 of `tollgate-workspace`, and this program knows versions up to 1/,
    ],
    'damaged.json': [damaged(text, 1), /entry 3: the record does not have the hash that it carries/],
    'cut.json': [changed(text, ({ records }) => records.pop()), /the file says that it ends at entry 3/],
    'gap.json': [changed(text, ({ records }) => records.shift()), /entry 1: entries up to 2 are missing/],
    'token.json': [forged(text, (event) => event.replace('Mirror', secret)), /entry 3 holds what looks like a token/],
    'spelled.json': [forged(text, (event) => event.replace('Mirror', spelled)), /entry 3 holds what looks like a token/],
    'beside.json': [text.replace('{', `{"${secret}": 1, `), /line 1 holds what looks like a token/],
    'deep.json': ['['.repeat(1_000_000), /the file is (not JSON|no `tollgate-workspace`)/],
  };
  for (const [name, [content, says]] of Object.entries(hostile)) {
    await test.step(name, async () => {
      await pick(tollgate, name, content);
      const refusal = page.getByRole('alert').filter({ hasText: `Nothing was imported from ${name}:` });
      await expect(refusal).toContainText(says);
      await expect(refusal).toContainText('What to do: ');
      if (says.source.includes('token')) {
        expect(await placesThatHold(page, secret)).toEqual([]);
      }
    });
  }
  await expect(question(tollgate)).toBeHidden();
  expect(await record(tollgate)).toEqual(entries);

  await test.step('while the file itself is taken', async () => {
    await pick(tollgate, 'whole.json', forged(text, (event) => event));
    await expect(question(tollgate)).toContainText('It is what is here, entry for entry.');
  });
});

test('other tabs are told that their workspace was replaced', async ({ tollgate, context, browser, baseURL }) => {
  const text = await elsewhere(browser, baseURL, 'jenkins', 'Build status');
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const other = new Console(await context.newPage());
  await other.open('/people');
  await expect(other.user('ci-bot')).toBeVisible();

  await replaceBy(tollgate, text, 'replace');
  await expect(other.answer(/^Another tab put an import in the place of this workspace/)).toBeVisible();
  await other.typeUser('too-late');
  await expect(other.answer(/^Not saved: /)).toBeVisible();
  await other.reload();
  await expect(other.user('jenkins')).toBeVisible();
  await expect(other.user('too-late')).toBeHidden();
  await expect(other.page.getByText(WARNINGS)).toBeHidden();
});

test('a list is saved as a table that no spreadsheet computes', async ({ tollgate, page }) => {
  const formula = '=HYPERLINK("http://example.com","open me")';
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  const secret = await tollgate.makeToken({ note: formula, policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.makeToken({ note: 'Dashboard, "quoted"', policy: 'Everything' });
  await tollgate.dismissSecret();

  await tollgate.visit('Tokens');
  const press = () => tollgate.button('Export list as CSV').click();
  const all = await handedOut(page, press);
  expect(all.name).toMatch(/^tollgate-main-\d{4}-\d\d-\d\d\.csv$/);
  const lines = all.text.split('\r\n');
  expect(lines[0]).toBe(
    'number,status,user,site,note,may do,last used,expires,made,invalidated,generator,uid',
  );
  expect(lines).toHaveLength(4);
  expect(all.text).toContain(`"'=HYPERLINK(""http://example.com"",""open me"")",Read everything,`);
  expect(all.text).toContain('"Dashboard, ""quoted""",Everything,');
  expect(all.text).not.toContain(secret.slice(-12));

  await page.getByLabel('Filter tokens').fill('dashboard');
  await expect(tollgate.row(formula)).toBeHidden();
  const filtered = await handedOut(page, press);
  expect(filtered.text.split('\r\n')).toHaveLength(3);
  expect(filtered.text).not.toContain('HYPERLINK');
});

test('a checkpoint shows that nothing was changed, that the end is gone, and another history', async ({
  tollgate,
  page,
}) => {
  const compare = (text: string) =>
    page.getByLabel('Compare…', { exact: true }).setInputFiles(file('checkpoint.json', text));
  await tollgate.open();
  await tollgate.addUser('one');
  const earlier = await exported(tollgate);
  await tollgate.addUser('two');
  await tollgate.visit('Activity');
  await expect(page.getByText('A tail that is cut after the last checkpoint cannot be detected.')).toBeVisible();
  const checkpoint = await handedOut(page, () => tollgate.button('Save a checkpoint').click());
  expect(checkpoint.name).toMatch(/entry-3\.checkpoint\.json$/);

  await tollgate.addUser('three');
  await tollgate.visit('Activity');
  await compare(checkpoint.text);
  await expect(page.getByText(/^Everything up to entry 3 is as it was on /)).toBeVisible();
  await expect(page.getByText(/1 entry came after it\. What was cut off after the last checkpoint/)).toBeVisible();
  await compare('dear diary');
  await expect(page.getByText('Nothing was compared.')).toBeVisible();
  await compare(earlier);
  await expect(page.getByText(/^Everything in the export of .+ is here as it was\.$/)).toBeVisible();

  await replaceBy(tollgate, earlier, 'replace');
  await tollgate.visit('Activity');
  await compare(checkpoint.text);
  await expect(page.getByText('The end of the record was cut off.')).toBeVisible();
  await expect(page.getByText(/now it ends at entry 2: 1 entry is missing\.$/)).toBeVisible();

  await wipe(tollgate);
  await tollgate.addUser('another');
  await tollgate.visit('Activity');
  await compare(checkpoint.text);
  await expect(page.getByText('This is another history.')).toBeVisible();
});

test('a file is backed up to again and again, and permission is asked for after a reload', async ({
  tollgate,
  page,
}) => {
  await page.addInitScript(putFileInThePickersPlace);
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.visit('Settings');
  await expect(page.getByText('No file is picked.')).toBeVisible();
  await tollgate.button('Pick a file…').click();
  await expect(tollgate.answer('1 record backed up to backup.json')).toBeVisible();
  expect(JSON.parse(await backedUp(page)).records).toHaveLength(1);

  await tollgate.addUser('jenkins');
  await tollgate.reload();
  await tollgate.visit('Settings');
  await expect(page.getByText(/^backup\.json, written .+\.$/)).toBeVisible();
  await expect(page.getByText(/the browser wants to hear from you again/)).toBeVisible();
  await tollgate.button('Allow and back up').click();
  await expect(tollgate.answer('2 records backed up to backup.json')).toBeVisible();
  await expect(tollgate.button('Back up now')).toBeVisible();
  const whole = await backedUp(page);
  expect(JSON.parse(whole).records).toHaveLength(2);

  await test.step('it is never written over with less, or with something else', async () => {
    await wipe(tollgate);
    await tollgate.addUser('begun-anew');
    await tollgate.visit('Settings');
    await expect(page.getByText('No file is picked.')).toBeVisible();
    await tollgate.button('Pick a file…').click();
    await expect(tollgate.answer(/^Nothing was backed up: the file holds another history than this/)).toBeVisible();
    expect(await backedUp(page)).toBe(whole);
  });
  await test.step('and brings everything back', async () => {
    await replaceBy(tollgate, whole, 'replace');
    await tollgate.visit('People');
    await expect(tollgate.user('jenkins')).toBeVisible();
  });
});

/**
 * A file of the private file system stands for one that a user picks. The browser forgets the permission for such a
 * file when a page is loaded again, and asks for it when it is to be written to.
 */
function putFileInThePickersPlace(): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  let isGranted = navigation?.type !== 'reload';
  const picked = async () => {
    isGranted = true;
    const root = await navigator.storage.getDirectory();
    return root.getFileHandle('backup.json', { create: true });
  };
  Object.defineProperty(window, 'showSaveFilePicker', { value: picked });
  Object.assign(FileSystemHandle.prototype, {
    queryPermission: async () => (isGranted ? 'granted' : 'prompt'),
    requestPermission: async () => {
      isGranted = true;
      return 'granted';
    },
  });
}

async function backedUp(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return (await (await root.getFileHandle('backup.json')).getFile()).text();
  });
}
