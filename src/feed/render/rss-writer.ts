/**
 * Writes an entry as an RSS 2.0 item, with modules for facts that RSS cannot express: dc, content, media, atom.
 *
 * The frame declares the prefixes. Where RSS and a module could both hold a fact, only one does: the validator reports
 * duplicates, and readers show them twice.
 * @see https://www.rssboard.org/rss-profile
 */
import { renderRfc822, renderRfc3339 } from '../../domain/instant.ts';
import { looksLikeMarkup } from './format-rules.ts';
import { isCarried, namespacesOf, renderModules } from './module-writer.ts';
import type { PublicEnclosure, PublicEntry } from './public-entry.ts';
import {
  escapeText,
  renderCdata,
  renderElement,
  renderEmpty,
  renderOptional,
  renderParent,
  renderPlain,
} from './xml-writer.ts';

/** RSS never said whether a title is text or HTML, and readers guess HTML when it looks like it: then it is HTML. */
function renderTitle(title: string): string {
  return renderPlain('title', looksLikeMarkup(title) ? escapeText(title) : title);
}

// Podcast clients take the one enclosure for the episode, so a picture must not be first.
function mainEnclosure({ enclosures, modules }: PublicEntry): PublicEnclosure | undefined {
  const own = enclosures.filter(({ url }) => !isCarried(url, modules));
  const files = own.length > 0 ? own : enclosures;
  return files.find((enclosure) => /^(?:audio|video)\//.test(enclosure.assumedType)) ?? files[0];
}

function renderMediaContent(enclosure: PublicEnclosure): string {
  const attributes = {
    url: enclosure.url,
    type: enclosure.type,
    // Zero would say "empty file", which the validator refuses: it is how RSS writes "unknown".
    fileSize: enclosure.lengthBytes === 0 ? undefined : enclosure.lengthBytes,
    duration: enclosure.durationSeconds === undefined ? undefined : Math.ceil(enclosure.durationSeconds),
    width: enclosure.width,
    height: enclosure.height,
  };
  if (enclosure.title === undefined) return renderEmpty('media:content', attributes);
  return renderParent('media:content', renderPlain('media:title', enclosure.title, { type: 'plain' }), attributes);
}

function renderEnclosures(entry: PublicEntry): string {
  const { enclosures, modules } = entry;
  const main = mainEnclosure(entry);
  if (main === undefined) return '';
  const { url, assumedType: type, lengthBytes = 0, durationSeconds } = main;
  // The length of a single file is that of the episode, as podcast clients read it.
  const hasDuration = modules.some(({ name }) => name === 'itunes:duration');
  const isOnly = enclosures.length === 1;
  const others = enclosures.filter(
    (other) =>
      !isCarried(other.url, modules) &&
      (other !== main ||
        other.title !== undefined ||
        other.width !== undefined ||
        (other.durationSeconds !== undefined && !isOnly)),
  );
  const duration =
    isOnly && durationSeconds !== undefined && !hasDuration
      ? renderElement('itunes:duration', String(Math.ceil(durationSeconds)))
      : '';
  return (
    renderEmpty('enclosure', { url, length: lengthBytes, type }) + duration + others.map(renderMediaContent).join('')
  );
}

function renderText(entry: PublicEntry): string {
  // `description` is HTML by the specification, our summary is plain text: escaped twice on purpose. Empty before
  // content: readers of one of the two stay in step (W3C: NeedDescriptionBeforeContent).
  const description =
    entry.summary === '' && entry.content === undefined ? '' : renderElement('description', escapeText(entry.summary));
  if (entry.content === undefined) return description;
  return `${description}<content:encoded>${renderCdata(entry.content)}</content:encoded>\n`;
}

/** One `item`. */
export function renderRssItem(entry: PublicEntry): string {
  const { published, updated, origin, via } = entry;
  const link = entry.url ?? entry.externalUrl;
  const sourceUrl = origin.feedUrl ?? origin.siteUrl;
  let inner = '';
  if (entry.title !== '' || entry.summary === '') inner += renderTitle(entry.heading);
  if (link !== undefined) inner += renderElement('link', link);
  inner += renderElement('guid', entry.guid, { isPermaLink: entry.guid === entry.url ? 'true' : 'false' });
  if (published !== undefined) inner += renderElement('pubDate', renderRfc822(published));
  if (updated !== undefined && updated !== published) inner += renderElement('atom:updated', renderRfc3339(updated));
  for (const author of entry.authors) inner += renderPlain('dc:creator', author.name);
  for (const category of entry.categories) {
    inner += renderPlain('category', category.name, { domain: category.scheme });
  }
  inner += renderText(entry) + renderEnclosures(entry);
  if (entry.image !== undefined && !isCarried(entry.image, entry.modules)) {
    inner += renderEmpty('media:thumbnail', { url: entry.image });
  }
  if (sourceUrl !== undefined) inner += renderPlain('source', origin.title, { url: sourceUrl });
  inner += renderOptional('comments', entry.commentsUrl);
  inner += renderOptional('dc:language', entry.language);
  if (entry.rights !== '') inner += renderPlain('dc:rights', entry.rights);
  if (via !== undefined) inner += renderEmpty('atom:link', { rel: 'via', href: via.url, title: via.title });
  if (entry.externalUrl !== undefined && entry.url !== undefined) {
    inner += renderEmpty('atom:link', { rel: 'related', href: entry.externalUrl });
  }
  for (const { url, origin: other } of entry.also) {
    if (url !== undefined) inner += renderEmpty('atom:link', { rel: 'related', href: url, title: other.title });
  }
  return renderParent('item', inner + renderModules(entry.modules, 'rss'), namespacesOf(entry.modules));
}
