// What is on disk: our values, put into fresh profiles that hold nothing else, as the files of those profiles show it.

import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { keepInFirefox } from './firefox.ts';
import { Lab, ask } from './lab.ts';
import type { Plan } from './plan.ts';
import { say, sizes } from './report.ts';
import type { Written } from './write.ts';

/** Both engines, with what a token of a snapshot may weigh there, in bytes. */
const ENGINES = [
  { name: 'chromium', token: 100 },
  { name: 'firefox', token: 120 },
] as const;

/** What a packed event may weigh, in bytes. */
const PACKED_EVENT = 250;

type Engine = (typeof ENGINES)[number]['name'];

/** Values of one store, in a file that the server has. */
interface Taken {
  store: string;
  file: string;
}

/** A segment, and the same records as they were before they were packed. */
interface Packed extends Taken {
  name: string;
  events: number;
  unpackedBytes: number;
}

/** Weighs the snapshot and two segments. The peer of the snapshot is one record for each token, in Chromium. */
export async function weigh(lab: Lab, plan: Plan, written: Written): Promise<void> {
  say('sizes');
  const { snapshot, segments } = await lab.within(written.ours, (page) => take(lab, page));
  const puts = await bytesOnDisk(written.puts);
  for (const engine of ENGINES) {
    const bytes = await weightOf(lab, engine.name, snapshot);
    const work = `size/${engine.name}/snapshot/token/${plan.tokens}`;
    sizes(work, { most: engine.token }, bytes / plan.tokens, puts / plan.tokens);
    for (const { name, events, unpackedBytes, ...segment } of segments) {
      const bytes = await weightOf(lab, engine.name, segment);
      const work = `size/${engine.name}/packed/${name}/event/${events}`;
      sizes(work, { most: PACKED_EVENT }, bytes / events, unpackedBytes / events);
    }
  }
}

/** Takes the values out of our database: its snapshot, the segment of the import, and that of the acts of one event. */
async function take(lab: Lab, page: Page): Promise<{ snapshot: Taken; segments: Packed[] }> {
  const chunks = await ask(page, 'values', 'keys', 'chunk');
  const snapshot = await taken(lab, page, 'chunk', [chunks[0], chunks.at(-1)]);
  const firsts = await ask(page, 'values', 'keys', 'segment');
  const [behind] = await ask(page, 'values', 'keys', 'journal');
  // A segment ends where the next one begins, the last one where the journal does.
  const ends = [...firsts.slice(1), behind];
  const range = (at: number): [number, number] => [Number(firsts.at(at)), Number(ends.at(at))];
  const unpacked = await ask(page, 'ours', 'unpacked', [range(0), range(-1)]);
  const packed = async (name: string, at: 0 | -1): Promise<Packed> => {
    const [first, end] = range(at);
    const segment = await taken(lab, page, 'segment', [first, first]);
    return { ...segment, name, events: end - first, unpackedBytes: unpacked.at(at) ?? 0 };
  };
  return { snapshot, segments: [await packed('import', 0), await packed('acts', -1)] };
}

/** Takes the values between two keys out of a store, and puts them into a file. */
async function taken(
  lab: Lab,
  page: Page,
  store: string,
  [from, to]: readonly [IDBValidKey | undefined, IDBValidKey | undefined],
): Promise<Taken> {
  if (from === undefined || to === undefined) {
    throw new Error(`there is nothing in the store \`${store}\``);
  }
  const values = await ask(page, 'values', 'values', store, from, to);
  const name = `${store}-${String(from).replaceAll(',', '-')}.json`;
  await writeFile(join(lab.files, name), JSON.stringify(values));
  return { store, file: `/${name}` };
}

/** How many bytes values take in an engine. */
async function weightOf(lab: Lab, engine: Engine, { store, file }: Taken): Promise<number> {
  const profile = await lab.profile();
  if (engine === 'firefox') {
    await keepInFirefox(profile, lab.site.origin, { store, file });
  } else {
    await lab.within(profile, (page) => ask(page, 'values', 'keep', store, file));
  }
  const bytes = await bytesOnDisk(profile);
  await lab.forget(profile);
  return bytes;
}

/** How many bytes the databases of our origin have in a profile whose browser is closed. */
async function bytesOnDisk(profile: string): Promise<number> {
  const ofOurs = /127\.0\.0\.1.*(\.indexeddb\.|[/\\]idb[/\\])/;
  const names = (await readdir(profile, { recursive: true })).filter((name) => ofOurs.test(name));
  const files = await Promise.all(names.map((name) => stat(join(profile, name))));
  const bytes = files.filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0);
  if (bytes === 0) {
    throw new Error(`no database was found in the profile ${profile}`);
  }
  return bytes;
}
