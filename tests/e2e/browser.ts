// The browser that plays the stories, and how it is kept quiet.

import { existsSync } from 'node:fs';

/** Without these, the browser talks to its maker's servers by itself, or needs what a container lacks. */
export const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser's program: the one that `TOLLGATE_CHROMIUM` names, or the system's. */
export function browserProgram(): string {
  const program = process.env['TOLLGATE_CHROMIUM'] || '/usr/bin/chromium';
  if (!existsSync(program)) {
    throw new Error(`there is no browser at ${program}; name one in TOLLGATE_CHROMIUM`);
  }
  return program;
}
