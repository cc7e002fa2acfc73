// What can be written at the caret. The page's program knows; here it is asked, and its answer is made.

import {
  pickedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
} from '@codemirror/autocomplete';
import type { Offer, Options } from './shapes.ts';

/** Behind one of these something is being written, and offers come unasked. */
const WRITING = /["\w*.-]$/;

/** As long as only these are typed, the offers stay those they are, and fewer and fewer fit. */
const NARROWING = /^[\w*.-]*$/;

/** The most that one offer can be preferred to another. */
const MOST_BOOST = 99;

export function offerSource({ complete, longestAsked }: Pick<Options, 'complete' | 'longestAsked'>): CompletionSource {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = context.state.sliceDoc(Math.max(line.from, context.pos - 1), context.pos);
    if (context.state.doc.length > longestAsked || (!context.explicit && !WRITING.test(before))) {
      return null;
    }
    const offers = JSON.parse(complete(context.state.doc.toString(), context.pos)) as Offer[];
    return result(context, offers);
  };
}

/** What is typed is compared with the names as they are without quotes. */
function result({ state, pos }: CompletionContext, offers: readonly Offer[]): CompletionResult | null {
  const [first] = offers;
  if (!first) {
    return null;
  }
  const isQuoted = state.sliceDoc(first.from, first.from + 1) === '"' && first.from < pos;
  const from = isQuoted ? first.from + 1 : first.from;
  const options = offers.map((offer, rank) => completion(offer, rank, from, pos));
  return { from, options, validFor: NARROWING };
}

/** While more is typed, the ends of what is replaced keep their distance from what is compared. */
function completion(offer: Offer, rank: number, compared: number, caret: number): Completion {
  const before = compared - offer.from;
  const behind = offer.to - caret;
  return {
    label: offer.label,
    detail: offer.detail,
    boost: Math.max(-MOST_BOOST, MOST_BOOST - rank),
    apply: (view, picked, from, to) => {
      const start = from - before;
      view.dispatch({
        changes: { from: start, to: to + behind, insert: offer.insert },
        selection: { anchor: start + offer.caret },
        annotations: pickedCompletion.of(picked),
        scrollIntoView: true,
        userEvent: 'input.complete',
      });
    },
  };
}
