// SQLite itself. It keeps its database in `opfs-sahpool`, its fastest way that asks for no special headers.

import type { Database, SqlValue, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import type { Row } from './tokens.ts';

/** Served from the installed package. */
const ADDRESS = '/@sqlite.org/sqlite-wasm/dist/index.mjs';

/** What the page asks. */
export type Asked =
  | { act: 'load' }
  | { act: 'stage'; rows: Row[] }
  | { act: 'write' }
  | { act: 'read'; digest: string; most?: number };

/** What it is told. */
export type Answer = { value: unknown } | { failure: string };

/** Tokens as arrays, and the one that was looked up. */
export interface Found {
  rows: SqlValue[][];
  found: SqlValue[] | undefined;
}

/** The columns, in the order of a row's fields. */
const COLUMNS = [
  'number INTEGER PRIMARY KEY',
  'owner TEXT NOT NULL',
  'note TEXT NOT NULL',
  'expires INTEGER',
  'digest TEXT NOT NULL',
  'uid TEXT NOT NULL',
  'prefix TEXT',
  'last_four TEXT',
  'generator TEXT NOT NULL',
  'policy TEXT NOT NULL',
  'extra_data TEXT NOT NULL',
  'local_site TEXT',
  'time_added INTEGER NOT NULL',
  'last_used INTEGER',
  'valid INTEGER NOT NULL',
  'invalid_date INTEGER',
  'invalid_reason TEXT NOT NULL',
  'auto_generated INTEGER NOT NULL',
];

let sqlite: Sqlite3Static | undefined;
let staged: SqlValue[][] = [];

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  answer(data).then(
    (value) => tell({ value }),
    (error: unknown) => tell({ failure: String(error) }),
  );
};

function tell(answer: Answer): void {
  self.postMessage(answer);
}

async function answer(asked: Asked): Promise<unknown> {
  switch (asked.act) {
    case 'load': {
      const library = (await import(ADDRESS)) as typeof import('@sqlite.org/sqlite-wasm');
      sqlite = await library.default();
      return undefined;
    }
    case 'stage':
      staged = asked.rows.map(values);
      return undefined;
    case 'write':
      return write(await open(), staged);
    case 'read':
      return read(await open(), asked.digest, asked.most);
  }
}

async function open(): Promise<Database> {
  if (!sqlite) {
    throw new Error('the library is not loaded');
  }
  const pool = await sqlite.installOpfsSAHPoolVfs({ name: 'bench' });
  return new pool.OpfsSAHPoolDb('/tokens.db');
}

function write(database: Database, rows: SqlValue[][]): void {
  database.transaction(() => {
    database.exec(`CREATE TABLE tokens (${COLUMNS.join(', ')})`);
    const statement = database.prepare(`INSERT INTO tokens VALUES (${COLUMNS.map(() => '?').join(', ')})`);
    for (const row of rows) {
      statement.bind(row).stepReset();
    }
    statement.finalize();
    database.exec('CREATE UNIQUE INDEX by_digest ON tokens (digest)');
  });
}

function read(database: Database, digest: string, most: number | undefined): Found {
  const limit = most === undefined ? '' : ` LIMIT ${most}`;
  const rows = database.selectArrays(`SELECT * FROM tokens ORDER BY number${limit}`);
  return { rows, found: database.selectArray('SELECT * FROM tokens WHERE digest = ?', [digest]) };
}

function values(row: Row): SqlValue[] {
  return Object.values(row).map((value: unknown) => {
    if (typeof value === 'boolean') {
      return Number(value);
    }
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as SqlValue);
  });
}
