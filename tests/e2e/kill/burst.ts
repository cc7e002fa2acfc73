// The program that appends in a burst (`crates/browser/examples/burst.rs`), on a page of a browser that can be killed.

import type { Page } from '@playwright/test';
import type { Site } from '../server.ts';
import type { BrowserProcess } from './process.ts';

/** What the program offers, as `window.burst` once it is loaded. */
export interface Burst {
  default(): Promise<unknown>;
  open(): Promise<number>;
  burst(count: number, acknowledged: (name: string) => void): Promise<void>;
  names(): string[];
  verify(): Promise<string>;
  warnings(): string[];
}

export type ProgramWindow = { burst: Burst; acknowledged: (name: string) => void };

/** The folder of the built program. */
export function burstFolder(): string {
  const folder = process.env['TOLLGATE_BURST'];
  if (!folder) {
    throw new Error('TOLLGATE_BURST has to name the folder of the built burst example; `cargo xtask test` builds it');
  }
  return folder;
}

/** Opens a workspace in the program; the names that it appends carry the run. */
export async function openProgram(
  browser: BrowserProcess,
  site: Site,
  workspace: string,
  run: string,
): Promise<{ page: Page; warnings: string[] }> {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/?workspace=${workspace}&run=${run}`);
  const warnings = await page.evaluate(async () => {
    const address = '/burst.js';
    const burst = (await import(address)) as Burst;
    await burst.default();
    Object.assign(window, { burst, next: await burst.open() });
    return burst.warnings();
  });
  return { page, warnings };
}
