// Writing: an import of all tokens, and many events in one act.

import { Lab, ask } from './lab.ts';
import type { Plan } from './plan.ts';
import { say, times } from './report.ts';

/** A profile for each side, with all tokens in it. */
export interface Written {
  ours: string;
  puts: string;
  dexie: string;
  sqlite: string;
}

/** Writes everything, each side into profiles of its own, and leaves the last ones. */
export async function write(lab: Lab, plan: Plan): Promise<Written> {
  const { tokens, rounds } = plan;
  const readings = { ours: [] as number[], puts: [] as number[], bulk: [] as number[], alone: [] as number[] };
  let [ours, puts] = [await lab.profile(), await lab.profile()];
  for (let round = 1; round <= rounds; round += 1) {
    say(`import, round ${round} of ${rounds}`);
    if (round > 1) {
      await lab.forget(ours);
      await lab.forget(puts);
      [ours, puts] = [await lab.profile(), await lab.profile()];
    }
    await writeOurs(lab, plan, ours, readings);
    readings.puts.push(await lab.within(puts, (page) => ask(page, 'puts', 'write', tokens)));
  }
  say('import, other peers, and compaction');
  await lab.within(ours, async (page) => {
    await ask(page, 'ours', 'open');
    await ask(page, 'ours', 'compact');
  });
  const [dexie, sqlite] = [await lab.profile(), await lab.profile()];
  const dexieTime = await lab.within(dexie, (page) => ask(page, 'dexie', 'write', tokens));
  const sqliteTime = await lab.within(sqlite, (page) => ask(page, 'sqlite', 'write', tokens));

  times(`import/puts/${tokens}`, { timesPeer: 1 / 30 }, readings.ours, readings.puts);
  times(`import/dexie/${tokens}`, 'none', readings.ours, [dexieTime]);
  times(`import/sqlite/${tokens}`, 'none', readings.ours, [sqliteTime]);
  times(`one_act/event/${plan.bulk}`, { timesPeer: 1 / 20 }, readings.bulk, readings.alone);
  return { ours, puts, dexie, sqlite };
}

/** Imports, and appends events in one act and in one act each; of the latter two the time of one event counts. */
async function writeOurs(
  lab: Lab,
  { tokens, bulk, alone }: Plan,
  profile: string,
  readings: { ours: number[]; bulk: number[]; alone: number[] },
): Promise<void> {
  await lab.within(profile, async (page) => {
    readings.ours.push(await ask(page, 'ours', 'write', tokens));
    await ask(page, 'ours', 'logIn', tokens);
    readings.bulk.push((await ask(page, 'ours', 'append', 1, bulk, 0)) / bulk);
    readings.alone.push((await ask(page, 'ours', 'append', alone, 1, bulk)) / alone);
  });
}
