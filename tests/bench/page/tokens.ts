// The tokens as the peers keep them: one object for each.

import { program } from './program.ts';
import type { Line } from './show.ts';

/** A token. Instants are in milliseconds since 1970. */
export interface Row {
  number: number;
  owner: string;
  note: string;
  expires: number | null;
  digest: string;
  uid: string;
  prefix: string;
  last_four: string;
  generator: string;
  policy: string;
  extra_data: object;
  local_site: string | null;
  time_added: number;
  last_used: number | null;
  valid: boolean;
  invalid_date: number | null;
  invalid_reason: string;
  auto_generated: boolean;
}

/** So many rows are made at a time. */
const PORTION = 5_000;

/** The first so many tokens of the service. */
export async function tokens(count: number): Promise<Row[]> {
  const { rows } = await program();
  const made: Row[] = [];
  for (let from = 0; from < count; from += PORTION) {
    made.push(...(JSON.parse(rows(from, Math.min(from + PORTION, count))) as Row[]));
  }
  return made;
}

/** The digest of the token at an index, from 0. */
export async function digest(index: number): Promise<string> {
  return (await program()).digest(index);
}

/** What is shown of a token. */
export function line({ number, owner, note, expires }: Row): Line {
  return [`${number}`, owner, note, `${expires ?? ''}`];
}
