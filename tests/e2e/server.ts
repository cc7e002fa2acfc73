// Serves a folder on this machine, under the headers that the folder's own file asks for.
//
// What `cargo xtask serve` does for a user, this does for a story: every place is answered by the one page,
// a missing file is missing, and nothing outside the folder is sent.

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = 'index.html';
const HEADERS = '_headers';

const MEDIA_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  wasm: 'application/wasm',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

export type Headers = ReadonlyMap<string, string>;

/** Something that answers on a port of its own until it is closed. */
export interface Site {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Headers;
  body: string | Buffer;
}

/** The folder of the built page: the one that `TOLLGATE_DIST` names, or the project's own. */
export function distFolder(): string {
  return process.env['TOLLGATE_DIST'] || fileURLToPath(new URL('../../dist', import.meta.url));
}

/** The headers that the build wrote for every file of the page. A page without them is not what is to be tested. */
export async function sealedHeaders(folder: string): Promise<Headers> {
  const text = await readFile(join(folder, HEADERS), 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} holds no sealed page: \`cargo xtask dist\` makes one`, { cause });
  });
  const [, everyPath = ''] = text.split(/^\/\*$/m);
  const lines = everyPath.split('\n').filter((line) => line.startsWith(' '));
  const headers = new Map(
    lines.map((line): [string, string] => {
      const [name = '', ...value] = line.trim().split(': ');
      return [name, value.join(': ')];
    }),
  );
  if (!headers.has('Content-Security-Policy')) {
    throw new Error(`${join(folder, HEADERS)} states no content security policy`);
  }
  return headers;
}

/** Serves the built page. */
export async function servePage(folder: string): Promise<Site> {
  const headers = await sealedHeaders(folder);
  return serve((request) => pageAnswer(folder, request), headers);
}

/** Serves the files of folders and an empty page beside them, for programs that bring no page of their own. */
export async function serveProgram(...folders: string[]): Promise<Site> {
  const empty = { status: 200, headers: file('index.html'), body: '<!doctype html><title>Program</title>' };
  return serve(async ({ path }) => {
    const answers = folders.map(async (folder) => (await fileAnswer(folder, path)) ?? missing());
    const found = (await Promise.all(answers)).find((answer) => answer.status === 200);
    return path === '/' ? empty : (found ?? missing());
  }, new Map());
}

interface Asked {
  path: string;
  accept: string;
}

async function pageAnswer(folder: string, { path, accept }: Asked): Promise<Answer> {
  const found = path === '/' ? undefined : await fileAnswer(folder, path);
  if (found) {
    return found;
  }
  if (mediaType(path) && path !== `/${PAGE}` && !accept.includes('text/html')) {
    return missing();
  }
  return (await fileAnswer(folder, `/${PAGE}`)) ?? missing();
}

async function fileAnswer(folder: string, path: string): Promise<Answer | undefined> {
  const segments = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (segments.some((segment) => segment === '.' || segment === '..' || /[/\\\0]/.test(segment))) {
    return { status: 400, headers: new Map(), body: 'this path is not served\n' };
  }
  try {
    return { status: 200, headers: file(path), body: await readFile(join(folder, ...segments)) };
  } catch {
    return undefined;
  }
}

function file(path: string): Headers {
  const kept = /-[0-9a-f]{10,16}(?:_bg)?\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return new Map([
    ['Content-Type', mediaType(path) ?? 'application/octet-stream'],
    ['Cache-Control', kept],
  ]);
}

function mediaType(path: string): string | undefined {
  return MEDIA_TYPES[path.split('.').at(-1) ?? ''];
}

function missing(): Answer {
  return { status: 404, headers: new Map([['Content-Type', 'text/plain']]), body: 'there is no such file\n' };
}

async function serve(answer: (asked: Asked) => Promise<Answer>, everywhere: Headers): Promise<Site> {
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const { status, headers, body } = await answer({ path, accept: request.headers.accept ?? '' });
    response.writeHead(status, Object.fromEntries([...headers, ...everywhere])).end(body);
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
