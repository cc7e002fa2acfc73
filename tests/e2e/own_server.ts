// Stories with a server of their own on a copy of the built page, because they stop it or change what it serves.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Console } from './console.ts';
import { expect, test as base, Watcher } from './fixtures.ts';
import { distFolder, servePage, type Site } from './server.ts';

interface Own {
  /** The copy of the built page. */
  folder: string;
  server: Site;
}

export const test = base.extend<Own>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tollgate-served-'));
    await cp(distFolder(), folder, { recursive: true });
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  server: async ({ folder }, use) => {
    const server = await servePage(folder);
    await use(server);
    await server.close();
  },
  baseURL: async ({ server }, use) => use(server.origin),
  watcher: async ({ context, server }, use) => {
    const watcher = await Watcher.of(context, server.origin);
    await use(watcher);
    watcher.expectClean();
  },
});

/** Opens the console and waits until it says that its next start needs no network. */
export async function visitOnce(tollgate: Console): Promise<void> {
  await tollgate.open();
  await expect(tollgate.statusBar).toContainText('Works without a network', { timeout: 30_000 });
}

/** A server that is gone is noticed by whoever asks it, and said in the browser's own log. */
export function expectOnlyNetworkErrors(watcher: Watcher): void {
  const { offOrigin, violations, errors } = watcher.take();
  expect({ offOrigin, violations }).toEqual({ offOrigin: [], violations: [] });
  expect(errors.filter((error) => !/ERR_CONNECTION_REFUSED|service_worker\.js/.test(error))).toEqual([]);
}
