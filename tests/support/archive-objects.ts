/**
 * Sources and recordings for tests inside the runtime: entries arrive the way refreshes bring them.
 */
import { digest } from '../../src/domain/digest.ts';
import { type Entry, toEntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import type { Tag } from '../../src/domain/tag.ts';
import { archiveDoor, createArchiveWriter } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { givenInstant, givenUrl } from './given.ts';

/** A followed feed at this host. */
export function givenSource(host: string, changes: Partial<Source> = {}): Source {
  const url = givenUrl(`https://${host}/feed.xml`);
  return {
    id: toSourceId(url),
    kind: 'feed',
    url,
    title: host,
    tags: [],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'api',
    ...changes,
  };
}

/** An article of a source, by its name and date. */
export interface GivenArticle extends Partial<Entry<SafeHtml>> {
  readonly name: string;
  readonly at?: string;
  readonly tags?: readonly Tag[];
}

/** Adds a source with its first entries, or records more of a source that is there. */
export async function recordArticles(
  bindings: Bindings,
  source: Source,
  articles: readonly GivenArticle[],
): Promise<void> {
  const now = Date.now() as Instant;
  const recording = {
    kind: 'source',
    sourceId: source.id,
    state: { ...toInitialState(now), nextCheckAt: (now + 86_400_000) as Instant },
    entries: articles.map(({ name, at, tags = [], ...fields }) => ({
      entry: {
        id: toEntryId(source.id, name),
        guid: `urn:test:${source.id}:${name}`,
        title: name,
        summary: `About ${name}.`,
        authors: [],
        categories: [],
        enclosures: [],
        ...(at === undefined ? {} : { published: givenInstant(at) }),
        ...fields,
      },
      sourceId: source.id,
      tags,
      contentHash: digest(JSON.stringify([name, at, fields])),
    })),
  } as const;
  const admin = archiveDoor(bindings, 'owner');
  if ((await admin.source(source.id)) === undefined) await admin.addSource(source, recording);
  else await createArchiveWriter(bindings).record([recording]);
}
