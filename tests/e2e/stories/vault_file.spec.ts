// A vault leaves as a file and comes back, and nothing else is taken for one.

import type { Locator } from '@playwright/test';
import { file, handedOut } from '../archive.ts';
import type { Console } from '../console.ts';
import { expect, test } from '../fixtures.ts';
import { placesThatHold } from '../kept.ts';
import {
  OTHER_PASSPHRASE,
  PASSPHRASE,
  begin,
  createVault,
  deleteVault,
  keepToken,
  reveal,
  unlock,
  unlockDialog,
} from '../vault.ts';
import { exported, replaceBy, wipe } from '../workspace.ts';

const NAME = 'tollgate-main.vault';

interface SavedVault {
  format: string;
  header: string;
  secrets: Record<string, string>;
}

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

test('a deleted vault comes back from its file, and a secret is copied out of it', async ({ tollgate, page }) => {
  const { text, secret } = await savedAndDeleted(tollgate);

  await test.step('it opens with the passphrase that it was saved under, and with no other', async () => {
    await pick(tollgate, NAME, text);
    const dialog = question(tollgate);
    await expect(dialog).toContainText('2 secrets are in the file, sealed.');
    await open(tollgate, 'not the passphrase at all');
    await expect(dialog).toContainText('this is not the passphrase that the file was saved under');
    await open(tollgate, PASSPHRASE);
    await expect(dialog).toContainText('2 secrets belong to tokens here and are taken in.');
    await expect(dialog).toContainText('The file becomes the vault of this workspace, under the passphrase');
    await expect(tollgate.change('Token 1, ci-bot')).toContainText('in the vault');
    expect(await placesThatHold(page, secret), 'it was compared, and is nowhere').toEqual([]);
    expect(await placesThatHold(page, PASSPHRASE)).toEqual([]);
  });
  await test.step('nothing is written by somebody who thinks better of it', async () => {
    await act(tollgate, 'Cancel').click();
    await expect(question(tollgate)).toBeHidden();
    await expect(tollgate.button('Create a vault…')).toBeVisible();
    const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
    expect(databases.filter((name) => name.includes('vault'))).toEqual([]);
  });
  await test.step('taken in, it is the vault again', async () => {
    await pick(tollgate, NAME, text);
    await open(tollgate, PASSPHRASE);
    await act(tollgate, 'Take in 2 secrets').click();
    await expect(question(tollgate)).toBeHidden();
    await expect(
      tollgate.answer(/^The file is the vault of this workspace now, with 2 secrets in it, and unlocked in this tab/),
    ).toBeVisible();
    await expect(tollgate.statusBar).toContainText('Vault unlocked');
    expect(await placesThatHold(page, secret)).toEqual([]);
  });
  await test.step('and a secret is copied out of it', async () => {
    await tollgate.openToken('Mirror');
    await tollgate.button('Copy secret').click();
    await expect(tollgate.answer('Copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await tollgate.reload();
    await reveal(tollgate, 'Reveal the secret of token 1?');
    await unlock(tollgate, PASSPHRASE);
    await expect(tollgate.secret).toHaveText(secret);
  });
});

test('after a wipe the workspace comes first and its secrets second, into another vault', async ({
  tollgate,
  page,
}) => {
  await begin(tollgate);
  await createVault(tollgate);
  const secret = await keepToken(tollgate, 'Mirror');
  const vault = await saved(tollgate);
  const workspace = await exported(tollgate);
  await wipe(tollgate);

  await test.step('without its token a secret is nobody’s', async () => {
    await pick(tollgate, NAME, vault);
    await open(tollgate, PASSPHRASE);
    await expect(question(tollgate)).toContainText('Nothing in the file can be taken in.');
    await expect(question(tollgate)).toContainText(
      '1 is of a token that is not known here, and is left out: import its workspace first.',
    );
    await expect(act(tollgate, 'Take in')).toBeDisabled();
    await act(tollgate, 'Cancel').click();
  });
  await test.step('the workspace is imported, and gets a vault with another passphrase', async () => {
    await replaceBy(tollgate, workspace);
    await createVault(tollgate, OTHER_PASSPHRASE);
    await tollgate.button('Lock now').click();
    await expect(tollgate.statusBar).toContainText('Vault locked');
  });
  await test.step('the secret is sealed anew, once that vault is unlocked', async () => {
    await pick(tollgate, NAME, vault);
    await open(tollgate, PASSPHRASE);
    await expect(question(tollgate)).toContainText('1 secret belongs to a token here and is taken in.');
    await expect(question(tollgate)).toContainText('sealed anew, under the passphrase of the vault that is here');
    await act(tollgate, 'Take in 1 secret').click();
    await unlock(tollgate, OTHER_PASSPHRASE);
    await expect(unlockDialog(tollgate)).toBeHidden();
    await expect(question(tollgate)).toBeHidden();
    await expect(tollgate.answer('1 secret was taken in from the file')).toBeVisible();
    expect(await placesThatHold(page, secret)).toEqual([]);
  });
  await test.step('the same file brings nothing a second time', async () => {
    await pick(tollgate, NAME, vault);
    await open(tollgate, PASSPHRASE);
    await expect(question(tollgate)).toContainText('1 is in the vault already and stays as it is.');
    await expect(act(tollgate, 'Take in')).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(question(tollgate)).toBeHidden();
  });
  await test.step('and it opens with the passphrase of the vault that is here', async () => {
    await tollgate.statusBar.getByRole('button', { name: 'Lock', exact: true }).click();
    await tollgate.openToken('Mirror');
    await reveal(tollgate, 'Reveal the secret of token 1?');
    await unlock(tollgate, OTHER_PASSPHRASE);
    await expect(tollgate.secret).toHaveText(secret);
  });
});

test('what is no saved vault is refused with words, and what was moved in one is left out', async ({
  tollgate,
  page,
}) => {
  const { text, secret } = await savedAndDeleted(tollgate);

  const hostile: Record<string, [text: string, says: RegExp]> = {
    'diary.vault': ['dear diary', /the file is not JSON \(line 1, column 1\)/],
    'half.vault': [text.slice(0, text.length / 2), /the file is not JSON/],
    'workspace.vault': ['{"format": "tollgate-workspace"}', /the file is no vault that this console saved/],
    'newer.vault': [changed(text, (vault) => (vault.format = 'tollgate-vault-2')), /a vault of version 2/],
    'more.vault': [text.replace('"header"', '"more":1,"header"'), /a field is missing, twice there, unknown/],
    'weak.vault': [changed(text, weaken), /its memory of 8 is not between 19456 and/],
    'cut.vault': [changed(text, ({ secrets }) => cut(secrets)), /secret 1 of the file is not what was sealed/],
    'token.vault': [text.replace('{', `{"${secret}":1,`), /line 1 holds what looks like a token/],
  };
  for (const [name, [content, says]] of Object.entries(hostile)) {
    await test.step(name, async () => {
      await pick(tollgate, name, content);
      const refusal = page.getByRole('alert').filter({ hasText: `Nothing was taken in from ${name}:` });
      await expect(refusal).toContainText(says);
      await expect(refusal).toContainText(/What to do: .+ \(V020\d\)/);
      expect(await placesThatHold(page, secret)).toEqual([]);
    });
  }
  await expect(question(tollgate)).toBeHidden();

  await test.step('secrets that changed places do not open', async () => {
    await pick(tollgate, 'moved.vault', changed(text, ({ secrets }) => swap(secrets)));
    await open(tollgate, PASSPHRASE);
    await expect(question(tollgate)).toContainText('Nothing in the file can be taken in.');
    await expect(question(tollgate)).toContainText('2 do not open, because they were changed or moved');
    await expect(act(tollgate, 'Take in')).toBeDisabled();
  });
});

/** Saves a vault with the secrets of two tokens, deletes it, and answers the file and the first of the secrets. */
async function savedAndDeleted(tollgate: Console): Promise<{ text: string; secret: string }> {
  await begin(tollgate);
  await createVault(tollgate);
  const secret = await keepToken(tollgate, 'Mirror');
  await keepToken(tollgate, 'Dashboard');
  const text = await saved(tollgate);
  await deleteVault(tollgate);
  return { text, secret };
}

/** Saves the vault from the settings. */
async function saved(tollgate: Console): Promise<string> {
  await tollgate.visit('Settings');
  const { name, text } = await handedOut(tollgate.page, () => tollgate.button('Export the vault').click());
  expect(name).toBe(NAME);
  return text;
}

/** Picks a file that shall be taken in, from the settings. */
async function pick(tollgate: Console, name: string, text: string): Promise<void> {
  await tollgate.visit('Settings');
  await tollgate.page.getByLabel('Take in a saved vault…', { exact: true }).setInputFiles(file(name, text));
}

/** The question about a file that was read. */
function question(tollgate: Console): Locator {
  return tollgate.dialog(/^Take in .+\?$/);
}

/** A button of that question. */
function act(tollgate: Console, words: string): Locator {
  return question(tollgate).getByRole('button', { name: words, exact: true });
}

async function open(tollgate: Console, passphrase: string): Promise<void> {
  await question(tollgate).getByLabel('Passphrase of the file').fill(passphrase);
  await act(tollgate, 'Open the file').click();
}

/** The same with something else in it. */
function changed(text: string, change: (vault: SavedVault) => unknown): string {
  const vault = JSON.parse(text) as SavedVault;
  change(vault);
  return JSON.stringify(vault);
}

/** A header that makes guessing cheap. */
function weaken(vault: SavedVault): void {
  const header = JSON.parse(Buffer.from(vault.header, 'base64').toString('utf8')) as { memory_kib: number };
  header.memory_kib = 8;
  vault.header = Buffer.from(JSON.stringify(header)).toString('base64');
}

/** The first secret loses its end. */
function cut(secrets: Record<string, string>): void {
  const [first] = Object.keys(secrets);
  secrets[first ?? ''] = Buffer.from(secrets[first ?? ''] ?? '', 'base64').subarray(0, 20).toString('base64');
}

/** Two secrets change places. */
function swap(secrets: Record<string, string>): void {
  const [one = '', other = ''] = Object.keys(secrets);
  [secrets[one], secrets[other]] = [secrets[other] ?? '', secrets[one] ?? ''];
}
