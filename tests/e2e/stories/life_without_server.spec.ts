// Everything that is done with tokens, in a browser whose server is gone after the first visit; and what was wiped comes
// back from its file, to the last entry.

import { handedOut } from '../archive.ts';
import type { Console } from '../console.ts';
import { expect } from '../fixtures.ts';
import { expectOnlyNetworkErrors, test, visitOnce } from '../own_server.ts';
import { exported, record, replaceBy, WARNINGS, wipe } from '../workspace.ts';

test.use({ serviceWorkers: 'allow' });

const NOTES = ['Mirror', 'Dashboard', 'Backup'];
const CLIENT = 'API token automatically created for RBTools.';
const REASON = 'Printed in a build log';

test('without a server tokens live their whole life, and all of it comes back after a wipe', async ({
  tollgate,
  page,
  server,
  watcher,
}) => {
  test.setTimeout(180_000);
  await visitOnce(tollgate);
  await server.close();

  await test.step('the second load needs no server', async () => {
    const response = await page.reload();
    await tollgate.ready();
    expect(response?.fromServiceWorker()).toBe(true);
  });
  await test.step('tokens are made', async () => {
    await tollgate.addUser('ci-bot');
    for (const note of NOTES) {
      await tollgate.makeToken({ note, policy: 'Read everything' });
      await tollgate.dismissSecret();
    }
  });
  await test.step('a client gets one', async () => {
    await tollgate.askForClient('RBTools');
    await expect(tollgate.foreseen).toContainText('A new token will be made');
    await tollgate.button('Make the token').click();
    await tollgate.shownSecret();
    await tollgate.dismissSecret();
    await expect(tollgate.row(CLIENT)).toContainText('Active');
  });
  await test.step('one is rotated', async () => {
    await tollgate.openToken('Mirror');
    await tollgate.button('Rotate').click();
    const dialog = tollgate.dialog('Rotate token 1');
    await dialog.getByRole('radio', { name: '24 hours', exact: true }).check();
    await dialog.getByRole('button', { name: 'Rotate and show the secret' }).click();
    await tollgate.shownSecret();
    await page.getByRole('checkbox', { name: /^I have stored it/ }).check();
    await tollgate.button('Done').click();
    await expect(tollgate.answer('Rotated: token 5 takes over')).toBeVisible();
  });
  await test.step('many are invalidated in one act, which is undone', async () => {
    await tollgate.visit('Tokens');
    await tollgate.select('Dashboard');
    await tollgate.select('Backup');
    await tollgate.selection.getByRole('button', { name: 'Invalidate', exact: true }).click();
    const dialog = tollgate.dialog('Invalidate 2 tokens?');
    await dialog.getByRole('button', { name: 'Invalidate 2 tokens', exact: true }).click();
    await expect(tollgate.answer('2 tokens invalidated')).toBeVisible();
    await expect(tollgate.row('Dashboard')).toContainText('Invalid');
    await tollgate.button('Undo').click();
    await tollgate.bringBack();
    await expect(tollgate.answer('2 tokens are as before')).toBeVisible();
    await expect(tollgate.row('Dashboard')).toContainText('Active');
  });
  await test.step('and one of them stays invalid', async () => {
    await tollgate.openToken('Backup');
    await tollgate.invalidate(REASON);
    await expect(tollgate.answer('1 token invalidated')).toBeVisible();
  });

  const before = await everything(tollgate);
  expect(before.entries.join('\n')).toContain(REASON);
  const text = await exported(tollgate);
  await test.step('the workspace is wiped', async () => {
    await wipe(tollgate);
    await tollgate.visit('Overview');
    await expect(page.getByRole('heading', { name: 'No tokens on this device yet' })).toBeVisible();
  });
  await test.step('and comes back from its file: every token as it was, and the same chain', async () => {
    await replaceBy(tollgate, text);
    expect(await everything(tollgate)).toEqual(before);
    await expect(page.getByText(WARNINGS)).toBeHidden();
  });
  await test.step('so it is after another load', async () => {
    await tollgate.open('/tokens');
    expect(await everything(tollgate)).toEqual(before);
    await expect(page.getByText(WARNINGS)).toBeHidden();
  });
  expectOnlyNetworkErrors(watcher);
});

interface Everything {
  /** The list as it is shown, and as a table. */
  list: string;
  csv: string;
  /** The record, entry by entry, and where it ends. */
  entries: string[];
  end: { epoch: string; sequence: number; hash: string };
}

/** Everything that the console says of the workspace, after it found the record whole. */
async function everything(tollgate: Console): Promise<Everything> {
  const { page } = tollgate;
  await tollgate.visit('Tokens');
  await expect(tollgate.row('Backup')).toContainText('Invalid');
  await expect(tollgate.row('Dashboard')).toContainText('Active');
  const list = await tollgate.words(tollgate.list);
  const { text: csv } = await handedOut(page, () => tollgate.button('Export list as CSV').click());
  const entries = await record(tollgate);
  const checkpoint = await handedOut(page, () => tollgate.button('Save a checkpoint').click());
  const { epoch, sequence, hash } = JSON.parse(checkpoint.text) as Everything['end'];
  return { list, csv, entries, end: { epoch, sequence, hash } };
}
