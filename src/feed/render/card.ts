/**
 * Renders an entry as the card that pages list: HTML, made ahead of time like the feed formats, without any origin.
 *
 * Links to our own pages are root-relative. Text is escaped; a card shows the summary, not the content.
 */
import type { RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import { renderDay, renderRfc3339 } from '../../domain/instant.ts';
import { toPagePicture } from '../../domain/seed-picture.ts';
import { directionOf } from './direction.ts';
import {
  type EntryKind,
  renderDuration,
  toDuration,
  toEntryKind,
  toPictureSize,
  toReadingMinutes,
} from './entry-kind.ts';
import { toHeading } from './heading.ts';
import { escapeAttribute, escapeText } from './xml-writer.ts';

/** Tags shown on a card; the entry's page shows all. */
const maxTags = 5;

/** The card of an article that takes at least this long says how long. Minutes. */
const longRead = 5;

type Shown = RecordedEntry<SafeHtml>;

/** The card of one entry. */
export function renderCard(entry: Shown): string {
  const kind = toEntryKind(entry);
  const direction = directionOf(entry.language);
  // A known language sets the direction of the whole card; else each text has the direction of its first letter.
  const whole = direction === 'auto' ? '' : ` dir="${direction}"`;
  const each = direction === 'auto' ? ' dir="auto"' : '';
  const language = entry.language === undefined ? '' : ` lang="${escapeAttribute(entry.language)}"`;
  const picture = renderPicture(entry, kind);
  const className = kind === 'article' ? 'card' : `card kind-${kind}`;
  const words = renderWords(entry, kind, each, picture !== '');
  const inside =
    kind === 'picture'
      ? `<div class="card-text">${words}${picture}${renderTags(entry)}</div>`
      : `<div class="card-text">${words}${renderTags(entry)}</div>${picture}`;
  return `<article class="${className}"${language}${whole}>${inside}</article>\n`;
}

/** Heading, facts and summary. The text of an untitled entry appears once, and its date leads to its page. */
function renderWords(entry: Shown, kind: EntryKind, direction: string, hasPicture: boolean): string {
  const { title, summary, id, origin } = entry;
  const isUntitled = title.trim() === '' && (summary !== '' || hasPicture);
  const heading = title.trim() === '' ? toHeading('', origin.title) : title;
  const text = summary === '' ? '' : `<p class="summary"${direction}>${escapeText(summary)}</p>`;
  if (isUntitled) return `${text}${renderFacts(entry, kind, true)}`;
  const head = `<h2${direction}><a href="/entries/${id}">${escapeText(heading)}</a></h2>`;
  return `${head}${renderFacts(entry, kind, false)}${text}`;
}

function renderFacts(entry: Shown, kind: EntryKind, isLink: boolean): string {
  const { id, origin, sortAt } = entry;
  const time = `<time lang="en" dir="ltr" datetime="${renderRfc3339(sortAt)}">${renderDay(sortAt)}</time>`;
  const length = renderLength(entry, kind);
  return (
    `<p class="meta"><a href="/sources/${origin.sourceId}" dir="auto">` +
    `<img class="icon" src="/sources/${origin.sourceId}/icon" alt="" width="16" height="16" loading="lazy">` +
    `${escapeText(origin.title)}</a> ${isLink ? `<a href="/entries/${id}">${time}</a>` : time}` +
    `${length === '' ? '' : ` <span lang="en" dir="ltr">${length}</span>`}</p>`
  );
}

function renderLength(entry: Shown, kind: EntryKind): string {
  const seconds = toDuration(entry);
  const duration = seconds === undefined ? '' : ` · ${renderDuration(seconds)}`;
  if (kind === 'audio') return `Audio${duration}`;
  if (kind === 'video') return `Video${duration}`;
  // Shorter texts are not counted, because this runs for every recorded entry.
  const minutes = (entry.content?.length ?? 0) < 3000 ? 0 : toReadingMinutes(entry.content ?? '');
  return minutes < longRead ? '' : `${minutes} min read`;
}

/**
 * The picture: decoration beside an article, or the main thing when there is hardly any text. Style crops it to a box of
 * three to two when its size is unknown.
 */
function renderPicture(entry: Shown, kind: EntryKind): string {
  if (entry.image === undefined) return '';
  const size = kind === 'picture' ? toPictureSize(entry) : undefined;
  const { width, height } = size ?? { width: 480, height: 320 };
  const image =
    `<img class="card-image${kind === 'picture' && size === undefined ? ' boxed' : ''}" ` +
    `src="${escapeAttribute(toPagePicture(entry.image))}" alt="" width="${width}" height="${height}" loading="lazy" ` +
    'decoding="async" referrerpolicy="no-referrer">';
  return kind === 'video' ? `<span class="play">${image}</span>` : image;
}

function renderTags(entry: Shown): string {
  if (entry.tags.length === 0) return '';
  const links = entry.tags
    .slice(0, maxTags)
    .map((tag) => `<li><a href="/tags/${encodeURIComponent(tag.slug)}" dir="auto">${escapeText(tag.label)}</a></li>`);
  return `<ul class="tags">${links.join('')}</ul>`;
}
