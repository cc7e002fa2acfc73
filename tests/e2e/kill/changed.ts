// What lies in a profile before a start, changed on a page that has not opened it.

import type { Page } from '@playwright/test';
import type { ProgramWindow } from './burst.ts';
import { WORKSPACE } from './life.ts';

/** Puts a database of version 1 in the place of the one that is there: with the same records, and with these stores. */
export async function makeVersion1(page: Page, stores: string[]): Promise<void> {
  await page.evaluate(
    async ({ name, stores }) => {
      const done = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((succeeded, failed) => {
          request.onsuccess = () => succeeded(request.result);
          request.onerror = () => failed(request.error);
        });
      const present = await done(indexedDB.open(name));
      const records = present.transaction('journal').objectStore('journal');
      const [keys, values] = await Promise.all([done(records.getAllKeys()), done(records.getAll())]);
      present.close();
      await done(indexedDB.deleteDatabase(name));

      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store));
      const old = await done(request);
      const transaction = old.transaction('journal', 'readwrite', { durability: 'strict' });
      values.forEach((value, at) => transaction.objectStore('journal').add(value, keys[at]));
      await new Promise((complete, failed) => {
        transaction.oncomplete = complete;
        transaction.onabort = () => failed(transaction.error);
      });
      old.close();
    },
    { name: `tollgate/${WORKSPACE}`, stores },
  );
}

/** Has the browser killed in the upgrade that comes next, which goes on until then, or right after it. */
export async function killInUpgrade(page: Page, when: 'in' | 'right after'): Promise<void> {
  await page.evaluate((when) => {
    const { now } = window as unknown as ProgramWindow;
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name: string, version?: number) {
      const request = open.call(this, name, version);
      request.addEventListener('upgradeneeded', () => {
        const name = request.result.objectStoreNames[0];
        const store = name === undefined ? undefined : request.transaction?.objectStore(name);
        // The upgrade goes on as long as it is asked for something; that of a new database has nothing to ask.
        const ask = () => {
          if (store) {
            store.count().onsuccess = ask;
          }
        };
        if (when === 'in') {
          ask();
          now('');
        }
      });
      request.addEventListener('success', () => now(''));
      return request;
    };
  }, when);
}

/** Removes the second copy. */
export async function removeSecondCopy(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const isRemoved = () =>
      root.removeEntry('tollgate', { recursive: true }).then(
        () => true,
        () => false,
      );
    // The page that was closed may hold its file for a moment.
    while (!(await isRemoved())) {
      await new Promise((again) => setTimeout(again, 50));
    }
  });
}

/** Has the browser killed when the second copy has so many bytes. */
export async function killWhenCopied(page: Page, bytes: number): Promise<void> {
  await page.evaluate(
    ({ workspace, bytes }) => {
      const { now } = window as unknown as ProgramWindow;
      const size = async () => {
        const all = await (await navigator.storage.getDirectory()).getDirectoryHandle('tollgate');
        const file = await (await all.getDirectoryHandle(workspace)).getFileHandle('mirror-0');
        return (await file.getFile()).size;
      };
      const look = async (): Promise<void> => {
        // It is not there yet, or being written to.
        const found = await size().catch(() => 0);
        if (found >= bytes) {
          now('');
        } else {
          setTimeout(() => void look(), 1);
        }
      };
      void look();
    },
    { workspace: WORKSPACE, bytes },
  );
}
