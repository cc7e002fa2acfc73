// Keeps a copy of the program in this browser, so that the console starts without a network.
//
// Files of the program are kept, exactly as one build made them, and nothing else: what a server of tokens answers is
// neither kept nor looked at. A newer version waits until its user wants it, or until no page is left.
'use strict';

// The build fills these in: a name for this version, and every file of the page with its hash.
const VERSION = '';
const FILES = {};

const OURS = 'tollgate-program-';
const COPY = OURS + VERSION;

/** Every place of the console is this one page. */
const PAGE = new URL('./', location.href).href;

const HASHES = new Map(Object.entries(FILES).map(([file, hash]) => [new URL(file, location.href).href, hash]));

/** Behind such a path a server answers for itself, also when somebody opens it as a page. */
const API = /^(?:\/s\/[^/]+)?\/api(?:\/|$)/;

addEventListener('install', (event) => event.waitUntil(install()));

addEventListener('activate', (event) => event.waitUntil(activate()));

addEventListener('fetch', (event) => {
  const address = kept(event.request);
  if (address) {
    event.respondWith(answer(address, event.request));
  }
});

addEventListener('message', (event) => {
  if (event.data === 'take over') {
    event.waitUntil(skipWaiting());
  } else if (event.data === 'is the copy whole') {
    event.waitUntil(report(event.source));
  }
});

/** All or nothing: without every file there is no copy, and the version before goes on. */
async function install() {
  if (HASHES.size === 0) {
    // A build for development changes too often to be kept, and must not be hidden behind a copy of another.
    skipWaiting();
    return;
  }
  try {
    await fetchMissing();
  } catch (error) {
    // A browser that refuses to keep anything refuses this as well; the first refusal is the cause.
    await caches.delete(COPY).catch(() => undefined);
    for (const page of await clients.matchAll({ type: 'window', includeUncontrolled: true })) {
      page.postMessage({ says: 'failed', cause: error.message });
    }
    throw error;
  }
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== COPY);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (HASHES.size === 0) {
    await registration.unregister();
  } else {
    // The page that brought this worker along needs no reload before its network may go.
    await clients.claim();
  }
}

/** The address of the file that answers a request; nothing for a request that is none of our business. */
function kept(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || HASHES.size === 0) {
    return undefined;
  }
  if (HASHES.has(url.href)) {
    return url.href;
  }
  return request.mode === 'navigate' && !API.test(url.pathname) ? PAGE : undefined;
}

/** The copy has gone only if the browser or its user cleared it; then the network has to do. */
async function answer(address, request) {
  const copy = await caches.open(COPY);
  return (await copy.match(address, { ignoreVary: true })) ?? fetch(request);
}

/** Tells a page whether the copy is whole, and mends it first if it can. */
async function report(page) {
  try {
    await fetchMissing();
    page?.postMessage({ says: 'kept' });
  } catch (error) {
    page?.postMessage({ says: 'missing', cause: error.message });
  }
}

async function fetchMissing() {
  if (HASHES.size === 0) {
    throw new Error('this build keeps none');
  }
  const copy = await caches.open(COPY);
  const keep = async ([address, integrity]) => {
    if (!(await copy.match(address, { ignoreVary: true }))) {
      await copy.put(address, await fetched(address, integrity));
    }
  };
  await Promise.all([...HASHES].map(keep));
}

/** A file as the build made it. The headers come with it, the content security policy among them. */
async function fetched(address, integrity) {
  const { pathname } = new URL(address);
  const asked = fetch(address, { cache: 'reload', integrity, redirect: 'error' });
  const response = await asked.catch((error) => {
    throw new Error(`\`${pathname}\` did not arrive as it was built (${error.message})`);
  });
  if (!response.ok) {
    throw new Error(`the server answered ${response.status} for \`${pathname}\``);
  }
  return response;
}
