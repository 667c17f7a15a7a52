/**
 * seeds/sources.opml: the feeds the owner declares, as sources; its folders and categories are their tags.
 */
import { describeFailure } from '../../src/domain/failure.ts';
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { readOpml } from '../../src/feed/read/formats/opml.ts';
import { toSeedTags } from '../../src/feed/tag/tag-entry.ts';
import type { Problem } from './read-rules.ts';

/** Sources that can be used, and the lines that cannot. */
export interface SourcesReading {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

// A subscription list on disk has no address of its own; its feeds must all be absolute.
const nowhere = parseHttpUrl('https://tributary.invalid/seeds/sources.opml');

/** Reads the bytes of sources.opml. */
export function readSources(bytes: Uint8Array): SourcesReading {
  if (nowhere === undefined) throw new TypeError('unreachable: a literal URL');
  const list = readOpml({ bytes, url: nowhere });
  if (!list.ok) return { sources: [], problems: [{ line: 1, reason: describeFailure(list.failure) }] };
  const sources = list.value.outlines.map(
    (outline): Source => ({
      id: toSourceId(outline.url),
      kind: outline.isPage === true ? 'page' : 'feed',
      url: outline.url,
      // Without a title of its own it takes the feed's when that comes: the address holds its place.
      title: outline.title === '' ? outline.url : outline.title,
      ...(outline.siteUrl === undefined ? {} : { siteUrl: outline.siteUrl }),
      tags: toSeedTags(outline.categories, undefined),
      ...outline.flags,
      declaredBy: 'file',
      ...(outline.page === undefined ? {} : { page: outline.page }),
    }),
  );
  return { sources, problems: list.value.rejected };
}
