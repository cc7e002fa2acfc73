// Our store, as the app uses it.

import { program } from './program.ts';
import { FIRST_ROWS, show, timed, type Line, type Started } from './show.ts';

const WORKSPACE = 'bench';

/** Merges a history of so many tokens into an empty workspace, as an import does; in milliseconds. */
export async function write(tokens: number): Promise<number> {
  const { prepare, open, take_over } = await program();
  prepare(tokens);
  await open(WORKSPACE);
  return timed(take_over);
}

/** Records that most tokens have logged in. */
export async function logIn(tokens: number): Promise<void> {
  await (await program()).log_in(tokens);
}

/** Appends so many acts of so many events each, one after the other; in milliseconds. */
export async function append(acts: number, events: number, first: number): Promise<number> {
  const { stage, append_staged } = await program();
  // An append reads the newest record again, which may be a large one: the next act has only this one before it.
  stage(1, 1, 0);
  await append_staged();
  stage(acts, events, first);
  return timed(append_staged);
}

/** Packs old entries. */
export async function compact(): Promise<void> {
  await (await program()).compact();
}

/** Opens the workspace, and waits until it has taken a change. */
export async function open(): Promise<void> {
  const { open, change } = await program();
  await open(WORKSPACE);
  await change(0, `opened at ${Date.now()}`);
}

/** Changes the notes of so many tokens, one after the other; each in milliseconds. */
export async function change(count: number, first: number): Promise<number[]> {
  const { change } = await program();
  const times = [];
  for (let index = first; index < first + count; index += 1) {
    times.push(await timed(() => change(index, `looked at ${first}`)));
  }
  return times;
}

/** Starts as the app does: a look at a few chunks, then the whole. The program is loaded before. */
export async function start(digest: string): Promise<Started> {
  const ours = await program();
  const shown: { after?: number; found?: Line } = {};
  const began = performance.now();
  const found = await ours.start(WORKSPACE, FIRST_ROWS, digest, (rows, found) => {
    show(rows, found);
    shown.after = performance.now() - began;
    shown.found = found;
  });
  const whole = performance.now() - began;
  if (shown.after === undefined || shown.found?.[0] !== found[0]) {
    throw new Error('the first look showed nothing, or another token than is there');
  }
  return { first: shown.after, whole, found: Number(found[0]) };
}

/** How many bytes the records in each range of numbers had before they were packed. */
export async function unpacked(ranges: readonly [from: number, to: number][]): Promise<number[]> {
  const { open, unpacked } = await program();
  await open(WORKSPACE);
  const bytes = [];
  for (const [from, to] of ranges) {
    bytes.push(await unpacked(from, to));
  }
  return bytes;
}
