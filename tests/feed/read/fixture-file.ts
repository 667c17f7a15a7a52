/**
 * A fixture describes itself: `Description`, `Spec`, `Header` and `Expect` lines in a comment (in JSON: `_expect` and so on).
 *
 * An expectation is `path = JSON` or `path has JSON`; null means that there is nothing. Instants are ISO 8601.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from '../../../src/domain/document.ts';
import { givenUrl } from '../../support/given.ts';

/** One fixture: a document and what is expected of it. */
export interface Fixture {
  readonly name: string;
  readonly description: string;
  readonly spec: string;
  readonly expectations: readonly string[];
  readonly document: Document;
}

const root = new URL('../../fixtures/read/', import.meta.url).pathname;

function lines(text: string, label: string): string[] {
  return [...text.matchAll(new RegExp(`^${label}: (.*)$`, 'gm'))].map((match) => match[1] ?? '');
}

function describe(text: string): Pick<Fixture, 'description' | 'spec' | 'expectations'> {
  if (!text.startsWith('{')) {
    return {
      description: lines(text, 'Description')[0] ?? '',
      spec: lines(text, 'Spec')[0] ?? '',
      expectations: lines(text, 'Expect'),
    };
  }
  const field = (name: string): string =>
    new RegExp(`"${name}": ("(?:[^"\\\\]|\\\\.)*"|\\[[^\\]]*?"\\s*\\])`).exec(text)?.[1] ?? '""';
  // Expectations hold brackets themselves: the list is cut where the next key begins.
  const list = /"_expect": (\[[\s\S]*?\]),\s*"\w+":/.exec(text)?.[1] ?? '[]';
  return {
    description: JSON.parse(field('_description')) as string,
    spec: JSON.parse(field('_spec')) as string,
    expectations: JSON.parse(list) as string[],
  };
}

function load(name: string): Fixture {
  const bytes = new Uint8Array(readFileSync(join(root, name)));
  const text = new TextDecoder().decode(bytes);
  const headers = new Map(
    lines(text, 'Header').map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const language = headers.get('content-language');
  const location = headers.get('content-location');
  return {
    name,
    ...describe(text),
    document: {
      bytes,
      url: givenUrl('https://example.org/feeds/feed.xml'),
      ...(language === undefined ? {} : { contentLanguage: language }),
      ...(location === undefined ? {} : { contentLocation: location }),
    },
  };
}

/** Every fixture under tests/fixtures/read, by name. */
export function loadFixtures(): Fixture[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => load(join(entry.parentPath, entry.name).slice(root.length)))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
