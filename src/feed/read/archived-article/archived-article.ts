/**
 * Reads an archived article (a seed file) as an entry.
 *
 * Bytes in, entry out; no I/O, no clock, never throws. Faults that it could read past are in `defects`; a file that
 * cannot be an entry is a failure with its line. The HTML is still untrusted, and the language is only what the file
 * itself declares.
 * @see seeds/README.md for the format
 */
import type { Defect } from '../../../domain/document.ts';
import { type Entry, type EntryId, toEntryId } from '../../../domain/entry.ts';
import type { SeedFailure } from '../../../domain/failure.ts';
import type { UntrustedHtml } from '../../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type SourceId, toSourceId } from '../../../domain/source.ts';
import { type ArchivedBody, readArchivedBody } from './archived-body.ts';
import { decodeArchivedBytes } from './bytes.ts';
import { type ArchivedHead, readArchivedHead } from './head.ts';
import { languageOfPath, toLanguage } from './language.ts';
import { type FindArticle, findByNumber } from './links.ts';
import { knownSites, rulesOfSite, type SiteTable } from './site-rules.ts';
import { type DateHabits, parseZonedDate, settleDate } from './zoned-date.ts';

/** One article read from a seed file. */
export interface ArchivedArticle {
  readonly entry: Entry<UntrustedHtml>;
  /** The archive stamp; without one, the article's own date. */
  readonly archivedAt: Instant;
  /** The origin of `entry.published`: the file's own date, that date moved back by hours, or the archive stamp. */
  readonly dateFrom: 'text' | 'shifted text' | 'stamp';
  /** The site of the article: its origin, which is also the address of its source. */
  readonly site: HttpUrl;
  readonly sourceId: SourceId;
  /** Labels for its tags: folders, site host without `www.`, its tags lines. The language is added after detection. */
  readonly labels: readonly string[];
  readonly defects: readonly Defect[];
}

/**
 * Reads one file. `path` is relative to seeds/articles and separated by `/`: its folders become labels. `findArticle`
 * knows the public pages of other archived articles; without it, only the site rules do.
 */
export function readArchivedArticle(
  bytes: Uint8Array,
  path: string,
  findArticle: FindArticle = () => undefined,
  sites: SiteTable = knownSites,
): Result<ArchivedArticle, SeedFailure> {
  const text = decodeArchivedBytes(bytes);
  if (!text.ok) return text;
  const head = readArchivedHead(text.value);
  if (!head.ok) return head;
  const { title, permalink, front, tagLabels } = head.value;
  const site = rulesOfSite(sites, permalink);
  const habits = habitsOf(permalink, site);
  const byNumber = findByNumber(sites);
  const body = readArchivedBody(head.value.body, {
    title,
    permalink,
    findArticle: (reference) => findArticle(reference) ?? byNumber(reference),
    habits,
    adverts: site.adverts ?? [],
  });
  const defects = [...head.value.defects, ...body.defects];
  const dates = readDates(head.value, body, habits, defects);
  if (!dates.ok) return dates;
  if (body.markup === '') {
    const detail = 'There is no text below the title: the entry is a link with a title.';
    defects.push({ kind: 'no-body', detail, line: head.value.bodyLine });
  }

  const { archivedAt, published, updated, dateFrom } = dates.value;
  const origin = new URL(permalink);
  const siteUrl = parseHttpUrl(origin.origin) ?? permalink;
  const sourceId = toSourceId(siteUrl);
  const language = languageOfPath(permalink) ?? toLanguage(front?.lang ?? '');
  const authors = body.authors.length > 0 ? body.authors : (front?.authors ?? []);
  const entry: Entry<UntrustedHtml> = {
    id: toEntryId(sourceId, permalink),
    guid: permalink,
    url: permalink,
    title,
    summary: body.summary,
    ...(body.markup === '' ? {} : { content: { markup: body.markup, base: permalink } }),
    published,
    ...(updated === undefined ? {} : { updated }),
    authors: authors.map((name) => ({ name })),
    categories: (front?.labels ?? []).map((term) => ({ term })),
    enclosures: body.enclosures,
    ...(body.image === undefined ? {} : { image: body.image }),
    ...(language === undefined ? {} : { language }),
    ...(body.rights === undefined ? {} : { rights: body.rights }),
  };
  const labels = [...path.split('/').slice(0, -1).filter(Boolean), origin.host.replace(/^www\./, ''), ...tagLabels];
  return ok({ entry, archivedAt, dateFrom, site: siteUrl, sourceId, labels, defects });
}

function habitsOf(permalink: HttpUrl, { zone, dateOrder }: { zone?: string; dateOrder?: string }): DateHabits {
  const dayFirst = dateOrder === undefined ? languageOfPath(permalink) !== 'en-US' : dateOrder === 'day first';
  return { ...(zone === undefined ? {} : { zone }), dayFirst };
}

interface Dates {
  readonly archivedAt: Instant;
  readonly published: Instant;
  readonly updated?: Instant;
  readonly dateFrom: ArchivedArticle['dateFrom'];
}

/** Published: the date block, else the front matter's date, else the stamp. Archived: the stamp, else those, the other way round. */
function readDates(
  { stamp, front }: ArchivedHead,
  body: ArchivedBody,
  habits: DateHabits,
  defects: Defect[],
): Result<Dates, SeedFailure> {
  const inFront = front?.date === undefined ? undefined : parseZonedDate(front.date, habits);
  if (front?.date !== undefined && inFront === undefined) {
    defects.push({
      kind: 'unparsable-date',
      detail: `The date in the front matter was not understood: ${front.date.slice(0, 100)}`,
    });
  }
  const said = body.published ?? inFront;
  if (!stamp.ok) {
    const archivedAt = inFront ?? said;
    return archivedAt === undefined || said === undefined
      ? stamp
      : ok({ archivedAt, published: said, dateFrom: 'text' });
  }
  const archivedAt = stamp.value;
  if (said === undefined) return ok({ archivedAt, published: archivedAt, dateFrom: 'stamp' });
  const { published, shifted } = settleDate(said, archivedAt);
  const isLate = said > archivedAt;
  if (shifted !== undefined) {
    const detail = `The date lies after the archive stamp: it was read as local time, ${shifted} h ahead of UTC.`;
    defects.push({ kind: 'shifted-date', detail });
  } else if (isLate) {
    const detail = 'The date lies long after the archive stamp: the stamp was taken instead.';
    defects.push({ kind: 'published-after-archived', detail });
  }
  const dateFrom = shifted !== undefined ? 'shifted text' : isLate ? 'stamp' : 'text';
  return ok({ archivedAt, published, ...(archivedAt > published ? { updated: archivedAt } : {}), dateFrom });
}

/** The facts that decide between two articles with one permalink. */
interface Held {
  readonly id: EntryId;
  readonly archivedAt: Instant;
}

/**
 * Keeps an article under its entry's id. Of two with one permalink the one archived later is kept, else the first.
 * Returns which one is kept and which one is not.
 */
export function keepLatest<T extends Held>(
  kept: Map<EntryId, T>,
  read: T,
): { readonly winner: T; readonly loser: T } | undefined {
  const other = kept.get(read.id);
  const wins = other === undefined || read.archivedAt > other.archivedAt;
  if (wins) kept.set(read.id, read);
  if (other === undefined) return undefined;
  return wins ? { winner: read, loser: other } : { winner: other, loser: read };
}
