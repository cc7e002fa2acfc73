// What a page may not do, even when text of an attacker has got into it.

import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { distFolder, sealedHeaders } from '../server.ts';

/** A hash of a script of ours is the only thing that a build adds. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default tollgate',
];

interface TrustedTypes {
  createPolicy(name: string, rules: object): void;
}

function directives(policy: string): string[] {
  return policy.replaceAll(/ 'sha256-[A-Za-z0-9+/]{43}='/g, '').split('; ');
}

test('every file is sent under the policy, and the page carries it as well', async ({ request, tollgate, page }) => {
  const sealed = await sealedHeaders(distFolder());
  for (const path of ['/', '/tokens/new', '/manifest.webmanifest', '/service_worker.js', '/missing.js']) {
    const headers = (await request.get(path)).headers();
    for (const [name, value] of sealed) {
      expect(headers[name.toLowerCase()], `${name} of ${path}`).toBe(value);
    }
  }
  const policy = sealed.get('Content-Security-Policy') ?? '';
  expect(directives(policy)).toEqual([...POLICY, "frame-ancestors 'none'"]);
  expect(policy).toContain("'sha256-");
  expect(sealed.get('X-Content-Type-Options')).toBe('nosniff');
  expect(sealed.get('Referrer-Policy')).toBe('no-referrer');
  expect(sealed.get('X-Frame-Options')).toBe('DENY');
  expect(sealed.get('Cross-Origin-Opener-Policy')).toBe('same-origin');

  await tollgate.open();
  const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(`${meta}; frame-ancestors 'none'`).toBe(policy);
});

test('what the documents say about the policy is what is sent', async () => {
  const documented = await readFile(new URL('../../../docs/security.md', import.meta.url), 'utf8');
  for (const directive of [...POLICY, "frame-ancestors 'none'"]) {
    expect(documented, `docs/security.md says ${directive}`).toContain(directive);
  }
});

test('markup and text that could run are refused, each in its own way', async ({ tollgate, page, watcher }) => {
  await tollgate.open();
  const refused = await page.evaluate(async () => {
    const outcomes: Record<string, string> = {};
    const attempt = async (what: string, act: () => unknown) => {
      // A turn of its own: what a debugger asks for directly, it may do.
      await new Promise<void>((done) => {
        setTimeout(async () => {
          try {
            outcomes[what] = `done: ${String(await act())}`;
          } catch (error) {
            outcomes[what] = String(error);
          }
          done();
        });
      });
    };
    const made = <K extends keyof HTMLElementTagNameMap>(name: K) => document.createElement(name);
    await attempt('image with a handler', () => {
      made('div').innerHTML = '<img src="x" onerror="window.ran = true">';
    });
    await attempt('script in markup', () => {
      document.body.insertAdjacentHTML('beforeend', '<script>window.ran = true</script>');
    });
    await attempt('handler in an attribute', () => document.body.setAttribute('onclick', 'window.ran = true'));
    await attempt('text of a script', () => {
      made('script').textContent = 'window.ran = true';
    });
    await attempt('script from elsewhere', () => {
      made('script').src = 'https://elsewhere.invalid/script.js';
    });
    await attempt('text as a program', () => globalThis.eval('window.ran = true'));
    await attempt('text as a function', () => new Function('window.ran = true')());
    await attempt('another policy', () => {
      const { trustedTypes } = window as unknown as { trustedTypes: TrustedTypes };
      trustedTypes.createPolicy('another', {});
    });
    return outcomes;
  });
  expect(refused).toEqual({
    'image with a handler': 'TypeError: markup that could run a script was refused',
    'script in markup': 'TypeError: markup that could run a script was refused',
    'handler in an attribute': 'TypeError: text was refused as a script',
    'text of a script': 'TypeError: text was refused as a script',
    'script from elsewhere': 'TypeError: a script from elsewhere was refused: `https://elsewhere.invalid`',
    'text as a program': expect.stringMatching(/^EvalError: .*Content Security Policy/),
    'text as a function': expect.stringMatching(/^EvalError: .*Content Security Policy/),
    'another policy': expect.stringContaining('disallowed'),
  });
  expect(await page.evaluate(() => 'ran' in window), 'nothing of it ran').toBe(false);
  const { violations } = watcher.take();
  expect(new Set(violations)).toContain('trusted-types: trusted-types-policy another');
});

test('an inline script, a form and a request to elsewhere are blocked', async ({ tollgate, page, watcher }) => {
  await tollgate.open();
  await page.evaluate(async () => {
    const script = document.createElement('script');
    script.append(document.createTextNode('window.ran = true'));
    document.head.append(script);
    await fetch('https://elsewhere.invalid/').catch(() => undefined);
    const form = document.createElement('form');
    form.action = 'https://elsewhere.invalid/';
    document.body.append(form);
    form.submit();
    const frame = document.createElement('iframe');
    frame.src = '/';
    document.body.append(frame);
  });
  // The header and the page state the policy, and each reports for itself.
  const reported = new Set<string>();
  await expect
    .poll(() => {
      watcher.take().violations.forEach((violation) => reported.add(violation.split(':')[0] ?? ''));
      return [...reported].sort();
    })
    .toEqual(['connect-src', 'form-action', 'frame-src']);
  expect(await page.evaluate(() => 'ran' in window), 'the script did not run').toBe(false);
  watcher.take();
});
