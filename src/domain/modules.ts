/**
 * Lists the elements of feed modules (Dublin Core, podcast, media ...) that are read, stored and written as they came.
 *
 * To add a field, add one line here: reader, Archive, writers and docs/modules.md (`npm run modules`) follow the table.
 * Elements that our own fields hold already (title, content, authors, categories, dates, enclosures) are not listed.
 */

/** One element as it is kept: plain text, absolute addresses, only the attributes and children that the table lists. */
export interface ModuleElement {
  /** Prefix and local name, as the specification writes it. */
  readonly name: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly ModuleElement[];
}

/** One line of the table. */
export interface ModuleField {
  readonly name: string;
  /** Where it may stand. */
  readonly of: 'entry' | 'feed' | 'both';
  /** May stand there more than once. */
  readonly many: boolean;
  /** Its text is an address. */
  readonly isAddress: boolean;
  /** Attributes that are kept; those with `true` are addresses. */
  readonly attributes: ReadonlyMap<string, boolean>;
  readonly children: readonly ModuleField[];
  /** Changes by itself (a counter of comments), so its change is no change of the entry. */
  readonly isCounter: boolean;
}

/** Prefix -> namespace, as documents declare it. */
export const moduleNamespaces: Readonly<Record<string, string>> = {
  atom: 'http://www.w3.org/2005/Atom',
  dcterms: 'http://purl.org/dc/terms/',
  geo: 'http://www.w3.org/2003/01/geo/wgs84_pos#',
  georss: 'http://www.georss.org/georss',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
  psc: 'http://podlove.org/simple-chapters',
  slash: 'http://purl.org/rss/1.0/modules/slash/',
  thr: 'http://purl.org/syndication/thread/1.0',
  wfw: 'http://wellformedweb.org/CommentAPI/',
};

/** Prefixes that are declared where they stand: the W3C validator warns of every document that declares a namespace it does not know. */
export const locallyDeclared: ReadonlySet<string> = new Set(['podcast', 'psc']);

/**
 * Reads one line: where, then the name (`+`: many, `@`: its text is an address, `#`: a counter), then its attributes (`@`: an
 * address).
 */
function field(of: ModuleField['of'], line: string, children: readonly ModuleField[] = []): ModuleField {
  const [marked = '', ...attributes] = line.split(' ');
  return {
    name: marked.replace(/[+@#]+$/, ''),
    of,
    many: /[+][@#]*$/.test(marked),
    isAddress: marked.endsWith('@'),
    isCounter: marked.endsWith('#'),
    attributes: new Map(attributes.map((name) => [name.replace('@', ''), name.endsWith('@')])),
    children,
  };
}

const people = [field('both', 'atom:name'), field('both', 'atom:uri@'), field('both', 'atom:email')];
const recipients = [field('both', 'podcast:valueRecipient+ name customKey customValue type address split fee')];

/** The table. */
export const moduleFields: readonly ModuleField[] = [
  field('entry', 'itunes:duration'),
  field('entry', 'itunes:season'),
  field('entry', 'itunes:episode'),
  field('entry', 'itunes:episodeType'),
  field('both', 'itunes:explicit'),
  field('both', 'itunes:image href@'),
  field('both', 'itunes:title'),
  field('both', 'itunes:subtitle'),
  field('both', 'itunes:author'),
  field('both', 'itunes:block'),
  field('feed', 'itunes:type'),
  field('feed', 'itunes:complete'),
  field('feed', 'itunes:owner', [field('feed', 'itunes:name'), field('feed', 'itunes:email')]),
  field('feed', 'itunes:category+ text', [field('feed', 'itunes:category text')]),
  field('entry', 'podcast:chapters url@ type'),
  field('entry', 'podcast:transcript+ url@ type language rel'),
  field('entry', 'podcast:soundbite+ startTime duration'),
  field('entry', 'podcast:season name'),
  field('entry', 'podcast:episode display'),
  field('entry', 'podcast:alternateEnclosure+ type length bitrate height lang title rel codecs default', [
    field('entry', 'podcast:source+ uri@ contentType'),
    field('entry', 'podcast:integrity type value'),
  ]),
  field('entry', 'podcast:socialInteract+ uri@ protocol accountId accountUrl@ priority'),
  field('both', 'podcast:person+ role group img@ href@'),
  field('both', 'podcast:location+ rel geo osm country'),
  field('both', 'podcast:license url@'),
  field('both', 'podcast:value+ type method suggested', recipients),
  field('both', 'podcast:txt+ purpose'),
  field('feed', 'podcast:guid'),
  field('feed', 'podcast:locked owner'),
  field('feed', 'podcast:funding+ url@'),
  field('feed', 'podcast:medium'),
  field('entry', 'psc:chapters version', [field('entry', 'psc:chapter+ start title href@ image@')]),
  field('entry', 'media:thumbnail+ url@ width height time'),
  field('entry', 'media:credit+ role scheme'),
  field('entry', 'media:rating+ scheme'),
  field('entry', 'media:description type'),
  field('entry', 'media:community#', [
    field('entry', 'media:starRating average count min max'),
    field('entry', 'media:statistics views favorites'),
    field('entry', 'media:tags'),
  ]),
  field('both', 'georss:point'),
  field('both', 'georss:line'),
  field('both', 'georss:polygon'),
  field('both', 'georss:box'),
  field('both', 'georss:featureName'),
  field('both', 'geo:lat'),
  field('both', 'geo:long'),
  field('entry', 'thr:in-reply-to+ ref href@ type source@'),
  field('entry', 'thr:total#'),
  field('entry', 'slash:comments#'),
  field('entry', 'wfw:commentRss@'),
  field('entry', 'dcterms:created'),
  field('entry', 'dcterms:issued'),
  field('entry', 'dcterms:modified'),
  field('entry', 'dcterms:available'),
  field('entry', 'dcterms:valid'),
  field('both', 'atom:contributor+', people),
  field('entry', 'atom:link+ rel href@ type hreflang title length'),
  field('entry', 'atom:source', [
    field('entry', 'atom:id'),
    field('entry', 'atom:title'),
    field('entry', 'atom:updated'),
    field('entry', 'atom:rights'),
    field('entry', 'atom:link+ rel href@ type title'),
  ]),
];

/** Relations of `atom:link` that are carried: the others are fields of ours, or of no use to readers (`edit`). */
export const carriedRelations: ReadonlySet<string> = new Set(['related', 'via', 'license', 'replies']);

/** The lines by the name of their element in lower case, which is how the reader knows elements. */
export const moduleFieldsByKey: ReadonlyMap<string, ModuleField> = new Map(
  moduleFields.map((one) => [one.name.toLowerCase(), one]),
);

/** The modules without counters: only what the publisher wrote. */
export function withoutCounters(modules: readonly ModuleElement[]): readonly ModuleElement[] {
  return modules.filter(({ name }) => moduleFieldsByKey.get(name.toLowerCase())?.isCounter !== true);
}
