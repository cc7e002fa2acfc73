// The values of our database as they lie there: taken out of one profile, and put into another that holds nothing else,
// so that its files show what they weigh.

/** A value with its key, in base 64. */
export type Stored = [key: IDBValidKey, bytes: string];

const DATABASE = 'tollgate/bench';

/** The version and the stores of our database. */
const VERSION = 2;
const STORES = ['journal', 'segment', 'chunk', 'meta'];

/** The keys of a store, in their order. */
export async function keys(store: string): Promise<IDBValidKey[]> {
  const database = await open();
  return result(database.transaction(store).objectStore(store).getAllKeys());
}

/** The values of a store whose keys lie between two, both included. */
export async function values(store: string, from: IDBValidKey, to: IDBValidKey): Promise<Stored[]> {
  const database = await open();
  const wanted = IDBKeyRange.bound(from, to);
  const objects = database.transaction(store).objectStore(store);
  const [keys, found] = await Promise.all([
    result(objects.getAllKeys(wanted)),
    result(objects.getAll(wanted) as IDBRequest<Uint8Array<ArrayBuffer>[]>),
  ]);
  const texts = await Promise.all(found.map(base64));
  return keys.map((key, at) => [key, texts[at] ?? '']);
}

/** Puts the values that a file holds into a store, each in a strict transaction, as our store writes them. */
export async function keep(store: string, file: string): Promise<void> {
  const database = await open();
  const stored = (await (await fetch(file)).json()) as Stored[];
  for (const [key, text] of stored) {
    const bytes = await (await fetch(`data:application/octet-stream;base64,${text}`)).arrayBuffer();
    await new Promise<void>((done, failed) => {
      const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
      transaction.objectStore(store).add(new Uint8Array(bytes), key);
    });
  }
  database.close();
}

function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, VERSION);
  opening.onupgradeneeded = () => {
    for (const store of STORES) {
      opening.result.createObjectStore(store);
    }
  };
  return result(opening);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function base64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
  });
}
