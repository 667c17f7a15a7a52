/**
 * Reads the full articles of new entries from their pages, for sources whose feed has only summaries (`fullText`).
 *
 * It asks a few pages in a refresh, one after the other with the host's pause between, within a bounded time. The refresh
 * already holds its own host; pages of other hosts are visits. When a page fails, the text of the feed stays.
 */
import type { Entry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import { hostOf } from '../domain/http-url.ts';
import type { Source } from '../domain/source.ts';
import { readWebPage } from '../feed/read/page/web-page.ts';
import { toPlainText } from '../feed/sanitize/plain-text.ts';
import { sanitizeHtml } from '../feed/sanitize/sanitize-html.ts';
import type { Retrieve, RetrieveRequest } from './retrieval.ts';
import { createVisit, type VisitPorts } from './visit.ts';

/** What reading pages needs from outside. */
export interface FullTextPorts extends VisitPorts {
  readonly now: () => number;
  readonly config: { readonly hostPauseMs: number };
}

/** Pages asked in one refresh; a source's first document may bring hundreds of entries. */
export const maxPages = 5;

/** No page is requested after this: the refresh must end before its claim does. Milliseconds. */
const maxMs = 60_000;

/** A text of this length is already a full article. Unit: UTF-16 units of plain text. */
const articleLength = 1500;

/**
 * Returns the entries in their order; the first few short ones get the article of their page as content. Pages of the
 * source's own origin are asked with the source's login.
 */
export async function completeFromPages(
  ports: FullTextPorts,
  entries: readonly Entry<SafeHtml>[],
  source: Pick<Source, 'url' | 'request'>,
): Promise<readonly Entry<SafeHtml>[]> {
  const beganAt = ports.now();
  const visit = createVisit(ports);
  const ownHost = hostOf(source.url);
  let asked = 0;
  const completed: Entry<SafeHtml>[] = [];
  for (const entry of entries) {
    const isOpen = asked < maxPages && ports.now() - beganAt < maxMs;
    if (!isOpen || entry.url === undefined || textOf(entry).length >= articleLength) {
      completed.push(entry);
      continue;
    }
    asked += 1;
    const isOwn = hostOf(entry.url) === ownHost;
    // Pauses before the first page, too: the feed itself was asked a moment ago.
    if (isOwn) await ports.pause(ports.config.hostPauseMs);
    const own = source.request === undefined ? {} : { own: source.request };
    const request = { url: entry.url, validators: {}, accept: 'page', ...own } as const;
    completed.push((await readArticle(isOwn ? ports.retrieve : visit, entry, request)) ?? entry);
  }
  return completed;
}

async function readArticle(
  retrieve: Retrieve,
  entry: Entry<SafeHtml>,
  request: RetrieveRequest,
): Promise<Entry<SafeHtml> | undefined> {
  const retrieved = await retrieve(request);
  if (!retrieved.ok || retrieved.value.kind !== 'document') return undefined;
  const page = readWebPage(retrieved.value.document);
  if (!page.ok) return undefined;
  const content = sanitizeHtml(page.value.content);
  // A page with less text than the feed is a consent wall, a teaser or an error that came with status 200.
  if (toPlainText(content).length <= textOf(entry).length) return undefined;
  const image = entry.image ?? page.value.image;
  return { ...entry, content, ...(image === undefined ? {} : { image }) };
}

function textOf(entry: Entry<SafeHtml>): string {
  return entry.content === undefined ? entry.summary : toPlainText(entry.content);
}
