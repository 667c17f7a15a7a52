/**
 * An entry as the card that pages list: HTML, rendered ahead of time like the feed formats, free of any origin.
 *
 * Links into our own pages are root-relative. Text is escaped; the entry's content is not shown here, only its summary.
 */
import type { RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import { renderRfc3339 } from '../../domain/instant.ts';
import { renderDay } from './day.ts';
import { directionOf } from './direction.ts';
import { toHeading } from './heading.ts';
import { escapeAttribute, escapeText } from './xml-writer.ts';

/** Tags shown on a card; the entry's page shows all. */
const maxTags = 5;

/** The card of one entry. */
export function renderCard(entry: RecordedEntry<SafeHtml>): string {
  const direction = directionOf(entry.language);
  // A known language sets the whole card; else each text is set by its own first letter.
  const whole = direction === 'auto' ? '' : ` dir="${direction}"`;
  const each = direction === 'auto' ? ' dir="auto"' : '';
  const language = entry.language === undefined ? '' : ` lang="${escapeAttribute(entry.language)}"`;
  const heading = entry.title.trim() === '' ? toHeading(entry.summary, entry.origin.title) : entry.title;
  const summary = entry.summary === '' ? '' : `<p class="summary"${each}>${escapeText(entry.summary)}</p>`;
  return (
    `<article class="card"${language}${whole}><div class="card-text">` +
    `<h2${each}><a href="/entries/${entry.id}">${escapeText(heading)}</a></h2>` +
    `<p class="meta"><a href="/sources/${entry.origin.sourceId}" dir="auto">${escapeText(entry.origin.title)}</a> ` +
    `<time lang="en" dir="ltr" datetime="${renderRfc3339(entry.sortAt)}">${renderDay(entry.sortAt)}</time></p>` +
    `${summary}${renderTags(entry)}</div>${renderImage(entry)}</article>\n`
  );
}

/** Decoration: the title says what there is to know. The size is that of its frame, which style crops it to. */
function renderImage(entry: RecordedEntry<SafeHtml>): string {
  if (entry.image === undefined) return '';
  return (
    `<img class="card-image" src="${escapeAttribute(entry.image)}" alt="" width="480" height="320" loading="lazy" ` +
    'decoding="async" referrerpolicy="no-referrer">'
  );
}

function renderTags(entry: RecordedEntry<SafeHtml>): string {
  if (entry.tags.length === 0) return '';
  const links = entry.tags
    .slice(0, maxTags)
    .map((tag) => `<li><a href="/tags/${encodeURIComponent(tag.slug)}" dir="auto">${escapeText(tag.label)}</a></li>`);
  return `<ul class="tags">${links.join('')}</ul>`;
}
