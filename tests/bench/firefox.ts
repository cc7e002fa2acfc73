// Firefox, steered through its own driver, for as little as is asked of it here.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { given } from './plan.ts';

/** How long a busy machine may take, in milliseconds, and how often is asked whether it is done. */
const PATIENCE = 120_000;
const PAUSE = 100;

/** What the title of a page says when it has kept everything. */
const KEPT = 'kept';

/** Puts the values of a file into a store in Firefox, on a profile, and ends it as a user does. */
export async function keepInFirefox(
  profile: string,
  origin: string,
  { store, file }: { store: string; file: string },
): Promise<void> {
  const port = await freePort();
  const driver = spawn(given('TOLLGATE_GECKODRIVER'), ['--port', `${port}`], { stdio: 'ignore' });
  try {
    const address = `http://127.0.0.1:${port}`;
    await until('the driver of Firefox answers', () => isReady(address));
    const session = await begin(address, profile);
    try {
      await command('POST', `${session}/url`, { url: origin });
      await command('POST', `${session}/execute/sync`, { script: START, args: [store, file] });
      await until('Firefox has kept everything', async () => isKept(String(await command('GET', `${session}/title`))));
    } finally {
      await command('DELETE', session);
    }
  } finally {
    driver.kill();
  }
}

/** A module of the page's own, since a script of the driver can import nothing. */
const START = `
const [store, file] = arguments;
const module = document.createElement('script');
module.type = 'module';
module.textContent = \`
import { keep } from '/page/values.js';
keep(\${JSON.stringify(store)}, \${JSON.stringify(file)}).then(
  () => (document.title = '${KEPT}'),
  (error) => (document.title = 'failed: ' + error),
);\`;
document.head.append(module);
`;

function isKept(title: string): boolean {
  if (title.startsWith('failed')) {
    throw new Error(`Firefox ${title}`);
  }
  return title === KEPT;
}

/** Starts Firefox and answers the address of its session. */
async function begin(address: string, profile: string): Promise<string> {
  const options = { binary: given('TOLLGATE_FIREFOX'), args: ['-headless', '-profile', profile] };
  const capabilities = { alwaysMatch: { 'moz:firefoxOptions': options } };
  const session = (await command('POST', `${address}/session`, { capabilities })) as { sessionId: string };
  return `${address}/session/${session.sessionId}`;
}

/** Asks the driver, and answers the value that it gives. */
async function command(method: string, address: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) {
    throw new Error(`the driver of Firefox refused ${method} ${address}: ${JSON.stringify(value)}`);
  }
  return value;
}

async function isReady(address: string): Promise<boolean> {
  const status = await command('GET', `${address}/status`).catch(() => undefined);
  return (status as { ready?: boolean } | undefined)?.ready === true;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > PATIENCE) {
      throw new Error(`waited in vain until ${what}`);
    }
    await pause(PAUSE);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
