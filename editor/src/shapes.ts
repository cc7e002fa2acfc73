// What passes between the editor and the page's program: plain values, offsets in UTF-16 units as browsers count them.

/** One replacement in a text. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** A way to mend a finding; its edits are in order and do not overlap. */
export interface Fix {
  title: string;
  edits: Edit[];
}

/** Something to say about a piece of the text. */
export interface Finding {
  from: number;
  to: number;
  severity: 'error' | 'warning' | 'note';
  message: string;
  /** What to do about it; empty for nothing. */
  help: string;
  code: string;
  fixes: Fix[];
}

/** Something that can be written at the caret. */
export interface Offer {
  label: string;
  detail: string;
  /** What it takes the place of. */
  from: number;
  to: number;
  insert: string;
  /** Where the caret stands afterwards, counted from the start of what is inserted. */
  caret: number;
}

/** What a part of the text does, in words. */
export interface Words {
  from: number;
  to: number;
  lines: string[];
}

/** What the page hands in; answers come as JSON, `null` for none. */
export interface Options {
  text: string;
  /** The selection to begin with. */
  anchor: number;
  head: number;
  isFocused: boolean;
  /** Nothing is asked about texts of more UTF-16 units: handing them over would stop the typing. */
  longestAsked: number;
  isReadOnly: boolean;
  /** The name of the editor. */
  label: string;
  /** Ids of the elements that describe it, as in `aria-describedby`. */
  describedBy: string;
  /**
   * Hears what its user replaced, and how long the text is now; `false` where it does not know the text before that, and
   * has to hear the whole.
   */
  onChange(from: number, to: number, inserted: string, length: number): boolean;
  /** Hears the text after a change that its user made. */
  onText(text: string): void;
  /** Hears where the caret is, line and column from 1, the column in code points. */
  onPlace(line: number, column: number): void;
  /** An `Offer[]`. */
  complete(text: string, offset: number): string;
  /** `Words` or `null`. */
  hover(text: string, offset: number): string;
  /** The text in an even layout, or nothing if it has none. */
  format(text: string): string | undefined;
}

/** The editor in the page. */
export interface Handle {
  text(): string;
  /** Takes a text over that did not come from the editor; what is alike at both ends stays, and the caret with it. */
  setText(text: string): void;
  /** A `Finding[]` about the present text, as JSON. */
  setFindings(findings: string): void;
  setReadOnly(isReadOnly: boolean): void;
  /** An `Edit[]` about the present text, as JSON; made as its user would. */
  applyEdits(edits: string): void;
  /** Moves the caret, and the focus with it. */
  select(anchor: number, head: number): void;
  focus(): void;
  destroy(): void;
}
