// What every story gets: a page of its own on the built console, and somebody who watches it.
//
// A story passes only if, besides its own steps, nothing was asked of another server, no content security policy was
// broken, and nothing was logged as an error.

import { test as base, expect, type BrowserContext, type ConsoleMessage } from '@playwright/test';
import { Console } from './console.ts';
import { distFolder, servePage, type Site } from './server.ts';

export { expect };

/** What must not happen in a story. A story that provokes some of it takes it away and looks at it. */
export class Watcher {
  readonly #offOrigin: string[] = [];
  readonly #violations: string[] = [];
  readonly #errors: string[] = [];

  /** Watches every page of a context, those that are opened later included. */
  static async of(context: BrowserContext, origin: string): Promise<Watcher> {
    const watcher = new Watcher();
    context.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (asked !== origin && !['data:', 'blob:', 'about:'].includes(protocol)) {
        watcher.#offOrigin.push(`${request.method()} ${request.url()}`);
      }
    });
    context.on('page', (page) => page.on('websocket', (socket) => watcher.#offOrigin.push(socket.url())));
    context.on('console', (message) => watcher.#hear(message));
    context.on('weberror', (error) => watcher.#errors.push(String(error.error().stack ?? error.error())));
    await context.exposeFunction('reportViolation', (violation: string) => watcher.#violations.push(violation));
    await context.addInitScript(() => {
      const { reportViolation } = window as unknown as { reportViolation: (violation: string) => void };
      addEventListener('securitypolicyviolation', (event) => {
        reportViolation(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`.trim());
      });
    });
    return watcher;
  }

  /** What happened so far, which the story provoked: it is the story's to judge from here on. */
  take(): { offOrigin: string[]; violations: string[]; errors: string[] } {
    return {
      offOrigin: this.#offOrigin.splice(0),
      violations: this.#violations.splice(0),
      errors: this.#errors.splice(0),
    };
  }

  /** Says what happened that must not. */
  expectClean(): void {
    expect.soft(this.#offOrigin, 'requests to other servers').toEqual([]);
    expect.soft(this.#violations, 'reports of a broken content security policy').toEqual([]);
    expect.soft(this.#errors, 'errors in the page').toEqual([]);
  }

  #hear(message: ConsoleMessage): void {
    // Warnings do not count: Chromium warns on every load that it ignores the hash of preloaded wasm.
    if (message.type() === 'error' || /Content Security Policy|Trusted ?Type/i.test(message.text())) {
      this.#errors.push(`${message.text()} (${message.location().url})`);
    }
  }
}

interface Everywhere {
  site: Site;
}

interface Story {
  watcher: Watcher;
  tollgate: Console;
}

export const test = base.extend<Story, Everywhere>({
  site: [
    async ({}, use) => {
      const site = await servePage(distFolder());
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.origin),
  watcher: [
    async ({ context, site }, use) => {
      const watcher = await Watcher.of(context, site.origin);
      await use(watcher);
      watcher.expectClean();
    },
    { auto: true },
  ],
  tollgate: async ({ page }, use) => use(new Console(page)),
});
