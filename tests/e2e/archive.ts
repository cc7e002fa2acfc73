// Exports of the console, as somebody with a text editor sees them: read, damaged and forged.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

interface Archive {
  format: string;
  version: number;
  head: { sequence: number; hash: string };
  records: { sequence: number; bytes: string }[];
}

/** The text of the file that a press hands out. */
export async function handedOut(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** A file as an input takes it. */
export function file(name: string, text: string) {
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) };
}

/** Everything that an export holds, its records included, as text in which pieces can be looked for. */
export function everythingIn(text: string): string {
  const { records } = JSON.parse(text) as Archive;
  return [text, ...records.map(({ bytes }) => Buffer.from(bytes, 'base64').toString('latin1'))].join('\n');
}

/** The same with something else in it. */
export function changed(text: string, change: (archive: Archive) => void): string {
  const archive = JSON.parse(text) as Archive;
  change(archive);
  return JSON.stringify(archive, null, 2);
}

/** One bit of a record is another, counted from the first record. */
export function damaged(text: string, record: number): string {
  return changed(text, ({ records }) => {
    const found = records[record];
    if (found) {
      const bytes = Buffer.from(found.bytes, 'base64');
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      found.bytes = bytes.toString('base64');
    }
  });
}

/** Where the events of a record begin, and where the hash of the record before stands. */
const EVENTS = 49;
const PREVIOUS = 17;
const HASH = 32;

/** The same history with other words in its events, forged so well that every hash is right. */
export function forged(text: string, words: (event: string) => string): string {
  return changed(text, (archive) => {
    let previous: Buffer | undefined;
    for (const record of archive.records) {
      const bytes = Buffer.from(record.bytes, 'base64');
      const parts = [Buffer.from(bytes.subarray(0, EVENTS))];
      previous?.copy(parts[0] ?? bytes, PREVIOUS);
      for (let at = EVENTS; at < bytes.length - HASH; at += 4 + bytes.readUInt32LE(at)) {
        const event = Buffer.from(words(bytes.toString('utf8', at + 4, at + 4 + bytes.readUInt32LE(at))));
        const length = Buffer.alloc(4);
        length.writeUInt32LE(event.length);
        parts.push(length, event);
      }
      const body = Buffer.concat(parts);
      previous = createHash('sha256').update(body).digest();
      record.bytes = Buffer.concat([body, previous]).toString('base64');
      archive.head.hash = previous.toString('hex');
    }
  });
}
