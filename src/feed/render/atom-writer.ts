/**
 * Writes an entry as a complete Atom 1.0 entry: it could stand alone and still name its origin.
 *
 * Every entry has its author and its language, so that it means the same in any feed that it is copied into.
 * @see RFC 4287 section 4.1.2 (entry), section 4.2.11 (source)
 */
import { renderRfc3339 } from '../../domain/instant.ts';
import { isAbsoluteIri, looksLikeMarkup } from './format-rules.ts';
import { isCarried, namespacesOf, renderModules } from './module-writer.ts';
import type { PublicEntry } from './public-entry.ts';
import { escapeText, renderCdata, renderElement, renderEmpty, renderOptional, renderParent } from './xml-writer.ts';

/** A text construct that no reader can take for the wrong type: text that looks like markup is sent as HTML (3.1.1). */
export function renderText(name: string, text: string): string {
  if (!looksLikeMarkup(text)) return renderElement(name, text);
  return renderElement(name, escapeText(text), { type: 'html' });
}

function renderTitle(entry: PublicEntry): string {
  if (entry.titleHtml === undefined || entry.title === '') return renderText('title', entry.heading);
  return renderElement('title', entry.titleHtml, { type: 'html' });
}

function renderLinks(entry: PublicEntry): string {
  const page = entry.url ?? entry.externalUrl;
  let links = '';
  if (page !== undefined) links += renderEmpty('link', { rel: 'alternate', type: 'text/html', href: page });
  if (entry.externalUrl !== undefined && entry.url !== undefined) {
    links += renderEmpty('link', { rel: 'related', href: entry.externalUrl });
  }
  if (entry.commentsUrl !== undefined) {
    links += renderEmpty('link', { rel: 'replies', type: 'text/html', href: entry.commentsUrl });
  }
  if (entry.via !== undefined) {
    links += renderEmpty('link', { rel: 'via', href: entry.via.url, title: entry.via.title });
  }
  for (const { url, origin } of entry.also) {
    if (url !== undefined) links += renderEmpty('link', { rel: 'related', href: url, title: origin.title });
  }
  for (const enclosure of entry.enclosures) {
    if (isCarried(enclosure.url, entry.modules)) continue;
    links += renderEmpty('link', {
      rel: 'enclosure',
      type: enclosure.type,
      length: enclosure.lengthBytes,
      href: enclosure.url,
      title: enclosure.title,
    });
  }
  return links;
}

/** Atom has no element for the duration of an enclosure. */
function renderDurations(entry: PublicEntry): string {
  const isSaid = entry.enclosures.length === 1 && entry.modules.some(({ name }) => name === 'itunes:duration');
  return entry.enclosures
    .filter(
      ({ durationSeconds, width, url }) =>
        (durationSeconds !== undefined || width !== undefined) && !isSaid && !isCarried(url, entry.modules),
    )
    .map(({ url, type, durationSeconds, width, height }) =>
      renderEmpty('media:content', {
        url,
        type,
        duration: durationSeconds === undefined ? undefined : Math.ceil(durationSeconds),
        width,
        height,
      }),
    )
    .join('');
}

function renderAuthors(entry: PublicEntry): string {
  // Section 4.1.2: every entry has an author, or its feed must; the origin stands in for entries without one.
  const authors =
    entry.authors.length > 0 ? entry.authors : [{ name: entry.origin.title, url: undefined, email: undefined }];
  return authors
    .map(({ name, url, email }) =>
      renderParent('author', renderElement('name', name) + renderOptional('uri', url) + renderOptional('email', email)),
    )
    .join('');
}

function renderCategories(entry: PublicEntry): string {
  const known = new Set<string>();
  let categories = '';
  for (const { term, scheme: declared, label } of entry.categories) {
    // A scheme is an IRI here (section 4.2.2.2); without theirs, two categories may have become one.
    const scheme = declared !== undefined && isAbsoluteIri(declared) ? declared : undefined;
    const key = `${term}\n${scheme ?? ''}`;
    if (!known.has(key)) categories += renderEmpty('category', { term, scheme, label });
    known.add(key);
  }
  return categories;
}

function renderSource(entry: PublicEntry): string {
  const { id, title, updated, feedUrl, siteUrl, rights } = entry.origin;
  let inner = renderElement('id', id) + renderText('title', title);
  // For entries of a former release, and of feeds without dates, this is the earliest possible date.
  inner += renderElement('updated', renderRfc3339(updated ?? entry.changed));
  if (feedUrl !== undefined) inner += renderEmpty('link', { rel: 'self', href: feedUrl });
  if (siteUrl !== undefined) inner += renderEmpty('link', { rel: 'alternate', type: 'text/html', href: siteUrl });
  if (rights !== undefined) inner += renderText('rights', rights);
  return renderParent('source', inner);
}

function renderContent(entry: PublicEntry): string {
  const summary = entry.summary === '' ? '' : renderText('summary', entry.summary);
  if (entry.content !== undefined) return `${summary}<content type="html">${renderCdata(entry.content)}</content>\n`;
  if (entry.url !== undefined || entry.externalUrl !== undefined) return summary;
  // Section 4.1.2: an entry without an alternate link must have content.
  return renderText('content', entry.summary === '' ? entry.heading : entry.summary);
}

/** One `entry`. */
export function renderAtomEntry(entry: PublicEntry): string {
  let inner = renderTitle(entry) + renderElement('id', entry.atomId) + renderLinks(entry);
  inner += renderElement('updated', renderRfc3339(entry.changed));
  if (entry.published !== undefined) inner += renderElement('published', renderRfc3339(entry.published));
  inner += renderAuthors(entry) + renderCategories(entry);
  if (entry.rights !== '') inner += renderText('rights', entry.rights);
  if (entry.image !== undefined && !isCarried(entry.image, entry.modules)) {
    inner += renderEmpty('media:thumbnail', { url: entry.image });
  }
  // An entry that names its own origin keeps it (section 4.2.11); ours is added only where there is none.
  const ownSource = entry.modules.some(({ name }) => name === 'atom:source');
  inner += renderDurations(entry) + renderModules(entry.modules, 'atom');
  inner += (ownSource ? '' : renderSource(entry)) + renderContent(entry);
  // An unknown language is written, too: else the feed's language would apply.
  return renderParent('entry', inner, { 'xml:lang': entry.language ?? '', ...namespacesOf(entry.modules) });
}
