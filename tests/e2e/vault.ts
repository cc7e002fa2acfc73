// The vault in the words of those who use it: made, unlocked, and put to use.

import type { Locator } from '@playwright/test';
import type { Console } from './console.ts';
import { expect } from './fixtures.ts';

export const PASSPHRASE = 'correct horse battery staple';
export const OTHER_PASSPHRASE = 'tr0ub4dor and three of its friends';

/** A user, and nothing else. */
export async function begin(tollgate: Console): Promise<void> {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
}

export async function createVault(tollgate: Console, passphrase = PASSPHRASE): Promise<void> {
  await tollgate.visit('Settings');
  await tollgate.button('Create a vault…').click();
  const dialog = tollgate.dialog('Create a vault');
  await typeNew(dialog, passphrase, passphrase);
  await dialog.getByRole('button', { name: 'Create the vault', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(tollgate.statusBar).toContainText('Vault unlocked');
}

export async function typeNew(dialog: Locator, one: string, other: string): Promise<void> {
  await dialog.getByLabel('New passphrase', { exact: true }).fill(one);
  await dialog.getByLabel('New passphrase, once more').fill(other);
}

/** Makes a token, keeps its secret in the vault, and answers it. */
export async function keepToken(tollgate: Console, note: string): Promise<string> {
  const secret = await tollgate.makeToken({ note, policy: 'Read everything' });
  await tollgate.button('Keep in the vault').click();
  await expect(tollgate.answer('Kept, sealed under your passphrase')).toBeVisible();
  await tollgate.button('Done').click();
  await expect(tollgate.title('Tokens')).toBeVisible();
  return secret;
}

/** Asks for the secret of the token on show, and says yes to the question. */
export async function reveal(tollgate: Console, question: string): Promise<void> {
  await tollgate.button('Reveal').click();
  await tollgate.dialog(question).getByRole('button', { name: 'Reveal', exact: true }).click();
}

export function unlockDialog(tollgate: Console): Locator {
  return tollgate.dialog('Unlock the vault');
}

export async function unlock(tollgate: Console, passphrase: string): Promise<void> {
  const dialog = unlockDialog(tollgate);
  await dialog.getByLabel('Passphrase').fill(passphrase);
  await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
}

export async function deleteVault(tollgate: Console): Promise<void> {
  await tollgate.visit('Settings');
  await tollgate.button('Delete the vault…').click();
  const dialog = tollgate.dialog('Delete the vault?');
  await dialog.getByLabel('Type delete to confirm').fill('delete');
  await dialog.getByRole('button', { name: 'Delete the vault', exact: true }).click();
  await expect(tollgate.answer('The vault is deleted, with every secret in it')).toBeVisible();
}
