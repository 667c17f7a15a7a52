/**
 * One raw entry as an `Entry`: a ladder for each field, in the order of the fields.
 *
 * Markup is passed on with its base, never parsed; the sanitizer fills what can only be told from content.
 */
import { type Author, type Entry, toEntryId } from '../../../domain/entry.ts';
import type { UntrustedHtml } from '../../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Defects } from '../defects.ts';
import type { RawEntry, RawText } from '../raw-feed.ts';
import { resolveUrl } from '../resolve-url.ts';
import { toCategories } from './categories.ts';
import { toDates } from './dates.ts';
import { firstPicture, toEnclosures } from './enclosures.ts';
import { commentsOf, externalOf, permalinkOf, viaOf } from './entry-links.ts';
import { distinguish, type EntryFacts, identify, readGuid } from './identity.ts';
import { climb, gather, ladder } from './ladder.ts';
import { toLanguage } from './language-tags.ts';
import { toHtml, toPlain, toPlainTitle, toTitleHtml } from './meaning.ts';
import { toEntryAuthors } from './people.ts';
import { rightsRungs } from './rights.ts';

/** What the entries of one document share. */
export interface EntryContext {
  readonly sourceId: SourceId;
  /** What relative URLs resolve against where no `xml:base` is in force. */
  readonly base: HttpUrl;
  readonly hasStrictIds: boolean;
  readonly language: string | undefined;
  /** `xml:lang` of the feed element: an entry that has the same one declares nothing itself. */
  readonly inheritedLanguage: string | undefined;
  readonly authors: readonly Author[];
  readonly defects: Defects;
  /** Identities given so far, with the entry that has each. */
  readonly taken: Map<string, EntryFacts>;
}

const titleRungs = ladder('title', 'atom:title', 'dc:title', 'media:title', 'itunes:title');

/** From what can only be the whole text down to what some publishers have instead of it. */
const contentRungs = ladder(
  'content:encoded',
  'content_html',
  'atom:content',
  'xhtml:body',
  'body',
  'fullitem',
  'content',
  'xhtml:div',
  'content_text',
  'description',
  'atom:summary',
  'summary',
  'atom:description',
  'abstract',
  'dc:description',
  'dcterms:abstract',
  'itunes:summary',
  'googleplay:description',
  'media:description',
  'media:text',
  'tagline',
  'atom:subtitle',
  'subtitle',
  'itunes:subtitle',
);

/** What may be a summary beside a content of its own. */
const summaryRungs = ladder(
  'summary',
  'atom:summary',
  'description',
  'abstract',
  'dc:description',
  'dcterms:abstract',
  'itunes:summary',
  'itunes:subtitle',
  'media:description',
);

const imageRungs = ladder(
  'image',
  'banner_image',
  'itunes:image',
  'itunes:link',
  'googleplay:image',
  'media:thumbnail',
);

const licenseRungs = ladder('cc:license');
const languageRungs = ladder('dc:language', 'language', 'atom:language', 'dcterms:language');

/** UTF-16 units of a declared summary: a few sentences. Some publishers put whole articles there. */
const maxSummaryLength = 1_000;

/** The entry a raw entry means; `undefined` when it is one that came before in the same document. */
export function normalizeEntry(raw: RawEntry, index: number, context: EntryContext): Entry<UntrustedHtml> | undefined {
  const { defects } = context;
  const base = (raw.base === undefined ? undefined : parseHttpUrl(raw.base)) ?? context.base;
  let title = '';
  const titleRaw = climb(titleRungs, raw.texts, (text) => {
    title = toPlainTitle(text);
    return title === '' ? undefined : text;
  });
  const url = permalinkOf(raw, base);
  const naming = nameEntry({ raw, url, title, hasStrictIds: context.hasStrictIds }, index, context);
  if (naming === undefined) return undefined;

  const titleHtml = titleRaw === undefined ? undefined : toTitleHtml(titleRaw, base, defects, index);
  const contentRaw = climb(contentRungs, raw.texts, (text) => text);
  const own = toEntryAuthors(raw.people, base);
  const externalUrl = externalOf(raw, base);
  const image =
    climb(imageRungs, raw.values, ({ text, base: near }) => resolveUrl(text, near ?? base)) ?? firstPicture(raw, base);
  const language = languageOf(raw, titleRaw, contentRaw, context);
  const rights =
    climb(rightsRungs, raw.texts, (text) => toPlain(text) || undefined) ??
    climb(licenseRungs, raw.values, ({ text }) => text);
  const commentsUrl = commentsOf(raw, base);
  const via = viaOf(raw, base);
  return {
    ...naming,
    ...(url === undefined ? {} : { url }),
    ...(externalUrl === undefined || externalUrl === url ? {} : { externalUrl }),
    title,
    ...(titleHtml === undefined ? {} : { titleHtml }),
    summary: contentRaw === undefined ? '' : summaryOf(raw, contentRaw),
    ...(contentRaw === undefined ? {} : { content: toHtml(contentRaw, base, defects, index) }),
    ...toDates(raw, defects, index, context.language),
    authors: own.length > 0 ? own : authorsOfSource(raw, base, context),
    categories: toCategories(raw.categories),
    enclosures: toEnclosures(raw, base),
    ...(image === undefined ? {} : { image }),
    ...(language === undefined ? {} : { language }),
    ...(rights === undefined ? {} : { rights }),
    ...(commentsUrl === undefined ? {} : { commentsUrl }),
    ...(via === undefined ? {} : { via }),
  };
}

/** RFC 4287 section 4.2.1: without an author of its own an entry has its atom:source's, then the feed's. */
function authorsOfSource(raw: RawEntry, base: string, context: EntryContext): readonly Author[] {
  const ofSource = raw.source === undefined ? [] : toEntryAuthors(raw.source.people, base);
  return ofSource.length > 0 ? ofSource : context.authors;
}

function nameEntry(
  facts: EntryFacts,
  index: number,
  context: EntryContext,
): Pick<Entry<never>, 'id' | 'guid'> | undefined {
  const { taken, defects, sourceId } = context;
  let identity = identify(facts);
  const first = taken.get(identity.key);
  if (first !== undefined) {
    const other = distinguish(identity, first, facts);
    if (other === undefined || taken.has(other.key)) {
      defects.add('duplicate-entry', `"${facts.title.slice(0, 80)}" is in the document twice; the first was kept.`, {
        entryIndex: index,
      });
      return undefined;
    }
    defects.add(
      'shared-guid',
      `"${facts.title.slice(0, 80)}" has the id of another entry; it was kept as one of its own.`,
      { entryIndex: index },
    );
    identity = other;
  }
  taken.set(identity.key, facts);
  const id = toEntryId(sourceId, identity.key);
  // Readers merge entries with one guid: an id that two entries share names neither.
  const guid = first === undefined ? readGuid(facts.raw) : undefined;
  return { id, guid: guid ?? (first === undefined ? facts.url : undefined) ?? `urn:tributary:${id}` };
}

function summaryOf(raw: RawEntry, content: RawText): string {
  const candidates = gather(summaryRungs, raw.texts).filter(
    (text) => text !== content && text.text.trim() !== content.text.trim(),
  );
  for (const candidate of candidates) {
    const plain = toPlain(candidate, maxSummaryLength);
    if (plain !== '') return plain;
  }
  return '';
}

/** What stands nearest to the words counts; set to nothing (`xml:lang=""`) means that it is none. */
function languageOf(
  raw: RawEntry,
  title: RawText | undefined,
  content: RawText | undefined,
  context: EntryContext,
): string | undefined {
  const declared = (content ?? title)?.language;
  if (declared !== undefined && declared !== raw.language && declared !== context.inheritedLanguage) {
    if (declared === '') return undefined;
    const language = toLanguage(declared);
    if (language !== undefined) return language;
  }
  const stated = climb(languageRungs, raw.values, ({ text }) => toLanguage(text));
  if (stated !== undefined) return stated;
  if (raw.language !== undefined && raw.language !== context.inheritedLanguage) {
    return raw.language === '' ? undefined : (toLanguage(raw.language) ?? context.language);
  }
  return context.language;
}
