// The program that appends in a burst (`crates/browser/examples/burst.rs`), on a page of a browser that can be killed.

import type { Page } from '@playwright/test';
import type { Site } from '../server.ts';
import type { BrowserProcess } from './process.ts';

/** What the program offers, as `window.burst` once it is loaded. */
export interface Burst {
  default(): Promise<unknown>;
  open(): Promise<number>;
  burst(count: number, acknowledged: (name: string) => void): Promise<void>;
  burstIn(lanes: number, first: number, count: number, acknowledged: (name: string) => void): Promise<void>;
  act(count: number, acknowledged: (name: string) => void): Promise<void>;
  fill(acts: number, tokens: number, acknowledged: (name: string) => void): Promise<void>;
  compact(most: number, done: (times: number) => void): Promise<void>;
  compactSteps(most: number): Promise<string>;
  names(): string[];
  tokens(): string[];
  mirror(): string;
  verify(): Promise<string>;
  resumed(): boolean;
  replayed(): Promise<string>;
  warnings(): string[];
}

export type ProgramWindow = {
  burst: Burst;
  acknowledged: (name: string) => void;
  compacted: (times: string) => void;
  /** Kills the browser. */
  now: (nothing: string) => void;
};

/** What runs beside the burst. */
export type Beside = 'nothing' | 'compaction';

/** More compactions than a burst has time for. */
const COMPACTIONS = 1_000_000;

/** The folder of the built program. */
export function burstFolder(): string {
  const folder = process.env['TOLLGATE_BURST'];
  if (!folder) {
    throw new Error('TOLLGATE_BURST has to name the folder of the built burst example; `cargo xtask test` builds it');
  }
  return folder;
}

/** Loads the program for a workspace, which it does not open yet; the names that it appends carry the run. */
export async function loadProgram(browser: BrowserProcess, site: Site, workspace: string, run: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/?workspace=${workspace}&run=${run}`);
  await page.evaluate(async () => {
    const address = '/burst.js';
    const burst = (await import(address)) as Burst;
    await burst.default();
    Object.assign(window, { burst });
  });
  return page;
}

/** Opens the workspace of a loaded program, and answers what the start has to say. */
export async function openWorkspace(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { burst } = window as unknown as ProgramWindow;
    Object.assign(window, { next: await burst.open() });
    return burst.warnings();
  });
}

/** Opens a workspace in the program. */
export async function openProgram(
  browser: BrowserProcess,
  site: Site,
  workspace: string,
  run: string,
): Promise<{ page: Page; warnings: string[] }> {
  const page = await loadProgram(browser, site, workspace, run);
  return { page, warnings: await openWorkspace(page) };
}

/**
 * Appends in a burst, and kills the browser at so many acknowledgements, each of which goes into the set; where it
 * compacts beside that, at least one compaction is done by then.
 *
 * The outcome is `over` if the burst was over before that, else what ended it.
 */
export async function burstUntilKilled(
  browser: BrowserProcess,
  page: Page,
  acknowledged: Set<string>,
  { appends, killAt, beside }: { appends: number; killAt: number; beside: Beside },
): Promise<{ outcome: string; compactions: number }> {
  let compactions = 0;
  let isKilled = false;
  // A bare binding: it arrives at once, and nothing is sent back that could hold the burst up.
  const session = await page.context().newCDPSession(page);
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === 'compacted') {
      compactions = Number(payload);
    } else {
      acknowledged.add(payload);
    }
    if (!isKilled && acknowledged.size >= killAt && (beside === 'nothing' || compactions > 0)) {
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
    { appends, compactions: beside === 'compaction' ? COMPACTIONS : 0 },
  );
  const outcome = await burst.then(
    () => 'over',
    (error: unknown) => String(error),
  );
  return { outcome, compactions };
}
