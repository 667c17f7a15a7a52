/**
 * The corpus on disk: its expectations, one a line, as its README describes them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of expectations.jsonl. */
export interface Expectation {
  readonly file: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly category: string;
  readonly tier: string;
  readonly scope: 'feed' | 'item';
  readonly item?: number;
  readonly fields: readonly string[];
  readonly op: string;
  readonly value: unknown;
  /** The value is HTML, also where text is compared. */
  readonly html?: boolean;
}

/** Where the corpus says its documents are served from. */
export const corpusOrigin = 'http://127.0.0.1:8097';

/** Every expectation of the corpus in `directory`. Throws when there is none. */
export function loadExpectations(directory: string): Expectation[] {
  const lines = readFileSync(join(directory, 'expectations.jsonl'), 'utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line.replaceAll('{origin}', corpusOrigin)) as Expectation);
}

/** The bytes of one document of the corpus. */
export function loadDocument(directory: string, file: string): Uint8Array {
  return readFileSync(join(directory, 'feeds', file));
}
