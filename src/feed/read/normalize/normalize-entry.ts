/**
 * Turns one raw entry into an `Entry`: a ladder for each field, in the order of the fields.
 *
 * Markup is passed on with its base, never parsed; the sanitizer fills fields that need the content.
 */
import { type Author, type Entry, type ReadEntry, toEntryId } from '../../../domain/entry.ts';
import type { UntrustedHtml } from '../../../domain/html.ts';
import { type HttpUrl, maxUrlLength, parseHttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Defects } from '../defects.ts';
import type { RawEntry, RawText } from '../raw-feed.ts';
import { withoutEscapes } from '../resolve-url.ts';
import type { XmlElement } from '../xml/element.ts';
import { toCategories } from './categories.ts';
import { toDates } from './dates.ts';
import { toEnclosures } from './enclosures.ts';
import { commentsOf, externalOf, permalinkOf, viaOf } from './entry-links.ts';
import { choosePicture } from './entry-pictures.ts';
import { chooseTexts, type EntryTexts } from './entry-text.ts';
import { entryLanguageRungs, licenseRungs, rightsRungs, titleRungs, videoRungs } from './field-ladders.ts';
import { distinguish, type EntryFacts, identify, readGuid } from './identity.ts';
import { climb } from './ladder.ts';
import { toLanguage } from './language-tags.ts';
import { toHtml, toPlain, toPlainTitle, toTitleHtml } from './meaning.ts';
import { toModules } from './module-elements.ts';
import { toEntryAuthors } from './people.ts';

/** The state that the entries of one document share. */
export interface EntryContext {
  readonly sourceId: SourceId;
  /** The base of relative URLs where no `xml:base` applies. */
  readonly base: HttpUrl;
  readonly hasStrictIds: boolean;
  readonly language: string | undefined;
  /** `xml:lang` of the feed element: an entry that has the same one declares nothing itself. */
  readonly inheritedLanguage: string | undefined;
  /** When the feed says that it changed. */
  readonly feedUpdated: Instant | undefined;
  readonly authors: readonly Author[];
  readonly defects: Defects;
  /** Identities given so far, with the entry that has each. */
  readonly taken: Map<string, EntryFacts>;
}

/** The entry that a raw entry means; `undefined` when the same entry came before in the document. */
export function normalizeEntry(raw: RawEntry, index: number, context: EntryContext): ReadEntry | undefined {
  const { defects } = context;
  if (saysNothing(raw)) return undefined;
  const base = (raw.base === undefined ? undefined : parseHttpUrl(raw.base)) ?? context.base;
  let title = '';
  const titleRaw = climb(titleRungs, raw.texts, (text) => {
    title = toPlainTitle(text);
    return title === '' ? undefined : text;
  });
  if (title === '' && raw.texts.length === 0 && raw.media.length === 1) {
    // A single file without a title has the title of the entry.
    title = toPlainTitle({ from: 'media:title', text: raw.media[0]?.title ?? '', kind: 'unknown' });
  }
  // Entries without a guid are known by the address as it was written.
  const written = permalinkOf(raw, base);
  const url = written === undefined ? undefined : withoutEscapes(written);
  const naming = nameEntry({ raw, url: written, title, hasStrictIds: context.hasStrictIds }, index, context);
  if (naming === undefined) return undefined;

  const titleHtml = titleRaw === undefined ? undefined : toTitleHtml(titleRaw, base, defects, index);
  const texts = chooseTexts(raw);
  reportLongAddress(raw, defects, index);
  const own = toEntryAuthors(raw.people, base);
  const externalUrl = externalOf(raw, base);
  const language = languageOf(raw, titleRaw, texts.content, context);
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
    summary: texts.summary,
    ...toContent(raw, texts, url === externalUrl ? undefined : url, base, { defects, index }),
    ...toDates(raw, defects, index, context.language),
    ...(context.feedUpdated === undefined ? {} : { feedUpdated: context.feedUpdated }),
    authors: own.length > 0 ? own : authorsOfSource(raw, base, context),
    categories: toCategories(raw.categories),
    enclosures: toEnclosures(raw, base),
    ...choosePicture(raw, base),
    ...toModules(carriedElements(raw, texts), 'entry', base),
    ...(language === undefined ? {} : { language }),
    ...(rights === undefined ? {} : { rights }),
    ...(commentsUrl === undefined ? {} : { commentsUrl }),
    ...(via === undefined ? {} : { via }),
  };
}

/** Whether an item is empty (`<item/>`): a template had nothing to fill in. */
function saysNothing({ texts, values, links, people, categories, media, modules }: RawEntry): boolean {
  return [texts, values, links, people, categories, media, modules].every((list) => list.length === 0);
}

function reportLongAddress({ links, media }: RawEntry, defects: Defects, entryIndex: number): void {
  const isLong =
    links.some(({ href }) => href.length > maxUrlLength) || media.some(({ url }) => url.length > maxUrlLength);
  if (isLong) defects.add('address-too-long', `An address longer than ${maxUrlLength} was left out.`, { entryIndex });
}

/** Drops a file's description that repeats the text of the entry. */
function carriedElements(raw: RawEntry, { content }: EntryTexts): readonly XmlElement[] {
  return content?.from === 'media:description'
    ? raw.modules.filter(({ key }) => key !== 'media:description')
    : raw.modules;
}

/** What a video of YouTube is known by. */
const youTubeId = /^[\w-]{11}$/;

/**
 * The text of an entry and the base of its relative addresses: `xml:base`, else the page of the entry, where publishers
 * write and check it; never the home page. A YouTube video is shown above its description.
 */
function toContent(
  raw: RawEntry,
  { content, otherwise }: EntryTexts,
  page: HttpUrl | undefined,
  otherBase: HttpUrl,
  { defects, index }: { readonly defects: Defects; readonly index: number },
): Pick<ReadEntry, 'content' | 'otherwise'> {
  const base = raw.base === undefined ? (page ?? otherBase) : otherBase;
  const of = (text: RawText): UntrustedHtml => ({
    ...toHtml(text, base, defects, index),
    ...(page === undefined ? {} : { page }),
  });
  const isVideo = page === undefined || page.includes('youtube');
  const video = isVideo
    ? climb(videoRungs, raw.values, ({ text }) => (youTubeId.test(text) ? text : undefined))
    : undefined;
  const player = video === undefined ? '' : `<iframe src="https://www.youtube-nocookie.com/embed/${video}"></iframe>`;
  if (content === undefined) return player === '' ? {} : { content: { markup: player } };
  const html = of(content);
  return {
    content: player === '' ? html : { ...html, markup: player + html.markup },
    ...(otherwise === undefined ? {} : { otherwise: of(otherwise) }),
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
  // Readers merge entries with one guid, so an id that two entries share is used for neither.
  const guid = first === undefined ? readGuid(facts.raw) : undefined;
  return { id, guid: guid ?? (first === undefined ? facts.url : undefined) ?? `urn:tributary:${id}` };
}

/** The nearest language to the words counts; `xml:lang=""` means that there is none. */
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
  const stated = climb(entryLanguageRungs, raw.values, ({ text }) => toLanguage(text));
  if (stated !== undefined) return stated;
  if (raw.language !== undefined && raw.language !== context.inheritedLanguage) {
    return raw.language === '' ? undefined : (toLanguage(raw.language) ?? context.language);
  }
  return context.language;
}
