// Comparing policies in a browser: prints a line for each pair. `cargo xtask bench policy` runs it and judges.

import { typeInto } from './keystroke.ts';
import { Lab, ask } from './lab.ts';
import { given, policyPlan } from './plan.ts';
import { say, times } from './report.ts';

/** There are sixty in a second. */
const FRAME_NANOSECONDS = Math.round(1e9 / 60);

/** What is longer is felt. */
const FELT_NANOSECONDS = 50e6;

/** Rounds that count for neither side: both are compiled in steps while they run. */
const WARM_UP = 10;

const { ids, rounds, repeats } = policyPlan();
const lab = await Lab.open(given('TOLLGATE_POLICY_BENCH'));
try {
  await lab.within(await lab.profile(), async (page) => {
    const bytes = await ask(page, 'diff', 'prepare', ids);
    const [ours, plain] = await ask(page, 'diff', 'counts');
    if (JSON.stringify(ours) !== JSON.stringify(plain)) {
      throw new Error(`we count ${String(ours)}, and plain JavaScript ${String(plain)}`);
    }
    say(`two policies of ${ids} ids, ${bytes} characters each: atoms, granted, removed ${String(ours)}`);
    for (let round = 0; round < WARM_UP; round += 1) {
      await ask(page, 'diff', 'ours');
      await ask(page, 'diff', 'plain');
    }
    const readings = { ours: [] as number[], plain: [] as number[], compiled: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      readings.ours.push(await ask(page, 'diff', 'ours'));
      readings.plain.push(await ask(page, 'diff', 'plain'));
      readings.compiled.push(await ask(page, 'diff', 'compiled', repeats));
    }
    const atoms = ours[0] ?? 1;
    times(`policy/diff_from_text/${ids}`, { timesPeer: 0.1 }, readings.ours, readings.plain);
    const plainAtom = readings.plain.map((time) => time / atoms);
    times(`policy/compiled_diff_per_atom_in_browser/${ids}`, { most: 15 }, readings.compiled, plainAtom);
    const { answers, drawn, waits } = await typeInto(ids, rounds);
    times(`policy/keystroke_to_answer/${ids}`, { most: FRAME_NANOSECONDS }, answers, readings.plain);
    times(`policy/keystroke_to_answer_drawn/${ids}`, 'none', drawn, readings.plain);
    times(`policy/longest_block_of_a_keystroke/${ids}`, { most: FELT_NANOSECONDS }, [Math.max(...waits)], readings.plain);
  });
} finally {
  await lab.end();
}
