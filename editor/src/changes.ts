// Changes of the text that are made for the user, as one step of undoing each.

import { isolateHistory } from '@codemirror/commands';
import { Annotation, type ChangeSet, type Text, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Edit } from './shapes.ts';

/** Marks what came from the page, which need not be told of it. */
export const fromPage = Annotation.define<boolean>();

/** The one replacement that makes `after` of `before`: what is alike at both ends is left alone. */
export function replacement(before: string, after: string): Edit | undefined {
  if (before === after) {
    return undefined;
  }
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) {
    from += 1;
  }
  let end = 0;
  while (end < most - from && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) {
    end += 1;
  }
  return { from, to: before.length - end, text: after.slice(from, after.length - end) };
}

/** The one replacement that makes all changes of a text, of which the one after them is given. */
export function covering(changes: ChangeSet, after: Text): Edit {
  let [from, to, end] = [Infinity, 0, 0];
  changes.iterChangedRanges((fromBefore, toBefore, _, toAfter) => {
    [from, to, end] = [Math.min(from, fromBefore), Math.max(to, toBefore), Math.max(end, toAfter)];
  });
  // What lies before the first change lies where it lay.
  return { from, to, text: after.sliceString(from, end) };
}

/** Edits as a transaction; the caret stays where it is as far as the text around it does. */
export function edited(edits: readonly Edit[], more: TransactionSpec = {}): TransactionSpec {
  return { changes: edits.map(({ from, to, text }) => ({ from, to, insert: text })), ...more };
}

/** Makes edits as the user would. */
export function applyEdits(view: EditorView, edits: readonly Edit[], words?: string): void {
  const effects = words ? EditorView.announce.of(words) : [];
  const annotations = isolateHistory.of('full');
  view.dispatch(edited(edits, { annotations, effects, scrollIntoView: true, userEvent: 'input.fix' }));
}
