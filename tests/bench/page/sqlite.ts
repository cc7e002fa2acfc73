// A peer: SQLite as WebAssembly on files of the private file system, in a worker, where alone it can write there.

import { FIRST_ROWS, show, timed, type Started } from './show.ts';
import type { Answer, Asked, Found } from './sqlite_worker.ts';
import { tokens } from './tokens.ts';

let starting: Promise<Worker> | undefined;

/** Writes so many tokens and an index of their digests, in one transaction; in milliseconds. */
export async function write(count: number): Promise<number> {
  const worker = await ready();
  await ask(worker, { act: 'stage', rows: await tokens(count) });
  return timed(() => ask(worker, { act: 'write' }));
}

/** Starts with all tokens in memory. The library is loaded before. */
export async function start(digest: string): Promise<Started> {
  return startWith(digest, { act: 'read', digest });
}

/** Starts with as many tokens as are shown, and leaves the others where they are. */
export async function startWithFirstRows(digest: string): Promise<Started> {
  return startWith(digest, { act: 'read', digest, most: FIRST_ROWS });
}

async function startWith(digest: string, asked: Asked): Promise<Started> {
  const worker = await ready();
  const began = performance.now();
  const { rows, found } = (await ask(worker, asked)) as Found;
  if (!found) {
    throw new Error(`no token has the digest ${digest}`);
  }
  const line = (row: readonly unknown[]) => row.slice(0, 4).map((cell) => `${cell ?? ''}`);
  show(rows.slice(0, FIRST_ROWS).map(line), line(found));
  const first = performance.now() - began;
  return { first, whole: first, found: Number(found[0]) };
}

/** A worker that has loaded the library, started once. */
function ready(): Promise<Worker> {
  starting ??= startWorker();
  return starting;
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker('/page/sqlite_worker.js', { type: 'module' });
  await ask(worker, { act: 'load' });
  return worker;
}

/** Asks one thing, and nothing else meanwhile. */
function ask(worker: Worker, asked: Asked): Promise<unknown> {
  return new Promise((done, failed) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ('failure' in data) {
        failed(new Error(data.failure));
      } else {
        done(data.value);
      }
    };
    worker.onerror = ({ message }) => failed(new Error(`the worker failed: ${message}`));
    worker.postMessage(asked);
  });
}
