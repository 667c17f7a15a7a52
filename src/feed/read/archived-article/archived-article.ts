/**
 * An archived article (a seed file) as an entry.
 *
 * Bytes in, entry out; no I/O, no clock, never throws. What was forgiven is in `defects`; what cannot be an entry is a
 * failure with its line. The HTML is still untrusted, and the language is only what the permalink's path says.
 * @see seeds/README.md for the format
 */
import type { Defect } from '../../../domain/defect.ts';
import { type Entry, type EntryId, toEntryId } from '../../../domain/entry.ts';
import type { SeedFailure } from '../../../domain/failure.ts';
import type { UntrustedHtml } from '../../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type SourceId, toSourceId } from '../../../domain/source.ts';
import { readArchivedBody } from './body.ts';
import { decodeArchivedBytes } from './bytes.ts';
import { readArchivedHead } from './head.ts';
import { languageOfPath } from './language.ts';
import type { FindArticle } from './links.ts';

/** One article read from a seed file. */
export interface ArchivedArticle {
  readonly entry: Entry<UntrustedHtml>;
  readonly archivedAt: Instant;
  /** The site it is from: its origin, also the address of its source. */
  readonly site: HttpUrl;
  readonly sourceId: SourceId;
  /** What it should be tagged with: folders, site host without `www.`, the tags line. Language comes after detection. */
  readonly labels: readonly string[];
  readonly defects: readonly Defect[];
}

/**
 * Reads one file. `path` is relative to seeds/articles and separated by `/`: its folders become labels. `findArticle`
 * knows the public pages of other archived articles; without it only the site rules do.
 */
export function readArchivedArticle(
  bytes: Uint8Array,
  path: string,
  findArticle: FindArticle = () => undefined,
): Result<ArchivedArticle, SeedFailure> {
  const text = decodeArchivedBytes(bytes);
  if (!text.ok) return text;
  const head = readArchivedHead(text.value);
  if (!head.ok) return head;
  const { archivedAt, title, permalink, tagLabels, bodyLine } = head.value;
  const body = readArchivedBody(head.value.body, permalink, findArticle);
  if (body.markup === '') return fail({ kind: 'bad-seed', line: bodyLine, reason: 'the body is empty' });

  const origin = new URL(permalink);
  const site = parseHttpUrl(origin.origin) ?? permalink;
  const sourceId = toSourceId(site);
  const published = body.published ?? archivedAt;
  const language = languageOfPath(permalink);
  const defects = [...head.value.defects, ...body.defects];
  if (published > archivedAt) {
    defects.push({ kind: 'published-after-archived', detail: 'The date block is later than the archive stamp.' });
  }
  const folders = path.split('/').slice(0, -1);
  const entry: Entry<UntrustedHtml> = {
    id: toEntryId(sourceId, permalink),
    guid: permalink,
    url: permalink,
    title,
    summary: body.summary,
    content: { markup: body.markup, base: permalink },
    published,
    ...(archivedAt > published ? { updated: archivedAt } : {}),
    authors: body.authors.map((name) => ({ name })),
    categories: [],
    enclosures: [],
    ...(body.image === undefined ? {} : { image: body.image }),
    ...(language === undefined ? {} : { language }),
    ...(body.rights === undefined ? {} : { rights: body.rights }),
  };
  const labels = [...folders, origin.host.replace(/^www\./, ''), ...tagLabels];
  return ok({ entry, archivedAt, site, sourceId, labels, defects });
}

/** An article with whatever else its reader knows of it. */
interface Held {
  readonly article: ArchivedArticle;
}

/** Keeps an article under its entry's id; when there are two now, says which one is kept and which one is not. */
export function keepLatest<T extends Held>(
  kept: Map<EntryId, T>,
  read: T,
): { readonly winner: T; readonly loser: T } | undefined {
  const { id } = read.article.entry;
  const other = kept.get(id);
  const wins = other === undefined || read.article.archivedAt > other.article.archivedAt;
  if (wins) kept.set(id, read);
  if (other === undefined) return undefined;
  return wins ? { winner: read, loser: other } : { winner: other, loser: read };
}
