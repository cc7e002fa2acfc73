// A peer: Dexie, a library around IndexedDB, told to be as strict as we are.

import type { Dexie, Table } from 'dexie';
import { timed } from './show.ts';
import { tokens, type Row } from './tokens.ts';

/** Served from the installed package. */
const ADDRESS = '/dexie/dist/modern/dexie.mjs';

type Tokens = Table<Row, number>;

let opened: Promise<Tokens> | undefined;

/** Writes so many tokens with `bulkPut`; in milliseconds. */
export async function write(count: number): Promise<number> {
  const rows = await tokens(count);
  const table = await open();
  return timed(async () => {
    await table.bulkPut(rows);
  });
}

/** Changes the notes of so many tokens, one after the other; each in milliseconds. */
export async function change(count: number, first: number): Promise<number[]> {
  const table = await open();
  const times = [];
  for (let index = first; index < first + count; index += 1) {
    times.push(
      await timed(async () => {
        if ((await table.update(index + 1, { note: `looked at ${first}` })) !== 1) {
          throw new Error(`token ${index + 1} was not changed`);
        }
      }),
    );
  }
  return times;
}

/** Opens the database once. */
function open(): Promise<Tokens> {
  opened ??= openTokens();
  return opened;
}

async function openTokens(): Promise<Tokens> {
  const library = (await import(ADDRESS)) as typeof import('dexie');
  const database: Dexie = new library.Dexie('dexie', { chromeTransactionDurability: 'strict' });
  database.version(1).stores({ tokens: 'number' });
  await database.open();
  return database.table<Row, number>('tokens');
}
