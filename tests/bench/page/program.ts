// The program of our side, `crates/browser/examples/storage_bench`.

import type { Line } from './show.ts';

/** What the program offers; its own documentation says more. */
interface Program {
  default(): Promise<unknown>;
  rows(from: number, to: number): string;
  digest(index: number): string;
  prepare(tokens: number): void;
  open(workspace: string): Promise<void>;
  take_over(): Promise<number>;
  log_in(tokens: number): Promise<void>;
  stage(acts: number, events: number, first: number): void;
  append_staged(): Promise<void>;
  change(index: number, note: string): Promise<void>;
  compact(): Promise<void>;
  start(
    workspace: string,
    count: number,
    digest: string,
    show: (rows: readonly Line[], found: Line) => void,
  ): Promise<Line>;
  unpacked(from: number, to: number): Promise<number>;
}

let loading: Promise<Program> | undefined;

/** The program, loaded and compiled once. */
export function program(): Promise<Program> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Program> {
  const address = '/storage_bench.js';
  const program = (await import(address)) as Program;
  await program.default();
  return program;
}
