// Policies with rules for many review requests.

interface Rules {
  allow?: string[];
  block?: string[];
}

/** The rules of nearly every id. */
export const SAME: Rules = { allow: ['GET', 'PUT'], block: ['*'] };

/** A policy that has rules for so many review requests, and behind them those for everything. */
export function policyOfIds(ids: number, rules: (id: number) => Rules = () => SAME): object {
  const section = Object.fromEntries(Array.from({ length: ids }, (_, id) => [String(id), rules(id)]));
  return { resources: { review_request: section, '*': { allow: ['GET'], block: ['*'] } } };
}
