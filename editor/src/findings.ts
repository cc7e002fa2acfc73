// What is wrong with the text: underlines, signs beside the lines, and fixes by click or key.

import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { EditorView, type KeyBinding } from '@codemirror/view';
import { applyEdits } from './changes.ts';
import type { Finding, Fix } from './shapes.ts';

interface Found {
  findings: readonly Finding[];
  /** The text that they are about. */
  doc: Text | undefined;
}

const setFound = StateEffect.define<Found>();

const found = StateField.define<Found>({
  create: () => ({ findings: [], doc: undefined }),
  update: (value, transaction) =>
    transaction.effects.reduce((value, effect) => (effect.is(setFound) ? effect.value : value), value),
  provide: (field) =>
    EditorView.contentAttributes.from(field, ({ findings }): Record<string, string> =>
      findings.some(({ severity }) => severity === 'error') ? { 'aria-invalid': 'true' } : {},
    ),
});

export const findingsExtension: Extension = [found, lintGutter()];

export const findingsKeymap: readonly KeyBinding[] = [
  { key: 'Mod-.', run: fixHere, preventDefault: true },
  { key: 'F8', run: nextDiagnostic, preventDefault: true },
  { key: 'Shift-F8', run: previousDiagnostic, preventDefault: true },
];

/** Takes over what is to be said about the present text. */
export function showFindings(view: EditorView, findings: readonly Finding[]): void {
  const doc = view.state.doc;
  const within = (offset: number) => Math.min(offset, doc.length);
  const diagnostics = findings.map((finding): Diagnostic => ({
    from: within(finding.from),
    to: within(Math.max(finding.from, finding.to)),
    severity: finding.severity === 'note' ? 'info' : finding.severity,
    message: finding.message,
    renderMessage: () => message(finding),
    source: finding.code,
    actions: finding.fixes.map((fix) => ({ name: fix.title, apply: (view) => void mend(view, fix) })),
  }));
  view.dispatch({ effects: setFound.of({ findings, doc }) }, setDiagnostics(view.state, diagnostics));
}

function message({ message, help }: Finding): Node {
  const whole = document.createElement('span');
  const first = document.createElement('b');
  first.textContent = message;
  whole.append(first);
  if (help) {
    const more = document.createElement('span');
    more.className = 'tg-help';
    more.textContent = help;
    whole.append(more);
  }
  return whole;
}

/** A fix is about the text that was checked; of a text that has changed since, the next check says more. */
function mend(view: EditorView, fix: Fix): boolean {
  if (view.state.field(found).doc !== view.state.doc || view.state.readOnly) {
    return false;
  }
  applyEdits(view, fix.edits, fix.title);
  view.focus();
  return true;
}

/** The first fix of what the caret stands in, or else of what begins in its line. */
function fixHere(view: EditorView): boolean {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  const fixable = view.state.field(found).findings.filter(({ fixes }) => fixes.length > 0);
  const here = fixable.find(({ from, to }) => from <= main.head && main.head <= to);
  const finding = here ?? fixable.find(({ from }) => line.from <= from && from <= line.to);
  const fix = finding?.fixes[0];
  return fix ? mend(view, fix) : false;
}
