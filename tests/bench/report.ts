// What is printed: a line for each pair, which `cargo xtask bench` reads (`xtask/src/bench/reading.rs`).

/** What is promised of our side: so many times the peer's, so much whatever the peer's is, or nothing. */
export type Goal = { timesPeer: number } | { most: number } | 'none';

/** Prints a pair of times, given in milliseconds. */
export function times(work: string, goal: Goal, ours: readonly number[], peer: readonly number[]): void {
  const nanoseconds = (all: readonly number[]) => all.map((time) => time * 1e6);
  print(work, goal, nanoseconds(ours), nanoseconds(peer), 'ns');
}

/** Prints a pair of sizes. */
export function sizes(work: string, goal: Goal, ours: number, peer: number): void {
  print(work, goal, [ours], [peer], 'bytes');
}

/** Says how far the bench is, where that is not taken for a reading. */
export function say(text: string): void {
  console.error(text);
}

function print(work: string, goal: Goal, ours: readonly number[], peer: readonly number[], unit: string): void {
  const amounts = (all: readonly number[]) => all.map((amount) => amount.toFixed(1)).join(' ');
  console.log([work, goalText(goal), amounts(ours), amounts(peer), unit].join('\t'));
}

function goalText(goal: Goal): string {
  if (goal === 'none') {
    return '-';
  }
  return 'most' in goal ? `max ${goal.most}` : `${Number(goal.timesPeer.toPrecision(3))}`;
}
