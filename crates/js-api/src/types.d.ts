
/** A policy text to parse or check. */
export interface CheckCall {
  policy: string;
}

/** A place in a text as people and Python count. */
export interface Position {
  /** From 1. */
  line: number;
  /** In code points, from 1. */
  column: number;
  /** Code points before it, from 0. */
  offset: number;
}

/** A stretch of a text in UTF-16 units: what `text.slice(start, end)` takes. */
export interface Span {
  start: number;
  end: number;
}

/** A marked place with a few words about it. */
export interface Label extends Span {
  text: string;
}

/** One finding about a policy text; `docs/policy-language.md` describes every code. */
export interface Finding {
  /** Stable, such as `P0205`. */
  code: string;
  /** The code in words, such as `unknown_policy_id`. */
  name: string;
  severity: "error" | "warning" | "hint";
  /** A lower-case fragment without a full stop. */
  message: string;
  /** The value it is about, as a JSON pointer (RFC 6901). */
  pointer: string;
  /** Where the first label begins. */
  position: Position;
  /** The place it is about first; never empty. */
  labels: Label[];
  /** Something to type or to do about it. */
  help?: string;
}

/** Why a policy is refused. */
export interface RefusedPolicy {
  /** The code of the first check that fails, in the server's order. */
  code: string;
  /** The value that it fails on. */
  pointer: string;
  /** True where the server crashes instead of refusing. */
  originalCrashes: boolean;
  findings: Finding[];
  /** How many findings were counted beyond those listed. */
  omitted: number;
}

/** What a policy text is as JSON. */
export type ParseAnswer =
  | { type: "json"; findings: Finding[]; omitted: number }
  | { type: "notJson"; findings: Finding[]; omitted: number };

/** What the server does with a policy text. */
export type CheckAnswer =
  | { type: "accepted"; stored: string; findings: Finding[]; omitted: number }
  | ({ type: "refused" } & RefusedPolicy);

/** A request as a policy sees it. */
export interface PolicyRequest {
  /** The policy id of the resource, such as `review_request`. */
  policyId: string;
  /** In capitals. */
  method: string;
  /** Left out, the request asks for the list. */
  itemId?: string;
}

/** A policy and a request to decide. */
export interface DecideCall {
  policy: string;
  request: PolicyRequest;
}

/** The rule that decides. */
export interface Because {
  /** The row of the table of precedence in `docs/policy-language.md`, 1 to 13. */
  row: number;
  /** That row in words. */
  reason: string;
  /** The entry that decides; left out when no rule says anything. */
  pointer?: string;
  span?: Span;
}

/** What a policy says to a request. */
export type DecideAnswer =
  | { type: "allowed"; because: Because }
  | { type: "denied"; because: Because }
  | ({ type: "policyRefused" } & RefusedPolicy);

/** One rule set that was asked, or would have been. */
export interface TrailStep {
  place: "item" | "resource" | "everything" | "default";
  outcome: "missing" | "silent" | "decides" | "notAsked";
  /** Where it stands, if it is there. */
  pointer?: string;
  span?: Span;
}

/** What a policy says to a request, with everything that was asked. */
export type ExplainAnswer =
  | { type: "allowed"; because: Because; trail: TrailStep[] }
  | { type: "denied"; because: Because; trail: TrailStep[] }
  | ({ type: "policyRefused" } & RefusedPolicy);

/** A policy to sum up. */
export interface PowerCall {
  policy: string;
}

/** How much of one method is allowed, over all resources. */
export interface MethodPower {
  method: string;
  allowed: number;
  total: number;
}

/** What a token may do with one resource. */
export interface ResourcePower {
  name: string;
  policyId: string;
  operations: { method: string; share: "all" | "some" | "none" }[];
  /** True where the list is allowed but fails on Review Board 8.1. */
  listCrashes: boolean;
}

/** What a token may do under a policy. */
export type PowerAnswer =
  | {
      type: "power";
      sentence: string;
      allowedOperations: number;
      totalOperations: number;
      perMethod: MethodPower[];
      resources: ResourcePower[];
    }
  | ({ type: "policyRefused" } & RefusedPolicy);

/** A text that may be a token. */
export interface CheckTokenCall {
  token: string;
  /** What the text should start with; Review Board's `rbp` when it is left out. */
  tokenType?: string;
}

/** What a text is. Being recognized proves nothing about being valid. */
export type CheckTokenAnswer =
  | {
      type: "recognized";
      generator: string;
      deprecated: boolean;
      digest: string;
      prefix?: string;
      lastFour?: string;
    }
  | { type: "unrecognized" };

/** What kind of token to make. */
export interface GenerateTokenCall {
  /** The default generator when it is left out. */
  generator?: string;
  /** What the text starts with, 1 to 32 letters, digits or `-`; Review Board's `rbp` when it is left out. */
  tokenType?: string;
  /** True when a program makes the token rather than a user; false when it is left out. */
  autoGenerated?: boolean;
}

/** A token that was made, or why none was. */
export type GenerateTokenAnswer =
  | {
      type: "generated";
      /** The secret. Nobody keeps it but you. */
      token: string;
      generator: string;
      /** SHA-256 of the secret, as 64 hexadecimal digits. */
      digest: string;
      prefix?: string;
      lastFour?: string;
      /** What the call said, to be kept with the token: the text does not tell. */
      autoGenerated: boolean;
    }
  | { type: "refused"; error: TollgateFailure };

/** What was wrong, with what to do about it. */
export interface TollgateFailure {
  code: string;
  message: string;
  help: string;
  labels: Label[];
}

/** Thrown when a function is called with an argument of the wrong shape. */
export interface TollgateError extends Error, TollgateFailure {
  name: "TollgateError";
  message: string;
}
