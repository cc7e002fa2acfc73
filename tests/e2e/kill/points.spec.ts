// Kill points: a browser is killed at each of them, the next one writes and is killed in its turn, and the one after
// that has to find everything that was ever acknowledged, in a whole chain, with the state that all entries add up to.
//
// `TOLLGATE_KILL_POINTS` says how many of the points are played, spread over their kinds, or `all`. Every point has a
// profile of its own. The second copy is kept, because Chromium may drop a whole database at the second start after a
// kill (docs/storage.md).

import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { loseDatabases } from '../kept.ts';
import { distFolder, serveProgram, type Site } from '../server.ts';
import { burstFolder } from './burst.ts';
import { ALL_STEPS, Life, type Scene } from './life.ts';
import { chosen, POINTS, type Point } from './points.ts';

const PLAYED = chosen(process.env['TOLLGATE_KILL_POINTS'] || '5');

/** Appends of the burst that is cut off by the second kill, and after how many acknowledgements that comes. */
const APPENDS = 1_000;
const KILL_AFTER = { least: 5, most: 60 };

let site: Site;
let scene: Scene;

test.beforeAll(async () => {
  site = await serveProgram(burstFolder(), distFolder());
});

test.afterAll(() => site?.close());

test.beforeEach(async () => {
  const profile = await mkdtemp(join(tmpdir(), 'tollgate-point-'));
  scene = { site, profile, acknowledged: new Set(), browsers: [] };
});

test.afterEach(async () => {
  for (const browser of scene.browsers) {
    browser.kill();
    await browser.ended();
  }
  await rm(scene.profile, { recursive: true, force: true, maxRetries: 10 });
});

test('no two points have one name, and there are enough of each kind', () => {
  const names = POINTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length, 'points at which a real browser is killed').toBeGreaterThanOrEqual(50);
  for (const kind of ['append', 'snapshot', 'compaction', 'migration', 'second copy']) {
    expect(POINTS.filter((point) => point.kind === kind).length, kind).toBeGreaterThanOrEqual(4);
  }
});

for (const point of PLAYED) {
  test(`${point.kind}: killed ${point.name}, and again while it writes`, async () => {
    test.setTimeout(300_000);
    await point.play(scene);
    await writesAndDies(point);
    const acts = await findsEverything(point);
    console.log(`${point.kind}, ${point.name}: ${scene.acknowledged.size} acts acknowledged, ${acts} found, 0 lost`);
  });
}

/** The life after the kill. */
async function writesAndDies({ resumes }: Point): Promise<void> {
  const life = await Life.begin(scene, '2');
  const isRestored = await life.open();
  const { resumed } = await life.compare();
  if (resumes !== undefined && !isRestored) {
    expect(resumed, 'whether the start went on from a snapshot').toBe(resumes);
  }
  // What is acknowledged before that lies in the database alone.
  await life.copied();
  life.killAfter(randomInt(KILL_AFTER.least, KILL_AFTER.most + 1));
  await life.diesIn(life.append(APPENDS));
}

/** The life after that; answers how many acts there are. */
async function findsEverything({ kind }: Point): Promise<number> {
  const life = await Life.open(scene, '3');
  const { acts } = await life.compare();
  // What the dead left behind is in nobody's way.
  expect(await life.compact(ALL_STEPS)).toMatch(/^Done/);
  await life.compare();
  if (kind === 'second copy') {
    await life.copied();
    await loseDatabases(life.page.context(), site.origin);
    await life.loadAgain('3-again');
    expect(await life.open(), 'whether it came back from the second copy').toBe(true);
    await life.compare();
  }
  await life.dies();
  return acts;
}
