// Where a browser is killed: every point has a name, so that one can be played again.

import { expect } from '@playwright/test';
import { killInUpgrade, killWhenCopied, makeVersion1, removeSecondCopy } from './changed.ts';
import { ALL_STEPS, Life, type Moment, type Scene } from './life.ts';

type Kind = 'append' | 'snapshot' | 'compaction' | 'migration' | 'second copy';

export interface Point {
  kind: Kind;
  name: string;
  /** Everything up to the kill. */
  play(scene: Scene): Promise<void>;
  /** Whether the next start goes on from a snapshot, where that is certain. */
  resumes?: boolean;
}

/** More appends than a browser lives for. */
const MANY = 3_000;

/** How many bytes the second copy has when it holds one part of what fills a journal, but not all. */
const HALF_COPIED = 1_000_000;

// Appends

/** In the middle of a burst. */
function amongAppends(name: string, acts: number, lanes = 4): Point {
  const play = async (scene: Scene) => {
    const life = await Life.open(scene, '1');
    life.killAfter(acts);
    await life.diesIn(life.append(MANY, lanes));
  };
  return { kind: 'append', name, play };
}

/** At a moment of the first append that there is. */
function inFirstAppend(moment: Moment): Point {
  const play = async (scene: Scene) => {
    const life = await Life.open(scene, '1');
    await life.killWhen(moment);
    await life.diesIn(life.append(MANY));
  };
  return { kind: 'append', name: `before the first acknowledgement, when ${moment}`, play };
}

/** At a moment of one act of very many events. */
function inLargeAct(moment: Moment): Point {
  const play = async (scene: Scene) => {
    const life = await Life.open(scene, '1');
    await life.append(20);
    await life.killWhen(moment);
    await life.diesIn(life.act());
  };
  return { kind: 'append', name: `in an act of ten thousand events, when ${moment}`, play };
}

/** While another tab appends as well. */
function besideAnotherTab(name: string, work: (life: Life) => Promise<void>): Point {
  const play = async (scene: Scene) => {
    const life = await Life.open(scene, '1');
    const other = await life.tab('1-other');
    await life.open(other);
    await life.diesIn(Promise.all([work(life), life.append(MANY, 4, other)]));
  };
  return { kind: 'append', name, play };
}

const MOMENTS: Moment[] = [
  'an append begins',
  'an append is written',
  'an append is complete',
  'the second copy is asked for',
];

const APPENDS: Point[] = [
  ...MOMENTS.map(inFirstAppend),
  amongAppends('after the first acknowledgement', 1),
  amongAppends('after some acknowledgements', 100),
  amongAppends('after some acknowledgements, one act at a time', 50, 1),
  amongAppends('after some acknowledgements, very many acts at a time', 200, 64),
  ...MOMENTS.map(inLargeAct),
  {
    kind: 'append',
    name: 'when an act of ten thousand events is acknowledged',
    async play(scene) {
      const life = await Life.open(scene, '1');
      life.killAfter(1);
      await life.diesIn(life.act());
    },
  },
  besideAnotherTab('while two tabs append', (life) => {
    life.killAfter(100);
    return life.append(MANY);
  }),
  besideAnotherTab('in an act of ten thousand events while another tab appends', async (life) => {
    await life.killWhen('an append is written');
    await life.act();
  }),
];

// Compactions

/** After each of the steps of a compaction, and in each of them. */
function inSteps(what: string, steps: string[], prepare: (life: Life) => Promise<void>, hasOlder: boolean): Point[] {
  const flip = steps.indexOf('flip');
  return steps.flatMap((step, at): Point[] => {
    const kind = at <= flip ? 'snapshot' : 'compaction';
    const after: Point = {
      kind,
      name: `right after the ${step} of ${what}`,
      resumes: hasOlder || at >= flip,
      async play(scene) {
        const life = await Life.open(scene, '1');
        await prepare(life);
        expect(await life.compact(at + 1), `a compaction of ${at + 1} steps`).toBe('Stopped');
        await life.dies();
      },
    };
    const within: Point = {
      kind,
      name: `in the ${step} of ${what}`,
      async play(scene) {
        const life = await Life.open(scene, '1');
        await prepare(life);
        await life.killWhen('a step begins', at + 1);
        await life.diesIn(life.compact(ALL_STEPS));
      },
    };
    return [after, within];
  });
}

async function fill(life: Life): Promise<void> {
  await life.fill();
  await life.append(8);
}

async function fillAndPack(life: Life): Promise<void> {
  await fill(life);
  expect(await life.compact(ALL_STEPS)).toMatch(/^Done \{ records: \d+, segments: 2 \}$/);
  await life.append(50);
}

const CHUNKS = ['first chunk', 'second chunk', 'third chunk', 'fourth chunk', 'index'];
const FIRST_STEPS = ['clearing', ...CHUNKS, 'flip', 'sweep', 'first segment', 'second segment'];
const LATER_STEPS = ['clearing', ...CHUNKS, 'flip', 'sweep', 'segment'];

const COMPACTIONS: Point[] = [
  ...inSteps('a first compaction', FIRST_STEPS, fill, false),
  ...inSteps('a compaction over an older snapshot', LATER_STEPS, fillAndPack, true),
];

// Migrations

/** The stores that a database of version 1 had at least, and those that it had when it was left behind. */
const OLD_STORES: [name: string, stores: string[]][] = [
  ['a database with one store', ['journal']],
  ['a database with all stores', ['journal', 'segment', 'chunk', 'meta']],
];

/** A browser in which a database of version 1 waits to be taken over. */
async function withVersion1(scene: Scene, stores: string[]): Promise<Life> {
  const life = await Life.open(scene, '1');
  await life.append(40);
  await life.loadAgain('1-old');
  await makeVersion1(life.page, stores);
  return life;
}

const MIGRATIONS: Point[] = [
  ...OLD_STORES.flatMap(([name, stores]): Point[] => [
    ...(['in', 'right after'] as const).map(
      (when): Point => ({
        kind: 'migration',
        name: `${when} the upgrade of ${name}`,
        async play(scene) {
          const life = await withVersion1(scene, stores);
          await killInUpgrade(life.page, when);
          await life.diesIn(life.open().then(() => life.linger()));
        },
      }),
    ),
    {
      kind: 'migration',
      name: `after the first append behind the upgrade of ${name}`,
      async play(scene) {
        const life = await withVersion1(scene, stores);
        await life.open();
        life.killAfter(1);
        await life.diesIn(life.append(MANY));
      },
    },
  ]),
  {
    kind: 'migration',
    name: 'while the database is made',
    async play(scene) {
      const life = await Life.begin(scene, '1');
      await killInUpgrade(life.page, 'in');
      await life.diesIn(life.open().then(() => life.linger()));
    },
  },
];

// The second copy

/** A start that finds a full database and no second copy. */
function whileCopied(name: string, prepare: (life: Life) => Promise<void>, bytes: number): Point {
  const play = async (scene: Scene) => {
    const life = await Life.open(scene, '1');
    await prepare(life);
    await life.loadAgain('1-again');
    await removeSecondCopy(life.page);
    await killWhenCopied(life.page, bytes);
    await life.diesIn(life.open().then(() => life.linger()));
  };
  return { kind: 'second copy', name, play };
}

const COPIES: Point[] = [
  whileCopied('while a small journal is copied', (life) => life.append(40), 1),
  whileCopied('when the copying of a large journal has begun', fill, 1),
  whileCopied('when half of a large journal is copied', fill, HALF_COPIED),
  {
    kind: 'second copy',
    name: 'before a large journal is copied',
    async play(scene) {
      const life = await Life.open(scene, '1');
      await fill(life);
      await life.loadAgain('1-again');
      await removeSecondCopy(life.page);
      await life.open();
      await life.dies();
    },
  },
];

export const POINTS: Point[] = [...APPENDS, ...COMPACTIONS, ...MIGRATIONS, ...COPIES];

/** As many of the points as are wanted, spread over the kinds and in each of them; `all` are all. */
export function chosen(wanted: string): Point[] {
  if (wanted === 'all') {
    return POINTS;
  }
  const kinds = [...new Set(POINTS.map(({ kind }) => kind))];
  return kinds.flatMap((kind, at) => {
    const ofKind = POINTS.filter((point) => point.kind === kind);
    const share = Math.floor((Number(wanted) + kinds.length - 1 - at) / kinds.length);
    const length = Math.min(share, ofKind.length);
    return Array.from({ length }, (_, place) => Math.floor(((place + 0.5) * ofKind.length) / length)).flatMap(
      (place) => ofKind[place] ?? [],
    );
  });
}
