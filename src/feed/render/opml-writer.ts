/**
 * Renders a subscription list as OPML 2.0: a folder for each tag, named by its label, and the tags of each feed also in
 * its `category`. A feed with two tags is in both folders, as readers export it; one without tags is beside the folders.
 *
 * It has no dates: a list that did not change is the same bytes.
 * @see http://opml.org/spec2.opml
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import { opmlNameOf, type PageSelectors } from '../../domain/page-selectors.ts';
import type { SourceFlags } from '../../domain/source-flags.ts';
import type { Tag } from '../../domain/tag.ts';
import { toUri } from './format-rules.ts';
import { escapeAttribute, escapeText, renderEmpty, toWritable } from './xml-writer.ts';

/** One subscription. */
export interface OpmlSource {
  readonly title: string;
  /** The feed's address. */
  readonly url: HttpUrl;
  readonly siteUrl?: HttpUrl | undefined;
  readonly tags: readonly Tag[];
  /** A page without a feed; its selectors where it needs some. */
  readonly kind?: string | undefined;
  readonly page?: PageSelectors | undefined;
  /** The owner's settings, only in the owner's own list. */
  readonly flags?: SourceFlags | undefined;
}

/** A list of subscriptions with a title. */
export interface OpmlList {
  readonly title: string;
  readonly sources: readonly OpmlSource[];
}

function renderOutline(source: OpmlSource): string {
  const title = toWritable(source.title).trim() || new URL(source.url).host;
  return renderEmpty('outline', {
    type: source.kind === 'page' ? 'page' : 'rss',
    text: title,
    title,
    xmlUrl: toUri(source.url),
    htmlUrl: source.siteUrl === undefined ? undefined : toUri(source.siteUrl),
    category: source.tags.length === 0 ? undefined : source.tags.map(toCategory).join(','),
    ...toAttributes(source.page),
    ...toFlagAttributes(source.flags ?? {}),
  });
}

/** Flags as attributes of our own; flags with the default value are left out. */
function toFlagAttributes(flags: SourceFlags): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, String(value)]));
}

/** Selectors as attributes of our own: `pageItem`, `pageTitle` and so on. */
function toAttributes(page: PageSelectors | undefined): Readonly<Record<string, string>> {
  const named = Object.entries(page ?? {}).map(([field, selector]) => [opmlNameOf(field), selector]);
  return Object.fromEntries(named);
}

/**
 * Commas divide categories and slashes divide their levels: a label with either is replaced by its slug, which has
 * neither.
 */
function toCategory({ label, slug }: Tag): string {
  return /[,/]/.test(label) ? slug : label;
}

function renderFolder({ label, slug }: Tag, sources: readonly OpmlSource[]): string {
  const name = toWritable(label).trim() || slug;
  const own = sources.filter(({ tags }) => tags.some((tag) => tag.slug === slug));
  return `<outline text="${escapeAttribute(name)}" title="${escapeAttribute(name)}">\n${own.map(renderOutline).join('')}</outline>\n`;
}

/** The list: folders by name, sources in the order given. */
export function renderOpml({ title, sources }: OpmlList): string {
  const tags = new Map(sources.flatMap((source) => source.tags.map((tag) => [tag.slug, tag])));
  const folders = [...tags.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const outlines = [
    ...folders.map((tag) => renderFolder(tag, sources)),
    ...sources.filter((source) => source.tags.length === 0).map(renderOutline),
  ];
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<opml version="2.0">\n' +
    `<head>\n<title>${escapeText(title)}</title>\n</head>\n` +
    `<body>\n${outlines.join('')}</body>\n` +
    '</opml>\n'
  );
}
