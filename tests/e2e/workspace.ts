// The workspace as a whole, as its user sees it leave and come back.

import type { Locator } from '@playwright/test';
import { file, handedOut } from './archive.ts';
import type { Console } from './console.ts';
import { expect } from './fixtures.ts';

const REMOVED = 'This workspace was removed from this browser';
const REPLACED = /^This workspace is now that of the file: \d+ entries/;

/** What a start says that misses something. */
export const WARNINGS =
  /[Tt]he stored journal|restored from the second copy|The second copy holds entries|removed Tollgate’s data/;

/** Exports the workspace from the settings. */
export async function exported(tollgate: Console): Promise<string> {
  await tollgate.visit('Settings');
  const { name, text } = await handedOut(tollgate.page, () => tollgate.button('Export this workspace').click());
  expect(name).toMatch(/^tollgate-main-\d{4}-\d\d-\d\d\.json$/);
  return text;
}

/** Picks a file to be imported, from the settings. */
export async function pick(tollgate: Console, name: string, text: string): Promise<void> {
  await tollgate.visit('Settings');
  await tollgate.page.getByLabel('Import…', { exact: true }).setInputFiles(file(name, text));
}

/** The question what is to become of a file that was read. */
export function question(tollgate: Console): Locator {
  return tollgate.dialog(/^Import .+\?$/);
}

/** Puts a file in the place of the workspace; where something would be lost, that is confirmed by a typed word. */
export async function replaceBy(tollgate: Console, text: string, typed = ''): Promise<void> {
  await pick(tollgate, 'export.json', text);
  const dialog = question(tollgate);
  await dialog.getByRole('radio', { name: /^Replace/ }).check();
  const act = dialog.getByRole('button', { name: 'Replace this workspace', exact: true });
  if (typed) {
    await expect(act).toBeDisabled();
    await dialog.getByLabel(`Type ${typed} to confirm`).fill(typed);
  }
  await act.click();
  await expect(tollgate.answer(REPLACED)).toBeVisible();
  await tollgate.ready();
}

/** Removes the workspace from this browser. */
export async function wipe(tollgate: Console): Promise<void> {
  await tollgate.visit('Settings');
  await tollgate.button('Wipe this workspace…').click();
  const dialog = tollgate.dialog('Wipe this workspace?');
  const act = dialog.getByRole('button', { name: 'Wipe this workspace', exact: true });
  await expect(act).toBeDisabled();
  await dialog.getByLabel('Type main to confirm').fill('main');
  await act.click();
  await expect(tollgate.answer(REMOVED)).toBeVisible();
  await tollgate.ready();
}

/** Everything that the record says, entry by entry. */
export async function record(tollgate: Console): Promise<string[]> {
  await tollgate.visit('Activity');
  await expect(tollgate.page.getByText('The record is whole.')).toBeVisible();
  const count = await tollgate.entries.count();
  return Promise.all(Array.from({ length: count }, (_, at) => tollgate.words(tollgate.entries.nth(at))));
}
