// A peer: one record for each token in IndexedDB, without a library.

import { FIRST_ROWS, show, timed, type Started } from './show.ts';
import { line, tokens, type Row } from './tokens.ts';

const DATABASE = 'puts';
const STORE = 'tokens';

/** Writes so many tokens, a put for each, in one strict transaction; in milliseconds. */
export async function write(count: number): Promise<number> {
  const rows = await tokens(count);
  const database = await open();
  return timed(
    () =>
      new Promise<void>((done, failed) => {
        const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
        transaction.oncomplete = () => done();
        transaction.onabort = () => failed(transaction.error);
        const store = transaction.objectStore(STORE);
        for (const row of rows) {
          store.put(row);
        }
      }),
  );
}

/** Starts with `getAll`. */
export async function start(digest: string): Promise<Started> {
  const began = performance.now();
  const rows = await all();
  const found = rows.find((row) => row.digest === digest);
  if (!found) {
    throw new Error('no token has this digest');
  }
  show(rows.slice(0, FIRST_ROWS).map(line), line(found));
  const first = performance.now() - began;
  return { first, whole: first, found: found.number };
}

async function all(): Promise<Row[]> {
  const database = await open();
  return new Promise((done, failed) => {
    const reading = database.transaction(STORE).objectStore(STORE).getAll();
    reading.onsuccess = () => done(reading.result as Row[]);
    reading.onerror = () => failed(reading.error);
  });
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'number' });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
}
