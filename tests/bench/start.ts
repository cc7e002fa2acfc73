// Starting: the browser is started anew for each reading, the program of each side is loaded, and then the clock runs.

import { Lab, ask } from './lab.ts';
import type { Page } from 'playwright-core';
import type { Plan } from './plan.ts';
import type { Started } from './page/show.ts';
import { say, times } from './report.ts';
import type { Written } from './write.ts';

/** A way to start, with its readings. */
interface Side {
  name: string;
  profile: string;
  start: (page: Page) => Promise<Started>;
  readings: Started[];
}

/** Starts every side in turns. */
export async function start(lab: Lab, plan: Plan, written: Written): Promise<void> {
  const digest = await lab.within(written.ours, (page) => ask(page, 'tokens', 'digest', plan.sought));
  const ours = side('ours', written.ours, (page) => ask(page, 'ours', 'start', digest));
  const getAll = side('getAll', written.puts, (page) => ask(page, 'puts', 'start', digest));
  const sqlite = side('SQLite', written.sqlite, (page) => ask(page, 'sqlite', 'start', digest));
  const sqlitePage = side('SQLite, first rows', written.sqlite, (page) =>
    ask(page, 'sqlite', 'startWithFirstRows', digest),
  );
  const sides = [ours, getAll, sqlite, sqlitePage];
  for (let round = 1; round <= plan.rounds; round += 1) {
    say(`start-up, round ${round} of ${plan.rounds}`);
    // Nobody always comes first.
    for (const one of round % 2 === 0 ? sides.toReversed() : sides) {
      await startOnce(lab, one, plan.sought + 1);
    }
  }
  const first = ({ readings }: Side) => readings.map((reading) => reading.first);
  const whole = ({ readings }: Side) => readings.map((reading) => reading.whole);
  times(`start/first_rows/getAll/${plan.tokens}`, { timesPeer: 1 / 12 }, first(ours), whole(getAll));
  times(`start/first_rows/sqlite/${plan.tokens}`, { timesPeer: 1 / 8 }, first(ours), whole(sqlite));
  times(`start/first_rows/sqlite_first_rows/${plan.tokens}`, 'none', first(ours), first(sqlitePage));
  times(`start/whole/getAll/${plan.tokens}`, 'none', whole(ours), whole(getAll));
  times(`start/whole/sqlite/${plan.tokens}`, 'none', whole(ours), whole(sqlite));
}

function side(name: string, profile: string, start: (page: Page) => Promise<Started>): Side {
  return { name, profile, start, readings: [] };
}

async function startOnce(lab: Lab, side: Side, sought: number): Promise<void> {
  const started = await lab.within(side.profile, side.start);
  if (started.found !== sought) {
    throw new Error(`${side.name} found token ${started.found} in place of ${sought}`);
  }
  side.readings.push(started);
}
