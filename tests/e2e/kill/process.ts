// A browser process of our own, so that it can be killed as the system kills one: at once and without a word.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { QUIET, browserProgram } from '../browser.ts';

/** Where the browser says which port it answers on. */
const PORT_FILE = 'DevToolsActivePort';

/** How long a browser may take to start on a busy machine, in milliseconds. */
const PATIENCE = 60_000;

/** A browser with a profile that outlives it. */
export class BrowserProcess {
  readonly #process: ChildProcess;
  readonly #browser: Browser;

  private constructor(process: ChildProcess, browser: Browser) {
    this.#process = process;
    this.#browser = browser;
  }

  /** Starts a browser on a profile, in a process group of its own. */
  static async start(profile: string): Promise<BrowserProcess> {
    // The one of the browser that was killed says nothing about this one.
    await rm(join(profile, PORT_FILE), { force: true });
    const options = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...QUIET];
    const process = spawn(browserProgram(), [...options, 'about:blank'], { detached: true, stdio: 'ignore' });
    const port = async () => {
      expect(process.exitCode, 'the browser ended before it answered').toBeNull();
      return (await readFile(join(profile, PORT_FILE), 'utf8').catch(() => '')).split('\n')[0];
    };
    await expect.poll(port, { message: 'the browser tells its port', timeout: PATIENCE }).toMatch(/^\d+$/);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await port()}`, { timeout: PATIENCE });
    return new BrowserProcess(process, browser);
  }

  async newPage(): Promise<Page> {
    const [context] = this.#browser.contexts();
    return (context ?? (await this.#browser.newContext())).newPage();
  }

  /** Kills every process of the browser in this very moment; none of them can finish or answer anything. */
  kill(): void {
    if (this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null) {
      process.kill(-this.#process.pid, 'SIGKILL');
    }
  }

  /** How the process ended. */
  async ended(): Promise<string> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      await once(this.#process, 'exit');
    }
    await this.#browser.close().catch(() => undefined);
    return this.#process.signalCode ?? `exit ${this.#process.exitCode}`;
  }
}
