/**
 * Records entries of several sources in an Archive, and asks it as readers do.
 */
import { digest } from '../../src/domain/digest.ts';
import { type Entry, type EntryId, toEntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Source } from '../../src/domain/source.ts';
import type { Tag } from '../../src/domain/tag.ts';
import { createAnswers } from '../../src/platform/archive/answers/answer-query.ts';
import { writeEntry } from '../../src/platform/archive/entries/write-entries.ts';
import { type ArchiveState, changeEntries } from '../../src/platform/archive/ground/state.ts';
import { writeSource } from '../../src/platform/archive/rows/source-rows.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import type { Query } from '../../src/query/language/query.ts';
import { withinPath } from '../../src/window/view-address.ts';
import { givenSource } from './archive-objects.ts';
import { expectOk } from './given.ts';

const start = 1_795_000_000_000;
let clock = start;

/** The moment after the last recording. */
export function later(): Instant {
  return (clock + 1) as Instant;
}

/** An entry by its guid. */
export interface GivenEntry extends Partial<Omit<Entry<SafeHtml>, 'id' | 'content'>> {
  readonly name: string;
  readonly text?: string;
  readonly tags?: readonly string[];
}

/** Records an entry as a refresh does, a second after the one before. */
export function record(archive: ArchiveState, source: Source, given: GivenEntry): EntryId {
  const { name, text = 'The text of the article.', tags = [], ...fields } = given;
  const id = toEntryId(source.id, name);
  clock += 1000;
  changeEntries(archive, (log) => {
    const entry: Entry<SafeHtml> = {
      id,
      guid: name,
      title: 'An article',
      summary: text.slice(0, 20),
      content: `<p>${text}</p>` as SafeHtml,
      published: (start - 1000) as Instant,
      authors: [],
      categories: [],
      enclosures: [],
      ...fields,
    };
    const ownTags: Tag[] = tags.map((slug) => ({ slug, label: slug }));
    const contentHash = digest(JSON.stringify(entry));
    const recording = { entry, sourceId: source.id, tags: ownTags, contentHash };
    const change = writeEntry(archive.sql, recording, log.nextSequence(), clock as Instant);
    if (change !== undefined) log.note(change);
  });
  return id;
}

/** The items of a view, or of the feed of a source. */
export function ask(archive: ArchiveState, params = '', of?: Source): readonly Item[] {
  const asked = expectOk(parseQuery(new URLSearchParams(params)));
  const query: Query = of === undefined ? asked : withinPath({ kind: 'source', name: of.id }, asked);
  const { bytes, ends } = createAnswers(archive)(query, 'json', later());
  return ends.map((end, at) => JSON.parse(new TextDecoder().decode(bytes.subarray(at === 0 ? 0 : ends[at - 1], end))));
}

/** What is looked at of an item. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly content_html: string;
  readonly tags?: readonly string[];
  readonly _tributary: { readonly source: { title: string }; readonly also?: readonly { title: string }[] };
}

/** Follows a source. */
export function follow(archive: ArchiveState, host: string, changes: Partial<Source> = {}): Source {
  const source = givenSource(host, changes);
  writeSource(archive.sql, source);
  return source;
}
