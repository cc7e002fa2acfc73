// Typing over a selection.
//
// Left to itself a browser gives what is typed the color of what it replaces, by a `style` attribute, and our content
// security policy refuses that with an error in the log. So the editor makes the change, and the browser makes none.

import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

export const typing: Extension = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data, inputType } = event;
    const range = selectedRange(view);
    if (inputType !== 'insertText' || !data || !range || range.collapsed || view.state.readOnly) {
      return false;
    }
    const from = view.posAtDOM(range.startContainer, range.startOffset);
    const to = view.posAtDOM(range.endContainer, range.endOffset);
    const insert = () => {
      const text = view.state.toText(data);
      const selection = { anchor: from + text.length };
      const changes = { from, to, insert: text };
      return view.state.update({ changes, selection, scrollIntoView: true, userEvent: 'input.type' });
    };
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) {
      view.dispatch(insert());
    }
    event.preventDefault();
    return true;
  },
});

/** Not what the event says that it is about: Chromium says nothing there. */
function selectedRange(view: EditorView): Range | undefined {
  const selection = view.contentDOM.ownerDocument.getSelection();
  return selection?.rangeCount ? selection.getRangeAt(0) : undefined;
}
