// The promise over a life: a browser is killed again and again while it writes, always on the same profile, and whatever
// it ever acknowledged is there at the end.
//
// Chromium may drop a whole database at the second start after a kill (docs/storage.md), so that every start here is one
// that writes and is killed in its turn, every other one while it compacts. The second copy has to bring back what is
// lost.

import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { distFolder, serveProgram, type Site } from '../server.ts';
import { burstFolder, burstUntilKilled, openProgram, type ProgramWindow } from './burst.ts';
import { BrowserProcess } from './process.ts';

const KILLS = Number(process.env['TOLLGATE_KILLS_OF_ONE_PROFILE'] || 3);

/** Appends of a burst, and after how many acknowledgements the browser dies. */
const APPENDS = 1_000;
const KILL_AFTER = { least: 5, most: 150 };

let site: Site;
let profile: string;

test.beforeAll(async () => {
  // The second copy is kept by a worker of the page.
  site = await serveProgram(burstFolder(), distFolder());
  profile = await mkdtemp(join(tmpdir(), 'tollgate-again-'));
});

test.afterAll(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

test(`${KILLS} kills on one profile cost nothing that was ever acknowledged`, async () => {
  test.setTimeout(60_000 + KILLS * 30_000);
  const acknowledged = new Set<string>();
  let restored = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const round = await lifeOf(kill, acknowledged);
    restored += round.warnings.filter((warning) => warning.startsWith('Restored')).length;
  }
  const end = await lifeOf(KILLS + 1, acknowledged, 'asked');
  restored += end.warnings.filter((warning) => warning.startsWith('Restored')).length;
  console.log(`${KILLS} kills: ${acknowledged.size} acknowledged, ${restored} times restored from the second copy`);
  expect(end.answer, 'the chain').toBe('whole');
  expect(end.names.length, 'no name twice').toBe(new Set(end.names).size);
});

interface Life {
  names: string[];
  warnings: string[];
  answer: string | undefined;
}

/** Starts the browser, looks for everything, and lets it die in a burst, or after it has answered. */
async function lifeOf(
  number: number,
  acknowledged: Set<string>,
  fate: 'killed' | 'asked' = 'killed',
): Promise<Life> {
  const browser = await BrowserProcess.start(profile);
  try {
    const { page, warnings } = await openProgram(browser, site, 'again', `${number}`);
    const names = await page.evaluate(() => (window as unknown as ProgramWindow).burst.names());
    expect(await page.evaluate(hasSecondCopy), 'a second copy is kept').toBe(true);
    const there = new Set(names);
    const lost = [...acknowledged].filter((name) => !there.has(name));
    expect(lost, `acknowledged before start ${number}, and lost (${warnings.join('; ') || 'no warning'})`).toEqual([]);
    if (fate === 'asked') {
      const answer = await page.evaluate(() => (window as unknown as ProgramWindow).burst.verify());
      return { names, warnings, answer };
    }
    const killAt = acknowledged.size + randomInt(KILL_AFTER.least, KILL_AFTER.most + 1);
    const beside = number % 2 === 0 ? 'compaction' : 'nothing';
    const { outcome } = await burstUntilKilled(browser, page, acknowledged, { appends: APPENDS, killAt, beside });
    expect(outcome, 'nothing but the kill ended the burst').toMatch(/closed|crashed|disconnected/i);
    return { names, warnings, answer: undefined };
  } finally {
    browser.kill();
    await browser.ended();
  }
}

async function hasSecondCopy(): Promise<boolean> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('tollgate').then((all) => all.getDirectoryHandle('again'));
  return folder.getFileHandle('mirror-0').then(() => true);
}
