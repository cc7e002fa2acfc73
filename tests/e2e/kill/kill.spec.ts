// Acknowledged means durable: a browser is killed in the middle of a burst of appends, and everything that it had
// acknowledged is there afterwards.
//
// In every second test a compaction runs beside the burst, over and over, so that the browser dies in the middle of one:
// then the state that goes on from the last snapshot must be the one that all entries add up to.
//
// The program is `crates/browser/examples/burst.rs`, in the folder that `TOLLGATE_BURST` names.
// Every round has a fresh profile: Chromium may drop a whole database when it is opened the second time after a kill
// (docs/storage.md), and that is another promise than this one.

import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serveProgram, type Site } from '../server.ts';
import { burstFolder, burstUntilKilled, openProgram, type Beside, type ProgramWindow } from './burst.ts';
import { BrowserProcess } from './process.ts';

const ROUNDS = Number(process.env['TOLLGATE_KILL_ROUNDS'] || 2);

/** Appends of a burst, and how many of them wait at the same time. */
const APPENDS = 1_000;
const LANES = 4;

/** The browser dies after so many acknowledgements: neither before the burst is under way nor after it. */
const KILL_AFTER = { least: 50, most: 600 };

/** On a busy machine a burst may be over before its acknowledgements arrive here; such a round is played again. */
const ATTEMPTS = 5;

let site: Site;
const profiles: string[] = [];

test.beforeAll(async () => {
  site = await serveProgram(burstFolder());
});

test.afterAll(() => site?.close());

test.afterEach(async () => {
  for (const profile of profiles.splice(0)) {
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  }
});

const TITLES: Record<Beside, string> = {
  nothing: 'what was acknowledged is there after the browser was killed',
  compaction: 'what was acknowledged is there after the browser was killed while it compacted',
};

const TESTS = Array.from({ length: ROUNDS }, (_, at) =>
  (['nothing', 'compaction'] as const).map((beside) => ({ round: at + 1, beside })),
).flat();

for (const { round, beside } of TESTS) {
  test(`round ${round} of ${ROUNDS}: ${TITLES[beside]}`, async () => {
    test.setTimeout(240_000);
    const { profile, acknowledged, compactions } = await killedInTheMiddle(round, beside);
    const found = await foundAfterwards(profile, round);

    console.log(
      `round ${round}: ${acknowledged.size} of ${APPENDS} acknowledged, ${found.names.size} found, head ${found.head}, ` +
        `${compactions} compactions`,
    );
    expect(acknowledged.size, 'the burst was under way').toBeGreaterThanOrEqual(KILL_AFTER.least);
    expect(acknowledged.size, 'the burst was not over').toBeLessThan(APPENDS);
    const lost = [...acknowledged].filter((name) => !found.names.has(name));
    expect(lost, 'acknowledged and lost').toEqual([]);
    expect(found.chain, 'the chain').toBe('whole');
    expect(found.replayed, 'the state and what all entries add up to').toBe('same');
    expect(found.resumed, 'whether the start went on from a snapshot').toBe(beside === 'compaction');

    // No half change: each append is one user, a lane has no gap, and nothing is there that was never asked for.
    expect([...found.names].sort(), 'what is there is the beginning of every lane').toEqual(
      beginnings(round, found.names).sort(),
    );
    expect(found.names.size, 'no name twice').toBe(found.count);
    expect(found.head, 'events: the first record begins the history, and each append adds one').toBe(found.count + 1);
    expect(found.after, 'writing goes on').toBe(found.count + 1);
  });
}

interface Killed {
  profile: string;
  /** The acknowledgements that arrived here. */
  acknowledged: Set<string>;
  /** How many compactions were done by then. */
  compactions: number;
}

/** Runs the burst in a fresh browser that is killed while it runs. */
async function killedInTheMiddle(round: number, beside: Beside): Promise<Killed> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const profile = await mkdtemp(join(tmpdir(), 'tollgate-kill-'));
    profiles.push(profile);
    const killed = await cutOff(profile, round, beside);
    if (killed) {
      return killed;
    }
    console.log(`round ${round}: the burst was over before the browser could be killed`);
  }
  throw new Error(`the burst was over ${ATTEMPTS} times before the browser could be killed`);
}

/** Answers what arrived here, or nothing if the burst was over before the browser was killed. */
async function cutOff(profile: string, round: number, beside: Beside): Promise<Killed | undefined> {
  const browser = await BrowserProcess.start(profile);
  try {
    const acknowledged = new Set<string>();
    const page = await programPage(browser, `${round}`);
    const killAt = randomInt(KILL_AFTER.least, KILL_AFTER.most + 1);
    const { outcome, compactions } = await burstUntilKilled(browser, page, acknowledged, {
      appends: APPENDS,
      killAt,
      beside,
    });
    if (outcome === 'over') {
      return undefined;
    }
    expect(outcome, 'nothing but the kill ended the burst').toMatch(/closed|crashed|disconnected/i);
    expect(await browser.ended()).toBe('SIGKILL');
    return acknowledged.size < APPENDS ? { profile, acknowledged, compactions } : undefined;
  } finally {
    browser.kill();
    await browser.ended();
  }
}

interface Found {
  names: Set<string>;
  count: number;
  chain: string;
  /** `same`, if the state is the one that all entries add up to. */
  replayed: string;
  /** Whether the start went on from a snapshot. */
  resumed: boolean;
  /** The number of the newest event. */
  head: number;
  /** How many names there are after one more append. */
  after: number;
}

/** Opens the same profile again. */
async function foundAfterwards(profile: string, round: number): Promise<Found> {
  const browser = await BrowserProcess.start(profile);
  try {
    const page = await programPage(browser, `${round}-again`);
    const found = await page.evaluate(async () => {
      const { burst } = window as unknown as ProgramWindow;
      const names = burst.names();
      const chain = await burst.verify();
      const replayed = await burst.replayed();
      const resumed = burst.resumed();
      await burst.burst(1, () => undefined);
      return { names, chain, replayed, resumed, after: burst.names().length };
    });
    const head = (await page.evaluate(() => (window as unknown as { next: number }).next)) - 1;
    return { ...found, head, names: new Set(found.names), count: found.names.length };
  } finally {
    browser.kill();
    await browser.ended();
  }
}

/** The program on a page, after a start that had nothing to complain of. */
async function programPage(browser: BrowserProcess, run: string): Promise<Page> {
  const { page, warnings } = await openProgram(browser, site, 'kill', run);
  expect(warnings, 'what the start says').toEqual([]);
  return page;
}

/** Every name that the lanes gave out before the last one that is there. */
function beginnings(round: number, found: Set<string>): string[] {
  const names = [];
  for (let lane = 0; lane < LANES; lane += 1) {
    const ofLane = Array.from({ length: APPENDS / LANES }, (_, at) => `user-${round}-${lane + at * LANES}`);
    const last = ofLane.findLastIndex((name) => found.has(name));
    names.push(...ofLane.slice(0, last + 1));
  }
  return names;
}
