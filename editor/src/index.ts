// The policy editor: CodeMirror with what a policy needs, put into an element of the page.
//
// It knows nothing of policies. What can be written, what a part does and what is wrong it is told by the page's
// program, which also gets every text. `crates/browser/src/editor` is the other side of this interface.

import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from '@codemirror/view';
import { applyEdits, covering, edited, fromPage, replacement } from './changes.ts';
import { findingsExtension, findingsKeymap, showFindings } from './findings.ts';
import { look } from './look.ts';
import { untilGone } from './lifetime.ts';
import { offerSource } from './offers.ts';
import type { Edit, Finding, Handle, Options } from './shapes.ts';
import { typing } from './typing.ts';
import { wordsExtension } from './words.ts';

export type { Handle, Options } from './shapes.ts';

/** Puts an editor into `parent`, which shows nothing else. */
export function mount(parent: Element, given: Options): Handle {
  const { options, leave } = untilGone(given);
  const access = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      selection: { anchor: options.anchor, head: options.head },
      extensions: [access.of(EditorState.readOnly.of(options.isReadOnly)), extensions(options)],
    }),
  });
  tellPlace(view.state, options);
  if (options.isFocused) {
    view.focus();
  }
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => takeOver(view, text),
    setFindings: (findings) => showFindings(view, JSON.parse(findings) as Finding[]),
    setReadOnly: (isReadOnly) =>
      view.dispatch({ effects: access.reconfigure(EditorState.readOnly.of(isReadOnly)) }),
    applyEdits: (edits) => applyEdits(view, JSON.parse(edits) as Edit[]),
    select: (anchor, head) => {
      const most = view.state.doc.length;
      const selection = { anchor: Math.min(anchor, most), head: Math.min(head, most) };
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.head, { y: 'center' }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => {
      leave();
      view.destroy();
    },
  };
}

/** Tab is bound to nothing, so that it leaves the editor as it leaves everything else. */
function extensions(options: Options): Extension {
  const words = wordsExtension(options);
  return [
    findingsExtension,
    lineNumbers(),
    foldGutter(),
    codeFolding({ placeholderDOM: foldButton }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    highlightSelectionMatches(),
    history(),
    json(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    // Offers come only inside of words, where no key means anything else: what is pressed at once is meant.
    autocompletion({ override: [offerSource(options)], icons: false, interactionDelay: 0 }),
    search(),
    typing,
    words.extension,
    look,
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      'aria-describedby': options.describedBy,
      autocapitalize: 'off',
      spellcheck: 'false',
      // It is focusable by itself; this says so to those who look only at the attribute.
      tabindex: '0',
    }),
    EditorView.updateListener.of((update) => tell(update, options)),
    keymap.of([
      ...findingsKeymap,
      ...words.keys,
      { key: 'Shift-Alt-f', run: (view) => layOut(view, options), preventDefault: true },
      ...closeBracketsKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap,
    ]),
  ];
}

function tell({ changes, docChanged, selectionSet, state, transactions }: ViewUpdate, options: Options): void {
  if (docChanged && !transactions.every((transaction) => transaction.annotation(fromPage))) {
    const { from, to, text } = covering(changes, state.doc);
    // To hand over a large text as a whole takes longer than all the rest.
    if (!options.onChange(from, to, text, state.doc.length)) {
      options.onText(state.doc.toString());
    }
  }
  if (docChanged || selectionSet) {
    tellPlace(state, options);
  }
}

function tellPlace(state: EditorState, options: Options): void {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  options.onPlace(line.number, codePoints(state.sliceDoc(line.from, head)) + 1);
}

function codePoints(text: string): number {
  let halves = 0;
  for (let at = 0; at < text.length; at += 1) {
    halves += (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? 1 : 0;
  }
  return text.length - halves;
}

function takeOver(view: EditorView, text: string): void {
  const edit = replacement(view.state.doc.toString(), text);
  if (edit) {
    view.dispatch(edited([edit], { annotations: [fromPage.of(true), isolateHistory.of('full')] }));
  }
}

function layOut(view: EditorView, options: Options): boolean {
  if (view.state.doc.length > options.longestAsked) {
    return true;
  }
  const before = view.state.doc.toString();
  const edit = replacement(before, options.format(before) ?? before);
  if (edit && !view.state.readOnly) {
    applyEdits(view, [edit]);
  }
  return true;
}

/** What stands for folded lines; a button, as it can be pressed. */
function foldButton(view: EditorView, onclick: (event: Event) => void): HTMLElement {
  const button = document.createElement('span');
  button.className = 'cm-foldPlaceholder';
  button.textContent = '…';
  button.setAttribute('role', 'button');
  button.setAttribute('aria-label', view.state.phrase('Unfold'));
  button.onclick = onclick;
  return button;
}
