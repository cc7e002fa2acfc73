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
import { BrowserProcess } from './process.ts';

const ROUNDS = Number(process.env['TOLLGATE_KILL_ROUNDS'] || 2);

/** Appends of a burst, and how many of them wait at the same time. */
const APPENDS = 1_000;
const LANES = 4;

/** The browser dies after so many acknowledgements: neither before the burst is under way nor after it. */
const KILL_AFTER = { least: 50, most: 600 };

/** On a busy machine a burst may be over before its acknowledgements arrive here; such a round is played again. */
const ATTEMPTS = 5;

/** What the program offers, as `window.burst` once it is loaded. */
interface Burst {
  default(): Promise<unknown>;
  open(): Promise<number>;
  burst(count: number, acknowledged: (name: string) => void): Promise<void>;
  compact(most: number, done: (times: number) => void): Promise<void>;
  names(): string[];
  verify(): Promise<string>;
  resumed(): boolean;
  replayed(): Promise<string>;
}

type ProgramWindow = { burst: Burst; acknowledged: (name: string) => void; compacted: (times: string) => void };

/** What runs beside the burst. */
type Beside = 'nothing' | 'compaction';

/** More compactions than a burst has time for. */
const COMPACTIONS = 1_000_000;

let site: Site;
const profiles: string[] = [];

test.beforeAll(async () => {
  const folder = process.env['TOLLGATE_BURST'];
  if (!folder) {
    throw new Error('TOLLGATE_BURST has to name the folder of the built burst example; `cargo xtask test` builds it');
  }
  site = await serveProgram(folder);
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
    let compactions = 0;
    let isKilled = false;
    const page = await programPage(browser, `run=${round}`);
    const enough = randomInt(KILL_AFTER.least, KILL_AFTER.most + 1);
    // A bare binding: it arrives at once, and nothing is sent back that could hold the burst up.
    const session = await page.context().newCDPSession(page);
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'compacted') {
        compactions = Number(payload);
      } else {
        acknowledged.add(payload);
      }
      if (!isKilled && acknowledged.size >= enough && (beside === 'nothing' || compactions > 0)) {
        isKilled = true;
        browser.kill();
      }
    });
    await session.send('Runtime.addBinding', { name: 'acknowledged' });
    await session.send('Runtime.addBinding', { name: 'compacted' });
    const burst = page.evaluate(
      async ({ appends, compactions }) => {
        const { burst, acknowledged, compacted } = window as unknown as ProgramWindow;
        // It goes on until the end of the page; a failure of it ends the burst as well, and with that the test.
        const packing = burst.compact(compactions, (times) => compacted(String(times)));
        const failed = packing.then(() => new Promise<never>(() => undefined));
        await Promise.race([burst.burst(appends, acknowledged), failed]);
      },
      { appends: APPENDS, compactions: beside === 'compaction' ? COMPACTIONS : 0 },
    );
    const outcome = await burst.then(
      () => 'over',
      (error: unknown) => String(error),
    );
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
    const page = await programPage(browser, `run=${round}-again`);
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

async function programPage(browser: BrowserProcess, query: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/?workspace=kill&${query}`);
  await page.evaluate(async () => {
    const address = '/burst.js';
    const burst = (await import(address)) as Burst;
    await burst.default();
    Object.assign(window, { burst, next: await burst.open() });
  });
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
