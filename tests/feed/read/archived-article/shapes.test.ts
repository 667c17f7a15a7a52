import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { type Instant, renderRfc3339 } from '../../../../src/domain/instant.ts';
import { readArchivedArticle } from '../../../../src/feed/read/archived-article/archived-article.ts';
import { sanitizeEntry } from '../../../../src/feed/sanitize/sanitize-entry.ts';
import { expectOk } from '../../../support/given.ts';

const folder = resolve(import.meta.dirname, '../../../fixtures/archived');

/** What a fixture says of its article: fields of the entry (null: absent), and texts that its HTML has or lacks. */
interface Expected {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly facts?: {
    readonly dateFrom?: string;
    readonly defects?: readonly string[];
    readonly labels?: readonly string[];
  };
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -3));

it.each(names)('reads %s as its fixture says', (name) => {
  const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Expected;
  const article = expectOk(readArchivedArticle(readFileSync(join(folder, `${name}.md`)), `${name}.md`));
  const safe = sanitizeEntry(article.entry);
  const entry: Readonly<Record<string, unknown>> = { ...safe, ...article.entry, language: safe.language };
  const fields = Object.keys(expected.entry).map((field): [string, unknown] => {
    const held = entry[field];
    return [field, typeof held === 'number' ? renderRfc3339(held as Instant) : (held ?? null)];
  });
  expect(Object.fromEntries(fields)).toEqual(expected.entry);
  const markup = article.entry.content?.markup ?? '';
  for (const text of expected.has ?? []) expect(markup).toContain(text);
  for (const text of expected.lacks ?? []) expect(markup).not.toContain(text);
  const { dateFrom, labels } = article;
  const defects = article.defects.map(({ kind }) => kind);
  const facts = { dateFrom, labels, defects };
  expect(facts).toEqual({ ...facts, ...expected.facts });
});
