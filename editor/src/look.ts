// How it looks: only by names of the page's own style sheet, so that light, dark and high contrast come by themselves.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const COLORS = HighlightStyle.define([
  { tag: tags.propertyName, class: 'tg-key' },
  { tag: tags.string, class: 'tg-text' },
  { tag: [tags.separator, tags.brace, tags.squareBracket], class: 'tg-mark' },
]);

/** An outline of the page's icons, which takes the color of what it stands for. */
function outline(path: string): string {
  const attributes = `fill='none' stroke='black' stroke-width='1.75' stroke-linecap='round' stroke-linejoin='round'`;
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path ${attributes} d='${path}'/></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(picture)}") center / 0.75rem no-repeat`;
}

function sign(color: string, path: string): Record<string, string> {
  return { content: 'none', background: color, mask: outline(path) };
}

function underline(style: string): Record<string, string> {
  return {
    backgroundImage: 'none',
    padding: '0',
    textDecoration: `underline ${style}`,
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  };
}

const CIRCLE = 'M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0';

const FINDINGS = {
  '.cm-gutter-lint': { width: '1.5rem' },
  '.cm-gutter-lint .cm-gutterElement': { display: 'grid', placeItems: 'center', padding: '0' },
  '.cm-lint-marker-error': sign('var(--bad)', `${CIRCLE}M8 4.75v3.75M8 11v.01`),
  '.cm-lint-marker-warning': sign('var(--warn)', 'M8 2.25 14.25 13.5H1.75zM8 6.5v3.25M8 11.75v.01'),
  '.cm-lint-marker-info': sign('var(--text-3)', `${CIRCLE}M8 7.5v3.75M8 5v.01`),
  '.cm-lintRange-error': underline('wavy var(--bad) 1px'),
  '.cm-lintRange-warning': underline('wavy var(--data-warn) 1px'),
  '.cm-lintRange-info': underline('dotted var(--text-3) 1.5px'),
  '.cm-lintRange-active': { background: 'var(--hover)' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--bad)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--data-warn)' },
  '.cm-lintPoint-info:after': { borderBottomColor: 'var(--text-3)' },
  '.cm-diagnostic': { padding: 'var(--s2) var(--s3)', margin: '0', borderInlineStart: '3px solid var(--off)' },
  '.cm-diagnostic-error': { borderInlineStartColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--data-warn)' },
  '.cm-diagnosticSource': { color: 'var(--text-3)', font: 'var(--type-mono-s)', opacity: '1' },
  '.cm-diagnosticAction': {
    display: 'block',
    minHeight: 'var(--target)',
    margin: 'var(--s1) 0',
    padding: '0 var(--s2)',
    border: 'var(--hair) solid var(--line-control)',
    borderRadius: 'var(--r1)',
    background: 'var(--surface)',
    color: 'var(--text)',
    font: 'var(--type-small)',
  },
  '.cm-diagnosticAction:hover': { background: 'var(--hover)' },
  '.tg-help': { display: 'block', color: 'var(--text-2)' },
};

const FLOATS = {
  '.cm-tooltip': {
    maxWidth: '36rem',
    border: 'var(--hair) solid var(--line-strong)',
    borderRadius: 'var(--r2)',
    background: 'var(--surface-raise)',
    boxShadow: 'var(--shadow-2)',
    color: 'var(--text)',
    font: 'var(--type-small)',
  },
  '.cm-tooltip-section:not(:first-child)': { borderTop: 'var(--hair) solid var(--line)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxWidth: 'min(36rem, 95vw)',
    maxHeight: '14rem',
    font: 'var(--type-mono)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.125rem var(--s2)', lineHeight: 'inherit' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    outline: 'var(--hair) solid var(--accent-text)',
    outlineOffset: '-1px',
    background: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)' },
  '.cm-completionDetail': { marginInlineStart: 'var(--s3)', color: 'var(--text-3)', font: 'var(--type-meta)' },
  '.tg-words': { maxWidth: '32rem', padding: 'var(--s2) var(--s3)' },
  '.tg-words p + p': { color: 'var(--text-2)' },
};

const PANELS = {
  '.cm-panels': { borderColor: 'var(--line)', background: 'var(--surface-sunk)', color: 'var(--text)' },
  '.cm-panels-bottom': { borderTop: 'var(--hair) solid var(--line)' },
  '.cm-panel.cm-search': { padding: 'var(--s2) var(--s8) var(--s2) var(--s3)', font: 'var(--type-small)' },
  '.cm-panel.cm-search label': { fontSize: 'inherit' },
  '.cm-panel.cm-search [name=close]': { inset: 'var(--s1) var(--s1) auto auto', width: 'var(--target)', height: 'var(--target)' },
  '.cm-textfield': {
    border: 'var(--hair) solid var(--line-control)',
    borderRadius: 'var(--r1)',
    background: 'var(--surface)',
    color: 'var(--text)',
    font: 'var(--type-mono)',
  },
  '.cm-button': {
    border: 'var(--hair) solid var(--line-control)',
    borderRadius: 'var(--r1)',
    background: 'var(--surface)',
    color: 'var(--text)',
    font: 'var(--type-small)',
  },
  '.cm-button:active': { background: 'var(--hover)' },
  '.cm-content .cm-selectionMatch': { background: 'var(--current)' },
  '.cm-searchMatch': { background: 'var(--warn-soft)', outline: 'var(--hair) solid var(--warn-line)' },
  '.cm-searchMatch-selected': { background: 'var(--selected)', outline: '1px solid var(--accent-text)' },
};

const THEME = EditorView.theme({
  '&': { height: '100%', minHeight: 'inherit', maxHeight: 'inherit', color: 'var(--text)' },
  // The box around it shows the focus.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { overflow: 'auto', font: 'var(--type-code)' },
  '.cm-content': { padding: 'var(--s2) 0', caretColor: 'var(--accent-text)' },
  '.cm-content:focus-visible': { outline: 'none' },
  '.cm-line': { padding: '0 var(--s4) 0 var(--s1)' },
  '.cm-content ::selection': { background: 'color-mix(in srgb, var(--accent) 28%, transparent)' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--hover)' },
  '.cm-gutters': { border: '0', background: 'var(--surface)', color: 'var(--text-3)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '1.5rem', padding: '0' },
  '.cm-foldGutter .cm-gutterElement': { minWidth: '1rem', textAlign: 'center', cursor: 'pointer' },
  '.cm-foldPlaceholder': {
    padding: '0 var(--s1)',
    border: 'var(--hair) solid var(--line-control)',
    background: 'var(--surface-sunk)',
    color: 'var(--text-2)',
  },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--current)' },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'var(--bad-soft)' },
  '.tg-text': { color: 'var(--accent-text)' },
  '.tg-mark': { color: 'var(--text-3)' },
  ...FINDINGS,
  ...FLOATS,
  ...PANELS,
});

export const look: Extension = [THEME, syntaxHighlighting(COLORS)];
