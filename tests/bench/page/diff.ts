// Comparing two policies in a page: our side, and a peer in plain JavaScript that asks about every atom.

import { SAME, policyOfIds } from './policy_of_ids.ts';
import { timed } from './show.ts';

/** Atoms, those granted, and those removed. */
type Counts = readonly number[];

/** What `crates/js-api/examples/policy_bench` offers; its own documentation says more. */
interface Program {
  default(): Promise<unknown>;
  diff(before: string, after: string): Float64Array;
  Prepared: new (before: string, after: string) => { diff(times: number): number };
}

interface Rules {
  allow?: string[];
  block?: string[];
}
type Section = Record<string, Rules>;
interface Policy {
  resources?: Record<string, Section | Rules>;
}

const KNOWN = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'];

/** A name that no policy of the bench has. */
const OTHER = 'a name of nobody';

let texts: readonly [string, string] = ['{}', '{}'];

let loading: Promise<Program> | undefined;

function program(): Promise<Program> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Program> {
  const address = '/policy_bench.js';
  const program = (await import(address)) as Program;
  await program.default();
  return program;
}

/** Writes two policies with rules for so many review requests, of which one in a hundred differs. */
export function prepare(ids: number): number {
  const other = { allow: ['GET'], block: ['*'] };
  const after = policyOfIds(ids, (id) => (id % 100 === 0 ? other : SAME));
  texts = [JSON.stringify(policyOfIds(ids)), JSON.stringify(after)];
  return texts[0].length;
}

/** From text to what changes, our way; in milliseconds. */
export async function ours(): Promise<number> {
  const { diff } = await program();
  return timed(() => Promise.resolve(diff(...texts)));
}

/** The same in plain JavaScript. */
export function plain(): Promise<number> {
  return timed(() => Promise.resolve(plainDiff(...texts)));
}

/** What one atom takes once both policies are prepared; in milliseconds. */
export async function compiled(times: number): Promise<number> {
  const { Prepared, diff } = await program();
  const [prepared, atoms] = [new Prepared(...texts), diff(...texts)[0] ?? 0];
  return (await timed(() => Promise.resolve(prepared.diff(times)))) / times / atoms;
}

/** What both ways count, to be the same. */
export async function counts(): Promise<readonly [Counts, Counts]> {
  const { diff } = await program();
  return [[...diff(...texts)], plainDiff(...texts)];
}

/** Reads both policies and asks both about every atom. */
function plainDiff(before: string, after: string): Counts {
  const [old, now] = [JSON.parse(before) as Policy, JSON.parse(after) as Policy];
  const methods = new Set(KNOWN);
  const ids = new Map<string, Set<string>>();
  for (const { resources = {} } of [old, now]) {
    for (const [name, section] of Object.entries(resources)) {
      if (name === '*') {
        nameMethods(section as Rules, methods);
        continue;
      }
      const named = ids.get(name) ?? new Set();
      ids.set(name, named);
      for (const [id, rules] of Object.entries(section as Section)) {
        nameMethods(rules, methods);
        if (id !== '*') {
          named.add(id);
        }
      }
    }
  }
  methods.add(OTHER);
  ids.set(OTHER, new Set());
  let [atoms, granted, removed] = [0, 0, 0];
  for (const [resource, named] of ids) {
    for (const id of [...named, OTHER, null]) {
      for (const method of methods) {
        const [was, is] = [isAllowed(old, resource, id, method), isAllowed(now, resource, id, method)];
        atoms += 1;
        granted += Number(is && !was);
        removed += Number(was && !is);
      }
    }
  }
  return [atoms, granted, removed];
}

function nameMethods(rules: Rules, methods: Set<string>): void {
  for (const method of [...(rules.allow ?? []), ...(rules.block ?? [])]) {
    if (method !== '*') {
      methods.add(method);
    }
  }
}

/** Asks the rules for the item, for the resource and for everything, as the server does. */
function isAllowed({ resources = {} }: Policy, resource: string, id: string | null, method: string): boolean {
  const section = resources[resource] as Section | undefined;
  const asked = [id === null ? undefined : section?.[id], section?.['*'], resources['*'] as Rules | undefined];
  for (const rules of asked) {
    if (rules?.block?.includes(method)) {
      return false;
    }
    if (rules?.allow?.includes(method)) {
      return true;
    }
    if (rules?.block?.includes('*')) {
      return false;
    }
    if (rules?.allow?.includes('*')) {
      return true;
    }
  }
  return true;
}
