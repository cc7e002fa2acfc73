// What a page shows when it has started, the same for every store: the first rows, and the row of a token that was
// looked up.

/** How many rows are shown. */
export const FIRST_ROWS = 50;

/** What a row shows: number, owner, note and expiry. */
export type Line = readonly string[];

/** How long a page took to start, in milliseconds. */
export interface Started {
  /** Until the first rows were shown and one token was looked up by its digest. */
  first: number;
  /** Until all tokens were in memory, too. */
  whole: number;
  /** The number of the token that was looked up. */
  found: number;
}

/** Puts rows into the page, with the one that was looked up below them, and has them laid out. */
export function show(rows: readonly Line[], found: Line): void {
  const table = document.createElement('table');
  for (const line of [...rows, found]) {
    const row = table.insertRow();
    for (const cell of line) {
      row.insertCell().textContent = cell;
    }
  }
  document.body.replaceChildren(table);
  if (rows.length === 0 || document.body.offsetHeight === 0) {
    throw new Error('nothing is shown');
  }
}

/** How long some work took, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
