// What an editor still asks when it is gone: a timer of the completion or of the hover may run once more.

import type { Options } from './shapes.ts';

/** The options, and how to say that nobody answers any more. */
export function untilGone(options: Options): { options: Options; leave: () => void } {
  let isGone = false;
  return {
    options: {
      ...options,
      onChange: (from, to, inserted, length) => isGone || options.onChange(from, to, inserted, length),
      onText: (text) => {
        if (!isGone) {
          options.onText(text);
        }
      },
      onPlace: (line, column) => {
        if (!isGone) {
          options.onPlace(line, column);
        }
      },
      complete: (text, offset) => (isGone ? '[]' : options.complete(text, offset)),
      hover: (text, offset) => (isGone ? 'null' : options.hover(text, offset)),
      format: (text) => (isGone ? undefined : options.format(text)),
    },
    leave: () => {
      isGone = true;
    },
  };
}
