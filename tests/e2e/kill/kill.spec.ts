// Acknowledged means durable: a browser is killed in the middle of a burst of appends, and everything that it had
// acknowledged is there afterwards.
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
import { burstFolder, openProgram, type ProgramWindow } from './burst.ts';
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

for (let round = 1; round <= ROUNDS; round += 1) {
  test(`round ${round} of ${ROUNDS}: what was acknowledged is there after the browser was killed`, async () => {
    test.setTimeout(240_000);
    const { profile, acknowledged } = await killedInTheMiddle(round);
    const found = await foundAfterwards(profile, round);

    console.log(
      `round ${round}: ${acknowledged.size} of ${APPENDS} acknowledged, ${found.names.size} found, head ${found.head}`,
    );
    expect(acknowledged.size, 'the burst was under way').toBeGreaterThanOrEqual(KILL_AFTER.least);
    expect(acknowledged.size, 'the burst was not over').toBeLessThan(APPENDS);
    const lost = [...acknowledged].filter((name) => !found.names.has(name));
    expect(lost, 'acknowledged and lost').toEqual([]);
    expect(found.chain, 'the chain').toBe('whole');

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
}

/** Runs the burst in a fresh browser that is killed while it runs. */
async function killedInTheMiddle(round: number): Promise<Killed> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const profile = await mkdtemp(join(tmpdir(), 'tollgate-kill-'));
    profiles.push(profile);
    const acknowledged = await cutOff(profile, round);
    if (acknowledged) {
      return { profile, acknowledged };
    }
    console.log(`round ${round}: the burst was over before the browser could be killed`);
  }
  throw new Error(`the burst was over ${ATTEMPTS} times before the browser could be killed`);
}

/** Answers the acknowledgements that arrived here, or nothing if the burst was over before the browser was killed. */
async function cutOff(profile: string, round: number): Promise<Set<string> | undefined> {
  const browser = await BrowserProcess.start(profile);
  try {
    const acknowledged = new Set<string>();
    const page = await programPage(browser, `${round}`);
    const enough = randomInt(KILL_AFTER.least, KILL_AFTER.most + 1);
    // A bare binding: it arrives at once, and nothing is sent back that could hold the burst up.
    const session = await page.context().newCDPSession(page);
    session.on('Runtime.bindingCalled', ({ payload }) => {
      acknowledged.add(payload);
      if (acknowledged.size === enough) {
        browser.kill();
      }
    });
    await session.send('Runtime.addBinding', { name: 'acknowledged' });
    const burst = page.evaluate((count) => {
      const { burst, acknowledged } = window as unknown as ProgramWindow;
      return burst.burst(count, acknowledged);
    }, APPENDS);
    const outcome = await burst.then(
      () => 'over',
      (error: unknown) => String(error),
    );
    if (outcome === 'over') {
      return undefined;
    }
    expect(outcome, 'nothing but the kill ended the burst').toMatch(/closed|crashed|disconnected/i);
    expect(await browser.ended()).toBe('SIGKILL');
    return acknowledged.size < APPENDS ? acknowledged : undefined;
  } finally {
    browser.kill();
    await browser.ended();
  }
}

interface Found {
  names: Set<string>;
  count: number;
  chain: string;
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
      await burst.burst(1, () => undefined);
      return { names, chain, after: burst.names().length };
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
