// What a part of the text does, in words: over it while the pointer rests there, and for the caret by a key.

import type { Extension } from '@codemirror/state';
import { EditorView, activateHover, hoverTooltip, type KeyBinding, type Tooltip } from '@codemirror/view';
import type { Options, Words } from './shapes.ts';

/** The words, and the key that asks for them. */
export function wordsExtension({ hover, longestAsked }: Pick<Options, 'hover' | 'longestAsked'>): {
  extension: Extension;
  keys: readonly KeyBinding[];
} {
  const wordsAt = ({ state }: EditorView, offset: number) =>
    state.doc.length > longestAsked ? null : (JSON.parse(hover(state.doc.toString(), offset)) as Words | null);
  const extension = hoverTooltip((view, offset) => {
    const words = wordsAt(view, offset);
    return words && tooltip(words);
  });
  const tell = (view: EditorView) => {
    const { head } = view.state.selection.main;
    const words = wordsAt(view, head);
    if (!words) {
      return false;
    }
    // A tooltip is only seen; what is announced is also heard.
    view.dispatch({ effects: EditorView.announce.of(words.lines.join('. ')) });
    const leaves = (to: number) => to < words.from || to > words.to;
    activateHover(view, head, 1, {
      tooltip: extension,
      until: (transaction) => transaction.docChanged || leaves(transaction.newSelection.main.head),
    });
    return true;
  };
  return { extension, keys: [{ key: 'F1', run: tell, preventDefault: true }] };
}

function tooltip({ from, to, lines }: Words): Tooltip {
  return {
    pos: from,
    end: to,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'tg-words';
      dom.append(
        ...lines.map((line) => {
          const paragraph = document.createElement('p');
          paragraph.textContent = line;
          return paragraph;
        }),
      );
      return { dom };
    },
  };
}
