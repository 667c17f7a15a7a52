/**
 * Lists the ladders of all fields: the elements that can give a value, the most trusted one first.
 *
 * docs/reading.md explains the order of each ladder; a test compares the two.
 */
import { ladder } from './ladder.ts';

/** Titles of an entry. */
export const titleRungs = ladder('title', 'atom:title', 'dc:title', 'media:title', 'itunes:title');

/** From elements that can only be the full text to those that some publishers use for it. */
export const contentRungs = ladder(
  'content:encoded',
  'yandex:full-text',
  'turbo:content',
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

/** Publishers differ in which of these is the full text: the longest is. */
export const rivalRungs = ladder(
  'content:encoded',
  'yandex:full-text',
  'turbo:content',
  'description',
  'itunes:summary',
);

/** Elements that may be a summary when there is also content. */
export const summaryRungs = ladder(
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

/** dc:date is below the formats' own dates: publishers use it for either moment, most often the first. */
export const publishedRungs = ladder(
  'pubdate',
  'atom:published',
  'atom:issued',
  'date_published',
  'atom:pubdate',
  'published',
  'dc:date',
  'dcterms:date',
  'dcterms:issued',
  'dcterms:available',
  'dcterms:created',
  'prism:publicationdate',
  'atom:created',
  'date',
  'created',
  'page:date',
);
export const updatedRungs = ladder(
  'atom:updated',
  'atom:modified',
  'date_modified',
  'dcterms:modified',
  'lastmod',
  'lastbuilddate',
  'updated',
  'modified',
);

/** `id` is JSON Feed's. `rdf:about` names the resource, as RSS 1.0 section 5.5 wants it unique. */
export const idRungs = ladder('atom:id', 'guid', 'guid:opaque', 'id', 'rdf:about');
/** The dates that tell entries apart: those a publisher sets once. */
export const identityDateRungs = ladder(
  'pubdate',
  'atom:published',
  'atom:issued',
  'date_published',
  'dc:date',
  'dcterms:created',
  'dcterms:issued',
  'date',
  'published',
);

/** Every key a link may have, most trusted first: the format's own before Atom's inside RSS. */
export const linkRungs = ladder('link', 'url', 'href', 'a', 'atom:link', 'source', 'self');

/** Pictures a publisher chose for the entry; of several the best counts (domain/picture). */
export const imageRungs = ladder(
  'image',
  'banner_image',
  'itunes:image',
  'itunes:link',
  'googleplay:image',
  'media:thumbnail',
);

/** The id of a video on YouTube. */
export const videoRungs = ladder('yt:videoid');

export const entryLanguageRungs = ladder('dc:language', 'language', 'atom:language', 'dcterms:language');
export const rightsRungs = ladder(
  'atom:rights',
  'copyright',
  'dc:rights',
  'dcterms:rights',
  'rights',
  'atom:copyright',
  'media:copyright',
  'podcast:license',
);
export const licenseRungs = ladder('cc:license');

/** Rungs of one group name the same people; a lower group counts only when those above name nobody. */
export const entryAuthorGroups = [
  ladder('atom:author', 'authors', 'author', 'dc:creator', 'dc:author', 'dcterms:creator', 'creator'),
  ladder('itunes:author', 'googleplay:author', 'media:credit'),
  ladder('podcast:person'),
];
export const feedAuthorGroups = [
  ladder('atom:author', 'authors', 'author', 'managingeditor', 'dc:creator', 'dc:author', 'dcterms:creator', 'creator'),
  ladder('itunes:author', 'googleplay:author'),
  ladder('itunes:owner'),
];

export const feedTitleRungs = ladder('title', 'atom:title', 'dc:title', 'itunes:title', 'media:title');
export const feedDescriptionRungs = ladder(
  'description',
  'atom:subtitle',
  'atom:tagline',
  'subtitle',
  'tagline',
  'abstract',
  'dc:description',
  'itunes:summary',
  'googleplay:description',
  'itunes:subtitle',
  'media:description',
  'atom:info',
  'atom:description',
  'summary',
  'atom:summary',
);
/** `icon` is JSON Feed's picture for timelines; its small one is `favicon`. */
export const feedImageRungs = ladder(
  'image',
  'atom:logo',
  'logo',
  // The feed's own picture comes first; this one is also carried as it came.
  'itunes:image',
  'itunes:link',
  'webfeeds:logo',
  'webfeeds:cover',
  'googleplay:image',
  'media:thumbnail',
  'icon',
);
export const feedIconRungs = ladder('favicon', 'atom:icon', 'webfeeds:icon');
export const feedHomeRungs = ladder('link', 'home_page_url', 'href', 'a', 'atom:link');
export const feedLanguageRungs = ladder('language', 'dc:language', 'atom:language', 'dcterms:language');
export const feedIdRungs = ladder('atom:id', 'rdf:about', 'id');
export const feedGeneratorRungs = ladder('generator', 'atom:generator');
/** RSS 1.0: the address of the channel where its link is missing. */
export const feedAboutRungs = ladder('rdf:about');
