// What a browser keeps of the page, seen from outside: read to look for what must not be there, and damaged on purpose
// to see what the console makes of it. Nothing here knows how the console names or arranges its data.

import type { BrowserContext, Page } from '@playwright/test';

/** A folder of the private file system, as far as the library's types lack it. */
interface Listed {
  values(): AsyncIterable<FileSystemHandle>;
}

/** Everything that can be read of a page and of what the browser keeps for it: the place of each text, and the text. */
export async function everythingKept(page: Page): Promise<[place: string, text: string][]> {
  const here = await page.evaluate(async () => {
    const found: [string, string][] = [];
    const keep = (place: string, value: unknown): void => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer);
        // Every byte becomes the letter of the same number, so that text shows in whatever it is packed.
        const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
        found.push([place, text], [`${place}, every second byte`, text.replaceAll('\0', '')]);
      } else if (typeof value === 'object' && value !== null) {
        Object.entries(value).forEach(([key, part]) => keep(`${place}.${key}`, part));
      } else {
        found.push([place, String(value)]);
      }
    };
    keep('address', location.href);
    keep('history', history.state);
    keep('window name', window.name);
    keep('document', document.documentElement.outerHTML);
    document.querySelectorAll('input, textarea').forEach((input) => {
      keep(`input ${input.id}`, (input as HTMLInputElement).value);
    });
    keep('localStorage', { ...localStorage });
    keep('sessionStorage', { ...sessionStorage });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((opened, failed) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => opened(request.result);
        request.onerror = () => failed(request.error);
      });
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store);
        const answers = [all.getAllKeys(), all.getAll()].map(
          (request) =>
            new Promise((read, failed) => {
              request.onsuccess = () => read(request.result);
              request.onerror = () => failed(request.error);
            }),
        );
        keep(`database ${name}, ${store}`, await Promise.all(answers));
      }
      database.close();
    }
    const keepFolder = async (place: string, folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const handle of (folder as unknown as Listed).values()) {
        const inside = `${place}/${handle.name}`;
        if (handle.kind === 'directory') {
          await keepFolder(inside, handle as FileSystemDirectoryHandle);
        } else {
          const file = await (handle as FileSystemFileHandle).getFile();
          keep(inside, await file.arrayBuffer());
        }
      }
    };
    await keepFolder('files', await navigator.storage.getDirectory());
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        keep(`cache ${name}, ${request.url}`, await (await cache.match(request))?.arrayBuffer());
      }
    }
    return found;
  });
  return [...here, ['cookies', JSON.stringify(await page.context().cookies())]];
}

/** Long enough that no two texts share a piece by chance, short enough that half a secret is found as well. */
const PIECE = 12;

/** The places that hold any piece of a secret. */
export async function placesThatHold(page: Page, secret: string): Promise<string[]> {
  const pieces = Array.from({ length: secret.length - PIECE + 1 }, (_, at) => secret.slice(at, at + PIECE));
  const kept = await everythingKept(page);
  return kept.filter(([, text]) => pieces.some((piece) => text.includes(piece))).map(([place]) => place);
}

/** Changes one bit of the record at a place of the database, counted from the newest: 0 is the newest. */
export async function damageRecord(page: Page, fromNewest: number): Promise<void> {
  await page.evaluate(async (fromNewest) => {
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((opened, failed) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => opened(request.result);
        request.onerror = () => failed(request.error);
      });
      for (const store of database.objectStoreNames) {
        const transaction = database.transaction(store, 'readwrite');
        const records = transaction.objectStore(store);
        const cursor = records.openCursor(null, 'prev');
        let passed = 0;
        cursor.onsuccess = () => {
          const record = cursor.result;
          if (record && passed === fromNewest) {
            const bytes = new Uint8Array(record.value as Uint8Array);
            const middle = bytes.length >> 1;
            bytes[middle] = (bytes[middle] ?? 0) ^ 1;
            record.update(bytes);
          } else if (record) {
            passed += 1;
            record.continue();
          }
        };
        await new Promise((done, failed) => {
          transaction.oncomplete = done;
          transaction.onabort = () => failed(transaction.error);
        });
      }
      database.close();
    }
  }, fromNewest);
}

/** Removes the databases of an origin as Chromium does after a kill at the wrong moment; its files stay. */
export async function loseDatabases(context: BrowserContext, origin: string): Promise<void> {
  await clear(context, origin, 'indexeddb');
}

/** Removes the files of an origin; its databases stay. */
export async function loseFiles(context: BrowserContext, origin: string): Promise<void> {
  await clear(context, origin, 'file_systems');
}

/** Removes databases and files of an origin as a browser does when it needs room: from outside, without asking. */
export async function evict(context: BrowserContext, origin: string): Promise<void> {
  await clear(context, origin, 'indexeddb,file_systems');
}

async function clear(context: BrowserContext, origin: string, storageTypes: string): Promise<void> {
  const outside = await context.newPage();
  const session = await context.newCDPSession(outside);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await outside.close();
}

/** Grants an origin so many bytes and no more. Chromium heeds it only before the first write of a profile. */
export async function limitSpace(page: Page, origin: string, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
}
