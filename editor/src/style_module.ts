// Stands in for the package `style-mod`, through which CodeMirror brings its styles into the page.
//
// The package writes them into a `<style>` element, which our content security policy refuses. A sheet that is adopted
// is neither an element nor markup: only a script that already runs can make one, and nothing has to be allowed for it.

import { StyleModule as Published } from 'style-mod-published';

interface Adopted {
  sheet: CSSStyleSheet;
  modules: readonly Published[];
}

const ADOPTED = new WeakMap<DocumentOrShadowRoot, Adopted>();

/** As published, but for where the rules go. */
export class StyleModule extends Published {
  /** Sees to it that the rules of these modules hold, those of later modules over those of earlier ones. */
  static override mount(root: DocumentOrShadowRoot, given: Published | readonly Published[]): void {
    const wanted = given instanceof Published ? [given] : given;
    const adopted = ADOPTED.get(root) ?? adopt(root);
    if (wanted.every((module) => adopted.modules.includes(module))) {
      return;
    }
    const others = adopted.modules.filter((module) => !wanted.includes(module));
    adopted.modules = [...others, ...wanted];
    adopted.sheet.replaceSync(adopted.modules.map((module) => module.getRules()).join('\n'));
  }
}

function adopt(root: DocumentOrShadowRoot): Adopted {
  const adopted = { sheet: new CSSStyleSheet(), modules: [] };
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, adopted.sheet];
  ADOPTED.set(root, adopted);
  return adopted;
}
