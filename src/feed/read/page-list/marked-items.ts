/**
 * Reads the entries that a page marks up for machines: microformats (h-entry, hentry) and microdata.
 *
 * @see https://microformats.org/wiki/h-entry, https://html.spec.whatwg.org/multipage/microdata.html
 */
import type { HtmlElement } from '../page/dom.ts';
import { createRawNode, type RawEntry } from '../raw-feed.ts';
import { addressOf, authorOf, dateOf, lineOf, markupOf, pictureOf, writeDate } from './item-values.ts';
import { selectItems } from './items.ts';
import type { ListPage } from './list-page.ts';

/** The elements that are entries, and those of their fields; the first that exists counts. */
interface Marks {
  readonly format: 'page-microformats' | 'page-microdata';
  readonly entry: string;
  readonly title: string;
  readonly link: string;
  readonly date: string;
  readonly content: readonly string[];
  readonly image: string;
  readonly author: string;
}

const vocabularies: readonly Marks[] = [
  {
    format: 'page-microformats',
    entry: '.h-entry',
    title: '.p-name',
    link: '.u-url, .u-uid, a[rel~="bookmark"]',
    date: '.dt-published, .dt-updated',
    content: ['.e-content', '.p-summary'],
    image: '.u-featured, .u-photo',
    author: '.p-author',
  },
  {
    format: 'page-microformats',
    entry: '.hentry',
    title: '.entry-title',
    link: 'a[rel~="bookmark"], .entry-title a',
    date: '.published, time',
    content: ['.entry-content', '.entry-summary'],
    image: 'img.photo, img.wp-post-image',
    author: '.author .fn, .author',
  },
  {
    format: 'page-microdata',
    entry: ['Article', 'BlogPosting', 'NewsArticle', 'TechArticle', 'Report', 'Review', 'PodcastEpisode', 'VideoObject']
      .map((type) => `[itemtype$="schema.org/${type}"]`)
      .join(', '),
    title: '[itemprop~="headline"], [itemprop~="name"]',
    link: '[itemprop~="url"], [itemprop~="mainEntityOfPage"], [itemprop~="headline"] a[href], [itemprop~="name"] a[href]',
    date: '[itemprop~="datePublished"], [itemprop~="dateCreated"]',
    content: ['[itemprop~="articleBody"]', '[itemprop~="description"]'],
    image: '[itemprop~="image"], [itemprop~="thumbnailUrl"]',
    author: '[itemprop~="author"]',
  },
];

/** The entries of the first vocabulary that the page uses for several, with their format. */
export function readMarkedItems(page: ListPage): {
  readonly format: Marks['format'];
  readonly entries: readonly RawEntry[];
} {
  for (const marks of vocabularies) {
    const entries = selectItems(page, marks.entry).map((element) => readItem(element, marks, page));
    if (entries.filter(({ links }) => links.length > 0).length > 1) return { format: marks.format, entries };
  }
  return { format: 'page-microdata', entries: [] };
}

function readItem(element: HtmlElement, marks: Marks, page: ListPage): RawEntry {
  const entry: RawEntry = createRawNode();
  const find = (selector: string): HtmlElement | undefined =>
    (element.matches(selector) ? element : element.querySelector(selector)) ?? undefined;
  const title = find(marks.title);
  const link = find(marks.link) ?? title;
  const href = (link && addressOf(link, page)) ?? (title && addressOf(title, page));
  if (href !== undefined) entry.links.push({ from: 'link', href, rel: 'alternate' });
  const name = title === undefined ? '' : (title.getAttribute('content') ?? lineOf(title));
  if (name !== '') entry.texts.push({ from: 'title', text: name, kind: 'text' });
  const date = find(marks.date);
  const at = date && dateOf(date, page);
  if (at !== undefined) entry.values.push({ from: 'page:date', text: writeDate(at) });
  const content = marks.content.map(find).find((each) => each !== undefined);
  const said = content?.getAttribute('content');
  if (said != null) entry.texts.push({ from: 'description', text: said, kind: 'text' });
  else if (content !== undefined) {
    entry.texts.push({ from: 'description', text: markupOf(content), kind: 'html', base: page.base });
  }
  const pictured = find(marks.image);
  const picture = pictured && pictureOf(pictured);
  if (picture !== undefined) entry.values.push({ from: 'image', text: picture, base: page.base });
  const author = find(marks.author);
  const who = author === undefined ? '' : (author.getAttribute('content') ?? authorOf(author));
  if (who !== '') entry.people.push({ from: 'author', name: who });
  return entry;
}
