// Four tabs write at the same time and make one chain: no gap, no fork, nothing twice.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { distFolder, serveProgram, type Site } from '../server.ts';
import { burstFolder, openProgram, type ProgramWindow } from './burst.ts';
import { BrowserProcess } from './process.ts';

const TABS = 4;
const APPENDS = 2_500;

let site: Site;
let profile: string;

test.beforeAll(async () => {
  site = await serveProgram(burstFolder(), distFolder());
  profile = await mkdtemp(join(tmpdir(), 'tollgate-tabs-'));
});

test.afterAll(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

test(`${TABS} tabs of ${APPENDS} appends each make one unforked chain`, async () => {
  test.setTimeout(300_000);
  const browser = await BrowserProcess.start(profile);
  try {
    const tabs = [];
    for (let tab = 0; tab < TABS; tab += 1) {
      tabs.push((await openProgram(browser, site, 'tabs', `${tab}`)).page);
    }
    const counts = await Promise.all(
      tabs.map((page) =>
        page.evaluate(async (count) => {
          let acknowledged = 0;
          const { burst } = window as unknown as ProgramWindow;
          await burst.burst(count, () => (acknowledged += 1));
          return acknowledged;
        }, APPENDS),
      ),
    );
    expect(counts, 'every append of every tab was acknowledged').toEqual(tabs.map(() => APPENDS));

    // A tab that wrote nothing reads what the others left.
    const { page } = await openProgram(browser, site, 'tabs', 'reader');
    const found = await page.evaluate(async () => {
      const { burst, next } = window as unknown as ProgramWindow & { next: number };
      return { names: burst.names(), chain: await burst.verify(), head: next - 1 };
    });
    expect(found.chain).toBe('whole');
    expect(new Set(found.names).size, 'each append is there').toBe(TABS * APPENDS);
    expect(found.head, 'once: the first record begins the history').toBe(TABS * APPENDS + 1);
  } finally {
    browser.kill();
    await browser.ended();
  }
});
