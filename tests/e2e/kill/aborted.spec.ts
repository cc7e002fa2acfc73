// The two copies are written at the same time. What the database does not take in the end is taken out of the second
// copy before anybody is told, so that no later start brings it back.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { loseDatabases } from '../kept.ts';
import { distFolder, serveProgram, type Site } from '../server.ts';
import { burstFolder, openProgram, type ProgramWindow } from './burst.ts';
import { BrowserProcess } from './process.ts';

const WORKSPACE = 'aborted';

let site: Site;
let profile: string;

test.beforeAll(async () => {
  // The second copy is kept by a worker of the page.
  site = await serveProgram(burstFolder(), distFolder());
  profile = await mkdtemp(join(tmpdir(), 'tollgate-aborted-'));
});

test.afterAll(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

test('what the database did not take does not come back from the second copy', async () => {
  test.setTimeout(120_000);
  const browser = await BrowserProcess.start(profile);
  try {
    const { page } = await openProgram(browser, site, WORKSPACE, '1');
    await append(page, 0);
    const before = await copiedBytes(page);
    await abortNext(page);
    await expect(append(page, 1), 'the failure is told').rejects.toThrow(/abort/i);
    expect(await copiedBytes(page), 'the second copy is as it was').toBe(before);
    await append(page, 2);

    const context = page.context();
    await page.close();
    await loseDatabases(context, site.origin);
    const again = await openProgram(browser, site, WORKSPACE, '2');
    expect(again.warnings.join('; '), 'it came back, and all of it fits').toMatch(/^Restored [^;]*$/);
    const found = await again.page.evaluate(async () => {
      const { burst } = window as unknown as ProgramWindow;
      return { names: burst.names(), chain: await burst.verify() };
    });
    expect(found).toEqual({ names: ['user-1-0', 'user-1-2'], chain: 'whole' });
  } finally {
    browser.kill();
    await browser.ended();
  }
});

/** Appends one user, whose name carries this number. */
async function append(page: Page, number: number): Promise<void> {
  await page.evaluate(async (number) => {
    const { burst } = window as unknown as ProgramWindow;
    await burst.burstIn(1, number, 1, () => undefined);
  }, number);
}

/** How many bytes the second copy has. */
async function copiedBytes(page: Page): Promise<number> {
  return page.evaluate(async (workspace) => {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle('tollgate');
    const file = await (await all.getDirectoryHandle(workspace)).getFileHandle('mirror-0');
    return (await file.getFile()).size;
  }, WORKSPACE);
}

/** Has the transaction that is committed next aborted instead, once its record is in the second copy. */
async function abortNext(page: Page): Promise<void> {
  await page.evaluate(async (workspace) => {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle('tollgate');
    const file = await (await all.getDirectoryHandle(workspace)).getFileHandle('mirror-0');
    const size = async () => (await file.getFile()).size;
    const before = await size();
    const { commit } = IDBTransaction.prototype;
    IDBTransaction.prototype.commit = function () {
      IDBTransaction.prototype.commit = commit;
      const store = this.objectStore('journal');
      let isCopied = false;
      const look = async (): Promise<void> => {
        // It may be being written to.
        isCopied = (await size().catch(() => before)) > before;
        if (!isCopied) {
          setTimeout(() => void look(), 1);
        }
      };
      void look();
      // The transaction lives as long as it is asked for something.
      const ask = () => {
        if (isCopied) {
          this.abort();
        } else {
          store.count().onsuccess = ask;
        }
      };
      ask();
    };
  }, WORKSPACE);
}
