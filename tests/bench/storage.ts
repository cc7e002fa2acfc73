// The bench of the store: prints a line for each pair that it measures. `cargo xtask bench storage` runs it and judges.

import { change } from './change.ts';
import { Lab } from './lab.ts';
import { asked, given } from './plan.ts';
import { start } from './start.ts';
import { weigh } from './weigh.ts';
import { write } from './write.ts';

const plan = asked();
const lab = await Lab.open(given('TOLLGATE_STORAGE_BENCH'));
try {
  const written = await write(lab, plan);
  await change(lab, plan, written);
  await start(lab, plan, written);
  await weigh(lab, plan, written);
} finally {
  await lab.end();
}
