// Runs before anything else: the theme, the guard over markup and scripts, and the opening words,
// which make way for the console or say why it cannot start.
// A classic script, so that it is done before the first paint.
'use strict';

(() => {
  applySavedTheme();
  guardMarkup();
  watchStart();

  // The console saves the theme as a JSON string. "system" is what the styles do by themselves.
  function applySavedTheme() {
    let theme = 'system';
    try {
      theme = JSON.parse(localStorage.getItem('tollgate.preferences.theme') ?? '"system"');
    } catch {
      // Storage is refused or holds something else: the system's theme it is, and the console will say why.
    }
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
  }

  // Every string that becomes markup or a script's address passes here.
  // The view layer makes elements from templates fixed at compile time; none of them needs what is refused below.
  // No text of a user ever becomes markup, so a refusal is a bug or an attack: it is thrown, never repaired.
  function guardMarkup() {
    if (!window.trustedTypes?.createPolicy) {
      return;
    }
    const active = /<\s*(?:script|iframe|object|embed)|[\s"'/]on[a-z]+\s*=|\bsrcdoc\b|javascript\s*:/i;
    window.trustedTypes.createPolicy('default', {
      createHTML(text) {
        if (active.test(text)) {
          throw new TypeError('markup that could run a script was refused');
        }
        return text;
      },
      createScriptURL(text) {
        const url = new URL(text, document.baseURI);
        if (url.origin !== location.origin || url.protocol !== location.protocol) {
          throw new TypeError(`a script from elsewhere was refused: \`${url.origin}\``);
        }
        return text;
      },
      createScript() {
        throw new TypeError('text was refused as a script');
      },
    });
  }

  // Until the console runs, any failure is a failure to start.
  function watchStart() {
    const controller = new AbortController();
    const options = { signal: controller.signal, capture: true };
    addEventListener('TrunkApplicationStarted', () => {
      controller.abort();
      document.getElementById('boot')?.remove();
    });
    addEventListener('unhandledrejection', (event) => explain(reasonText(event.reason)), options);
    addEventListener(
      'error',
      (event) => {
        if (event instanceof ErrorEvent) {
          explain(event.message);
        } else if (event.target instanceof HTMLScriptElement) {
          explain(`a part of the console could not be loaded: ${event.target.src || 'its start script'}`);
        }
      },
      options,
    );
    if (typeof WebAssembly !== 'object') {
      explain('this browser has no WebAssembly, or it is turned off');
    }
  }

  function reasonText(reason) {
    return reason instanceof Error ? reason.message : String(reason);
  }

  // Nothing is shown once the console has taken the place of the opening words: it has its own notices.
  function explain(cause) {
    if (document.readyState === 'loading') {
      addEventListener('DOMContentLoaded', () => explain(cause), { once: true });
      return;
    }
    const boot = document.getElementById('boot');
    if (!boot || boot.dataset.failed) {
      return;
    }
    boot.dataset.failed = 'true';
    boot.setAttribute('role', 'alert');
    const paragraphs = [
      'Tollgate could not start.',
      `Cause: ${cause}`,
      'What is stored in this browser was not touched. Reload the page; if that does not help, use a current browser with WebAssembly turned on.',
    ].map((text) => {
      const paragraph = document.createElement('p');
      paragraph.textContent = text;
      return paragraph;
    });
    boot.replaceChildren(...paragraphs);
  }
})();
