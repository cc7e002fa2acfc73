// Browsers on profiles of their own, and the pages in them.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { QUIET, browserProgram } from '../e2e/browser.ts';
import { distFolder, serveProgram, type Site } from '../e2e/server.ts';

/** The modules that pages load, by their names. */
interface Programs {
  ours: typeof import('./page/ours.ts');
  puts: typeof import('./page/puts.ts');
  dexie: typeof import('./page/dexie.ts');
  sqlite: typeof import('./page/sqlite.ts');
  tokens: typeof import('./page/tokens.ts');
  values: typeof import('./page/values.ts');
  diff: typeof import('./page/diff.ts');
}

type Given<F> = F extends (...given: infer G) => unknown ? G : never;
type Answered<F> = F extends (...given: never[]) => infer R ? Awaited<R> : never;

/** Calls a function of a module in the page. What the module remembers lasts as long as the page. */
export async function ask<P extends keyof Programs, F extends keyof Programs[P] & string>(
  page: Page,
  program: P,
  name: F,
  ...given: Given<Programs[P][F]>
): Promise<Answered<Programs[P][F]>> {
  // As text, since the compiler would rewrite the import for this side.
  const call = `import('/page/${program}.js').then((program) => program.${name}(...${JSON.stringify(given)}))`;
  return page.evaluate<Answered<Programs[P][F]>>(call);
}

/** A browser with one page. */
export interface Tab {
  page: Page;
  close(): Promise<void>;
}

/** One server, so that all pages have one origin, and profiles that are gone at the end. */
export class Lab {
  readonly site: Site;
  /** Files put here are served. */
  readonly files: string;
  readonly #folder: string;

  private constructor(site: Site, folder: string, files: string) {
    this.site = site;
    this.#folder = folder;
    this.files = files;
  }

  /** Serves the programs of a folder. */
  static async open(programs: string): Promise<Lab> {
    const folder = await mkdtemp(join(tmpdir(), 'tollgate-bench-'));
    const files = join(folder, 'files');
    await mkdir(files);
    // Beside the compiled file of this one: the pages' modules.
    const compiled = fileURLToPath(new URL('.', import.meta.url));
    const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
    const site = await serveProgram(programs, compiled, packages, files, distFolder());
    return new Lab(site, folder, files);
  }

  /** A profile that nothing was done in. */
  async profile(): Promise<string> {
    return mkdtemp(join(this.#folder, 'profile-'));
  }

  /** Starts a browser on a profile, with a page that has the origin and shows nothing. */
  async tab(profile: string): Promise<Tab> {
    const context: BrowserContext = await chromium.launchPersistentContext(profile, {
      executablePath: browserProgram(),
      args: QUIET,
      serviceWorkers: 'block',
    });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(this.site.origin);
    return { page, close: () => context.close() };
  }

  /** Does something in a browser that is started for it, and closed afterwards as a user closes it. */
  async within<T>(profile: string, act: (page: Page) => Promise<T>): Promise<T> {
    const tab = await this.tab(profile);
    try {
      return await act(tab.page);
    } finally {
      await tab.close();
    }
  }

  /** Removes a profile that is not needed any more. */
  async forget(profile: string | undefined): Promise<void> {
    if (profile !== undefined) {
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    }
  }

  async end(): Promise<void> {
    await this.site.close();
    await this.forget(this.#folder);
  }
}
