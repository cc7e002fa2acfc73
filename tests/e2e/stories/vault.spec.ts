// The vault: secrets that are kept on purpose, sealed, and everything that must not be had of them.

import { readFile } from 'node:fs/promises';
import { Console } from '../console.ts';
import { expect, test } from '../fixtures.ts';
import { everythingKept, placesThatHold } from '../kept.ts';
import {
  OTHER_PASSPHRASE,
  PASSPHRASE,
  begin,
  createVault,
  keepToken,
  reveal,
  typeNew,
  unlock,
  unlockDialog,
} from '../vault.ts';

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

test('a secret is kept in a vault and taken out again, and nothing of it can be read meanwhile', async ({
  tollgate,
  page,
}) => {
  await begin(tollgate);
  await createVault(tollgate);

  const secret = await test.step('it is kept when the token is made', async () => {
    const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
    await expect(page.getByText('Tollgate cannot show this secret again.')).toBeVisible();
    await tollgate.button('Keep in the vault').click();
    await expect(tollgate.answer('Kept, sealed under your passphrase')).toBeVisible();
    await expect(page.getByText('This secret is kept in the vault.')).toBeVisible();
    await tollgate.button('Done').click();
    await expect(tollgate.secret).toBeHidden();
    await expect(tollgate.title('Tokens')).toBeVisible();
    return secret;
  });
  await test.step('nothing that lies there can be read', async () => {
    expect(await placesThatHold(page, secret)).toEqual([]);
    expect(await placesThatHold(page, PASSPHRASE)).toEqual([]);
    const kept = await everythingKept(page);
    expect(kept.some(([place, text]) => place.includes('tollgate-vault-main') && text.includes('argon2id'))).toBe(true);
    expect(await page.getByRole('main').ariaSnapshot()).not.toContain(secret.slice(4, 40));
  });
  await test.step('it is copied without being shown', async () => {
    await tollgate.openToken('Mirror');
    expect((await tollgate.facts())['Secret']).toContain('in the vault');
    await tollgate.button('Copy secret').click();
    await expect(tollgate.answer('Copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await expect(tollgate.secret).toBeHidden();
    expect(await placesThatHold(page, secret)).toEqual([]);
    await page.evaluate(() => navigator.clipboard.writeText(''));
  });
  await test.step('locked, it is revealed only with the passphrase', async () => {
    await tollgate.statusBar.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect(tollgate.statusBar).toContainText('Vault locked');
    await reveal(tollgate, 'Reveal the secret of token 1?');
    await unlock(tollgate, 'not the passphrase at all');
    await expect(unlockDialog(tollgate)).toContainText('this is not the passphrase of the vault');
    await expect(tollgate.secret).toBeHidden();
    await unlock(tollgate, PASSPHRASE);
    await expect(unlockDialog(tollgate)).toBeHidden();
    await expect(tollgate.secret).toHaveText(secret);
    expect(await placesThatHold(page, secret)).toEqual(['document']);
  });
  await test.step('hidden, it is gone from the page', async () => {
    await tollgate.button('Hide').click();
    await expect(tollgate.secret).toBeHidden();
    expect(await placesThatHold(page, secret)).toEqual([]);
    expect(await page.getByRole('main').ariaSnapshot()).not.toContain(secret.slice(4, 40));
  });
  await test.step('locking hides what is revealed', async () => {
    await reveal(tollgate, 'Reveal the secret of token 1?');
    await expect(tollgate.secret).toHaveText(secret);
    await tollgate.statusBar.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect(tollgate.secret).toBeHidden();
    expect(await placesThatHold(page, secret)).toEqual([]);
  });
  await test.step('the record says that it was taken out', async () => {
    await tollgate.visit('Activity');
    const entries = tollgate.entries.filter({ hasText: 'Took its secret out of the vault' });
    await expect(entries).toHaveCount(3);
    await expect(entries.first()).toContainText('token 1');
    await expect(page.getByText('The record is whole.')).toBeVisible();
  });
  await test.step('after a reload it is still there, and locked', async () => {
    await tollgate.reload();
    await expect(tollgate.statusBar).toContainText('Vault locked');
    await tollgate.openToken('Mirror');
    await reveal(tollgate, 'Reveal the secret of token 1?');
    await unlock(tollgate, PASSPHRASE);
    await expect(tollgate.secret).toHaveText(secret);
  });
});

test('nothing is kept where nobody made a vault', async ({ tollgate, page }) => {
  await begin(tollgate);
  await expect(tollgate.statusBar).not.toContainText('Vault');
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await expect(tollgate.button('Keep in the vault')).toBeHidden();
  await tollgate.dismissSecret();
  await tollgate.openToken('Mirror');
  expect((await tollgate.facts())['Secret']).toContain('digest only');
  await expect(tollgate.button('Reveal')).toBeHidden();
  expect(await placesThatHold(page, secret)).toEqual([]);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases).toEqual(['tollgate/main']);
});

test('a lock in one tab locks the other', async ({ tollgate, context }) => {
  await begin(tollgate);
  await createVault(tollgate);
  const other = new Console(await context.newPage());
  await other.open('/settings');
  await expect(other.statusBar).toContainText('Vault locked');
  await other.statusBar.getByRole('button', { name: 'Unlock', exact: true }).click();
  await unlock(other, PASSPHRASE);
  await expect(other.statusBar).toContainText('Vault unlocked');
  await expect(tollgate.statusBar).toContainText('Vault unlocked');

  await other.statusBar.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(other.statusBar).toContainText('Vault locked');
  await expect(tollgate.statusBar).toContainText('Vault locked');
});

test('a vault that nobody uses locks itself', async ({ tollgate, page }) => {
  await page.clock.install();
  await begin(tollgate);
  await createVault(tollgate);
  await page.clock.fastForward('04:30');
  await expect(tollgate.statusBar).toContainText('Vault unlocked');
  await page.clock.fastForward('00:40');
  await expect(tollgate.statusBar).toContainText('Vault locked');
});

test('a vault is made with care, gets another passphrase, and is deleted with a word', async ({ tollgate, page }) => {
  await begin(tollgate);
  await tollgate.visit('Settings');

  await test.step('a passphrase is long enough and typed twice alike', async () => {
    await tollgate.button('Create a vault…').click();
    const dialog = tollgate.dialog('Create a vault');
    await typeNew(dialog, 'too short', 'too short');
    await dialog.getByRole('button', { name: 'Create the vault', exact: true }).click();
    await expect(dialog).toContainText('a passphrase has at least 12 characters');
    await typeNew(dialog, PASSPHRASE, OTHER_PASSPHRASE);
    await dialog.getByRole('button', { name: 'Create the vault', exact: true }).click();
    await expect(dialog).toContainText('the two passphrases differ');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await createVault(tollgate);
  });
  const secret = await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.button('Keep in the vault').click();
  await expect(tollgate.answer('Kept, sealed under your passphrase')).toBeVisible();
  await tollgate.button('Done').click();

  await test.step('the passphrase is changed by who knows the present one', async () => {
    await tollgate.visit('Settings');
    await tollgate.button('Change the passphrase…').click();
    const dialog = tollgate.dialog('Change the passphrase');
    const change = dialog.getByRole('button', { name: 'Change the passphrase', exact: true });
    await dialog.getByLabel('Present passphrase').fill('not the passphrase at all');
    await typeNew(dialog, OTHER_PASSPHRASE, OTHER_PASSPHRASE);
    await change.click();
    await expect(dialog).toContainText('this is not the passphrase of the vault');
    await dialog.getByLabel('Present passphrase').fill(PASSPHRASE);
    await typeNew(dialog, OTHER_PASSPHRASE, OTHER_PASSPHRASE);
    await change.click();
    await expect(dialog).toBeHidden();
    await expect(tollgate.answer(/^The vault has another passphrase/)).toBeVisible();
  });
  await test.step('the old one opens nothing, the new one what was kept', async () => {
    await tollgate.button('Lock now').click();
    await tollgate.openToken('Mirror');
    await reveal(tollgate, 'Reveal the secret of token 1?');
    await unlock(tollgate, PASSPHRASE);
    await expect(unlockDialog(tollgate)).toContainText('this is not the passphrase of the vault');
    await unlock(tollgate, OTHER_PASSPHRASE);
    await expect(tollgate.secret).toHaveText(secret);
    await tollgate.button('Hide').click();
  });
  await test.step('when it locks itself is a choice that stays', async () => {
    await tollgate.visit('Settings');
    await page.getByLabel('Lock it after').selectOption('1 minute');
    await tollgate.reload();
    await expect(page.getByLabel('Lock it after')).toHaveValue('1');
  });
  await test.step('it is exported as it lies there: sealed', async () => {
    const saving = page.waitForEvent('download');
    await tollgate.button('Export the vault').click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('tollgate-main.vault');
    const text = await readFile(await saved.path(), 'utf8');
    expect(text).toContain('"format":"tollgate-vault-1"');
    expect(text).not.toContain(secret.slice(4, 40));
  });
  await test.step('deleted, nothing is left of it', async () => {
    await tollgate.button('Delete the vault…').click();
    const dialog = tollgate.dialog('Delete the vault?');
    const act = dialog.getByRole('button', { name: 'Delete the vault', exact: true });
    await expect(dialog).toContainText('1 secret in it is gone for good');
    await expect(act).toBeDisabled();
    await dialog.getByLabel('Type delete to confirm').fill('delete');
    await act.click();
    await expect(tollgate.answer('The vault is deleted, with every secret in it')).toBeVisible();
    await expect(tollgate.button('Create a vault…')).toBeVisible();
    await expect(tollgate.statusBar).not.toContainText('Vault');
    const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(databases).toEqual(['tollgate/main']);
  });
});

test('what is deleted or removed leaves the vault, what is rotated stays', async ({ tollgate, page }) => {
  await begin(tollgate);
  await createVault(tollgate);
  for (const note of ['Mirror', 'Dashboard']) {
    await keepToken(tollgate, note);
  }

  await test.step('a rotated token keeps its secret, its successor has its own', async () => {
    await tollgate.openToken('Mirror');
    await tollgate.button('Rotate').click();
    const dialog = tollgate.dialog('Rotate token 1');
    await dialog.getByRole('button', { name: 'Rotate and show the secret' }).click();
    await tollgate.shownSecret();
    await dialog.getByRole('button', { name: 'Keep in the vault' }).click();
    await expect(dialog.getByText('Kept, sealed under your passphrase')).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(dialog).toBeHidden();
    expect((await tollgate.facts())['Secret']).toContain('in the vault');
    await tollgate.link('token 3').click();
    await expect(tollgate.title('Token 3')).toBeVisible();
    await expect.poll(async () => (await tollgate.facts())['Secret']).toContain('in the vault');
  });
  await test.step('a removed secret is gone, the token stays', async () => {
    await tollgate.button('Remove from the vault').click();
    const dialog = tollgate.dialog('Remove the secret of token 3 from the vault?');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(tollgate.answer('The secret is not in the vault any more')).toBeVisible();
    await expect.poll(async () => (await tollgate.facts())['Secret']).toContain('digest only');
    await expect(tollgate.button('Reveal')).toBeHidden();
  });
  await test.step('a deleted token’s secret goes with it, which is said before and after', async () => {
    await tollgate.openToken('Dashboard');
    await tollgate.button('Delete').click();
    const dialog = tollgate.dialog('Delete token 2?');
    await expect(dialog).toContainText('The vault forgets its secret for good.');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(tollgate.answer('The vault forgot the secret of 1 deleted token')).toBeVisible();
    await tollgate.visit('Settings');
    await expect(page.getByRole('region', { name: 'Vault' })).toContainText('Unlocked in this tab, with 1 secret in it.');
  });
});

test('deleting many tokens, and wiping, say how many secrets leave the vault', async ({ tollgate, page }) => {
  await begin(tollgate);
  await createVault(tollgate);
  for (const note of ['Mirror', 'Dashboard']) {
    await keepToken(tollgate, note);
  }
  await tollgate.makeToken({ note: 'Review bot', policy: 'Read everything' });
  await tollgate.dismissSecret();
  // Whose secrets are in it can be told without its key.
  await tollgate.statusBar.getByRole('button', { name: 'Lock', exact: true }).click();

  await test.step('a wipe takes the vault, which can be saved first', async () => {
    await tollgate.visit('Settings');
    await tollgate.button('Wipe this workspace…').click();
    const dialog = tollgate.dialog('Wipe this workspace?');
    await expect(dialog).toContainText('The vault goes with it, with 2 secrets in it that no export of the workspace');
    await expect(dialog.getByRole('button', { name: 'Export the vault first' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
  await test.step('a deletion says it before, and undoing does not bring the secrets back', async () => {
    await tollgate.visit('Tokens');
    await page.getByRole('checkbox', { name: 'Select all shown' }).click();
    await tollgate.selection.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = tollgate.dialog('Delete 3 tokens?');
    await expect(dialog).toContainText('2 secrets leave the vault for good.');
    await expect(dialog).toContainText('Undoing brings the tokens back, and not what the vault kept of them.');
    await dialog.getByRole('button', { name: 'Delete 3 tokens', exact: true }).click();
    await expect(tollgate.answer('3 tokens deleted')).toBeVisible();
    await expect(tollgate.answer('The vault forgot the secret of 2 deleted tokens')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(tollgate.answer('3 tokens are as before')).toBeVisible();
    await tollgate.openToken('Mirror');
    expect((await tollgate.facts())['Secret']).toContain('digest only');
  });
  await test.step('where nothing is kept, nothing is said of it', async () => {
    await tollgate.visit('Tokens');
    await page.getByRole('checkbox', { name: 'Select all shown' }).click();
    await tollgate.selection.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(tollgate.dialog('Delete 3 tokens?')).toContainText('3 tokens change.');
    await expect(tollgate.dialog('Delete 3 tokens?')).not.toContainText('the vault for good');
  });
});
