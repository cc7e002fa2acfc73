// How much is measured: everything in proportion to the tokens, so that a small run does the same.

/** Tokens of a run that counts. */
const TOKENS = 100_000;

/** How often the sides take turns if nothing else is asked for. */
const ROUNDS = 5;

/** Ids that each policy names in a run that counts. */
const IDS = 10_000;

/** A comparison takes little time, so there are more rounds. */
const POLICY_ROUNDS = 21;

export interface Plan {
  tokens: number;
  rounds: number;
  /** Events of one act. */
  bulk: number;
  /** Acts of one event each: they are slow, so there are fewer, and times are given for each event. */
  alone: number;
  /** Changes of a round, one after the other. */
  changes: number;
  /** Changes before the first round, which are not measured. */
  warming: number;
  /** The index of the token that is looked up. */
  sought: number;
}

/** What the environment asks for. */
export function asked(): Plan {
  const tokens = count('TOLLGATE_BENCH_TOKENS', TOKENS);
  const rounds = count('TOLLGATE_BENCH_ROUNDS', ROUNDS);
  const sought = Math.floor(tokens * 0.75);
  const [bulk, alone] = [Math.ceil(tokens / 10), Math.ceil(tokens / 100)];
  return { tokens, rounds, bulk, alone, changes: 40, warming: 100, sought };
}

/** How much is measured of comparing policies. */
export function policyPlan(): { ids: number; rounds: number; repeats: number } {
  return { ids: count('TOLLGATE_BENCH_IDS', IDS), rounds: count('TOLLGATE_BENCH_ROUNDS', POLICY_ROUNDS), repeats: 50 };
}

function count(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (!text) {
    return otherwise;
  }
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`${variable} is \`${text}\`, which is no count`);
  }
  return number;
}

/** The value of a variable that `cargo xtask bench` sets. */
export function given(variable: string): string {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} is not set; \`cargo xtask bench storage\` does that`);
  }
  return value;
}
