// One durable change of one token, on pages that hold all of them.

import { Lab, ask } from './lab.ts';
import type { Plan } from './plan.ts';
import { say, times } from './report.ts';
import type { Written } from './write.ts';

/** Changes tokens in two browsers that take turns; every single change is a reading. */
export async function change(lab: Lab, plan: Plan, written: Written): Promise<void> {
  const [ours, dexie] = [await lab.tab(written.ours), await lab.tab(written.dexie)];
  const readings = { ours: [] as number[], dexie: [] as number[] };
  try {
    await ask(ours.page, 'ours', 'open');
    // An administrator's page is open all day: neither side is measured cold.
    await ask(ours.page, 'ours', 'change', plan.warming, 0);
    await ask(dexie.page, 'dexie', 'change', plan.warming, 0);
    for (let round = 1; round <= plan.rounds; round += 1) {
      say(`changes, round ${round} of ${plan.rounds}`);
      const first = plan.warming + round * plan.changes;
      readings.ours.push(...(await ask(ours.page, 'ours', 'change', plan.changes, first)));
      readings.dexie.push(...(await ask(dexie.page, 'dexie', 'change', plan.changes, first)));
    }
  } finally {
    await ours.close();
    await dexie.close();
  }
  times(`change/dexie/${plan.tokens}`, { timesPeer: 0.8 }, readings.ours, readings.dexie);
}
