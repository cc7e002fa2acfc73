// Policies with rules for many review requests, as text.

interface Rules {
  allow?: string[];
  block?: string[];
}

/** The rules of nearly every id. */
export const SAME: Rules = { allow: ['GET', 'PUT'], block: ['*'] };

/** Writes a policy that has rules for so many review requests, and below them those for everything. */
export function policyOfIds(ids: number, rules: (id: number) => Rules = () => SAME): string {
  const section = Object.fromEntries(Array.from({ length: ids }, (_, id) => [String(id), rules(id)]));
  return JSON.stringify({ resources: { review_request: section, '*': { allow: ['GET'], block: ['*'] } } });
}
