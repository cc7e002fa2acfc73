// The life of a browser on a profile, which ends by a kill. What it acknowledges is noted outside of it, and has to be
// there in the next life.

import { expect, type Page } from '@playwright/test';
import type { Site } from '../server.ts';
import { loadProgram, openWorkspace, type ProgramWindow } from './burst.ts';
import { BrowserProcess } from './process.ts';

export const WORKSPACE = 'points';

/** How many events a large act has. */
const ACT_EVENTS = 10_000;

/** So many tokens that a snapshot has four chunks and an index, in so long acts that three of them fill a segment. */
const FILLING = { acts: 4, tokens: 500 };

/** More transactions than any compaction has. */
export const ALL_STEPS = 1_000;

/** Where the lives of one story take place, and what is known of them. */
export interface Scene {
  site: Site;
  profile: string;
  /** The names of all acts that were ever acknowledged. */
  acknowledged: Set<string>;
  browsers: BrowserProcess[];
}

/** A moment of what the program does, as the browser is asked for it. */
export type Moment =
  | 'an append begins'
  | 'an append is written'
  | 'an append is complete'
  | 'the second copy is asked for'
  | 'a step begins';

export class Life {
  /** Where the program runs. */
  page: Page;
  readonly #scene: Scene;
  readonly #browser: BrowserProcess;
  readonly #appended = new Map<Page, number>();
  #killAt = Infinity;
  #isKilled = false;

  private constructor(scene: Scene, browser: BrowserProcess, page: Page) {
    this.#scene = scene;
    this.#browser = browser;
    this.page = page;
  }

  /** Starts a browser in which the program is loaded; the names that it appends carry the run. */
  static async begin(scene: Scene, run: string): Promise<Life> {
    const browser = await BrowserProcess.start(scene.profile);
    scene.browsers.push(browser);
    const life = new Life(scene, browser, await loadProgram(browser, scene.site, WORKSPACE, run));
    await life.#hear(life.page);
    return life;
  }

  /** The same, with the journal open. */
  static async open(scene: Scene, run: string): Promise<Life> {
    const life = await Life.begin(scene, run);
    await life.open();
    return life;
  }

  /** Opens the journal, and answers whether something came back from the second copy; it has nothing else to say. */
  async open(page = this.page): Promise<boolean> {
    const warnings = await openWorkspace(page);
    expect(warnings.filter((warning) => !warning.startsWith('Restored')), 'what the start says').toEqual([]);
    return warnings.length > 0;
  }

  /** Loads the program in another tab, where it has opened nothing yet. */
  async tab(run: string): Promise<Page> {
    const page = await loadProgram(this.#browser, this.#scene.site, WORKSPACE, run);
    await this.#hear(page);
    return page;
  }

  /** Closes the program and loads it again; it has opened nothing yet. */
  async loadAgain(run: string): Promise<void> {
    await this.page.close();
    this.page = await this.tab(run);
  }

  /** Appends one act after the other in so many lanes. */
  async append(count: number, lanes = 4, page = this.page): Promise<void> {
    const first = this.#appended.get(page) ?? 0;
    this.#appended.set(page, first + count);
    await page.evaluate(
      async ({ lanes, first, count }) => {
        const { burst, acknowledged } = window as unknown as ProgramWindow;
        await burst.burstIn(lanes, first, count, acknowledged);
      },
      { lanes, first, count },
    );
  }

  /** Appends one act of very many events; once in a life. */
  async act(): Promise<void> {
    await this.page.evaluate(async (events) => {
      const { burst, acknowledged } = window as unknown as ProgramWindow;
      await burst.act(events, acknowledged);
    }, ACT_EVENTS);
  }

  /** Appends so much that it makes several chunks and segments; once in a life. */
  async fill(): Promise<void> {
    await this.page.evaluate(async ({ acts, tokens }) => {
      const { burst, acknowledged } = window as unknown as ProgramWindow;
      await burst.fill(acts, tokens, acknowledged);
    }, FILLING);
  }

  /** Does at most so many transactions of a compaction, and answers what became of it. */
  async compact(most: number): Promise<string> {
    return this.page.evaluate((most) => (window as unknown as ProgramWindow).burst.compactSteps(most), most);
  }

  /** Waits until the second copy holds everything. */
  async copied(): Promise<void> {
    const mirror = () => this.page.evaluate(() => (window as unknown as ProgramWindow).burst.mirror());
    await expect.poll(mirror, { message: 'the second copy', timeout: 60_000 }).toMatch(/^Kept \{.* owed: 0 \}$/);
  }

  /** Waits for nothing. */
  async linger(): Promise<never> {
    return this.page.evaluate(() => new Promise<never>(() => undefined));
  }

  /** Kills the browser once so many more acts are acknowledged. */
  killAfter(acts: number): void {
    this.#killAt = this.#scene.acknowledged.size + acts;
  }

  /** Kills the browser when something comes to pass for the so many-th time from now on. */
  async killWhen(moment: Moment, time = 1): Promise<void> {
    await this.page.evaluate(watchFor, { moment, time });
  }

  /** Waits for the end of what is going on: the kill, and nothing else. */
  async diesIn(work: Promise<unknown>): Promise<void> {
    const outcome = await work.then(
      () => 'over',
      (error: unknown) => String(error),
    );
    expect(this.#isKilled, `it ended before the browser was killed: ${outcome}`).toBe(true);
    expect(outcome, 'nothing but the kill ended it').toMatch(/^over$|closed|crashed|disconnected/i);
    expect(await this.#browser.ended()).toBe('SIGKILL');
  }

  /** Kills the browser in this very moment. */
  async dies(): Promise<void> {
    this.#kill();
    expect(await this.#browser.ended()).toBe('SIGKILL');
  }

  /** Looks for everything that was ever acknowledged, in a whole chain, with the state that all entries add up to. */
  async compare(): Promise<{ acts: number; resumed: boolean }> {
    const found = await this.page.evaluate(async () => {
      const { burst } = window as unknown as ProgramWindow;
      // Asked first: it waits for the second copy, which may have to bring something back.
      const chain = await burst.verify();
      const replayed = await burst.replayed();
      return { chain, replayed, names: [...burst.names(), ...burst.tokens()], resumed: burst.resumed() };
    });
    expect(found.chain, 'the chain').toBe('whole');
    expect(found.replayed, 'the state and what all entries add up to').toBe('same');
    expect(new Set(found.names).size, 'no name twice').toBe(found.names.length);
    const acts = wholeActs(found.names);
    const lost = [...this.#scene.acknowledged].filter((name) => !acts.has(name));
    expect(lost, 'acknowledged and lost').toEqual([]);
    return { acts: acts.size, resumed: found.resumed };
  }

  async #hear(page: Page): Promise<void> {
    // A bare binding: it arrives at once, and nothing is sent back that could hold the program up.
    const session = await page.context().newCDPSession(page);
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'acknowledged') {
        this.#scene.acknowledged.add(payload);
      }
      if (name === 'now' || this.#scene.acknowledged.size >= this.#killAt) {
        this.#kill();
      }
    });
    await session.send('Runtime.addBinding', { name: 'acknowledged' });
    await session.send('Runtime.addBinding', { name: 'now' });
  }

  #kill(): void {
    if (!this.#isKilled) {
      this.#isKilled = true;
      this.#browser.kill();
    }
  }
}

/** The acts that names are of. All events of an act are there, or none. */
function wholeActs(names: string[]): Set<string> {
  const events = new Map<string, number>();
  for (const name of names) {
    const act = /^(?:act|fill)-/.test(name) ? name.replace(/-\d+$/, '') : name;
    events.set(act, (events.get(act) ?? 0) + 1);
  }
  const wanted = (act: string) => (act.startsWith('act-') ? ACT_EVENTS : act.startsWith('fill-') ? FILLING.tokens : 1);
  const halves = [...events].filter(([act, count]) => count !== wanted(act));
  expect(halves, 'acts of which only some events are there').toEqual([]);
  return new Set(events.keys());
}

/** Runs in the page: has the browser killed when it is asked for something. */
function watchFor({ moment, time }: { moment: Moment; time: number }): void {
  type Method = (this: unknown, ...values: unknown[]) => unknown;
  const { now } = window as unknown as ProgramWindow;
  let times = 0;
  const happens = (what: Moment) => {
    times += what === moment ? 1 : 0;
    if (what === moment && times === time) {
      now('');
    }
  };
  const watch = (prototype: object, name: string, see: (answer: unknown, values: unknown[]) => void) => {
    const methods = prototype as Record<string, Method>;
    const method = methods[name] as Method;
    methods[name] = function (...values) {
      const answer = method.apply(this, values);
      see(answer, values);
      return answer;
    };
  };
  watch(IDBDatabase.prototype, 'transaction', (transaction, [stores, mode]) => {
    if (mode === 'readwrite' && String(stores) === 'journal') {
      happens('an append begins');
      (transaction as IDBTransaction).addEventListener('complete', () => happens('an append is complete'));
    } else if (mode === 'readwrite') {
      happens('a step begins');
    }
  });
  watch(IDBObjectStore.prototype, 'add', () => happens('an append is written'));
  watch(Worker.prototype, 'postMessage', () => happens('the second copy is asked for'));
}
