/**
 * Defines a source: a feed or page that is polled, a newsletter, or a site with archived articles.
 */
import { digest } from './digest.ts';
import type { HttpUrl } from './http-url.ts';
import type { PageSelectors } from './page-selectors.ts';
import type { Tag } from './tag.ts';

declare const sourceId: unique symbol;

/** Our id of a source: 12 characters of base32hex, made from the URL that it was added with. It stays when the URL changes. */
export type SourceId = string & { readonly [sourceId]: true };

/**
 * `feed`: polled. `page`: a page without a feed that lists entries, polled as well. `site`: holds archived articles of one
 * site; their pages are asked, not a feed. `newsletter`: its mails come by themselves, and it is never asked.
 */
export type SourceKind = 'feed' | 'page' | 'site' | 'newsletter';

/** Who added a source: the file seeds/sources.opml, the admin API, or the archived articles themselves. */
export type SourceDeclaration = 'file' | 'api' | 'seeds';

/** A source as a person set it up. */
export interface Source {
  readonly id: SourceId;
  readonly kind: SourceKind;
  /**
   * The address of the feed or page, the site's origin (kind `site`), or the stand-in for a mail address (kind
   * `newsletter`).
   */
  readonly url: HttpUrl;
  /** The owner's title, else the feed's own, else the host. */
  readonly title: string;
  readonly siteUrl?: HttpUrl;
  /** Tags every entry of the source gets. */
  readonly tags: readonly Tag[];
  readonly enabled: boolean;
  /** Fetch the article's page when the feed carries only a summary. */
  readonly fullText: boolean;
  /** At most this many entries of the source appear in views; 0 = no cap. */
  readonly maxEntries: number;
  readonly declaredBy: SourceDeclaration;
  /** Whoever has its address can read it, so only the owner sees the address. */
  readonly isSecret?: true;
  /** Its entries are for the owner: they are in no public view and never in KV. */
  readonly isPrivate?: true;
  /** Its entries stay on their own, also when another source brings the same article. */
  readonly keepsDuplicates?: true;
  /** Selectors of a page's entries; absent where the page's own markup tells. */
  readonly page?: PageSelectors;
  /** Header fields that only requests to this source have. */
  readonly request?: SourceRequest;
}

/** Whether the address of a source is asked for entries. */
export function isAsked({ kind }: Pick<Source, 'kind'>): boolean {
  return kind === 'feed' || kind === 'page';
}

/** Login, header fields and name for requests to one source. They are sent to one origin only, whatever redirects say. */
export interface SourceRequest {
  /** The origin it is for. */
  readonly origin: string;
  readonly userAgent?: string;
  /** By their names, lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly basicAuth?: { readonly user: string; readonly password: string };
}

/** Whether what a source says of its own may be said here: at its origin, and at the same host once it is encrypted. */
export function isRequestFor({ origin }: SourceRequest, url: HttpUrl): boolean {
  const asked = new URL(url);
  if (asked.origin === origin) return true;
  return origin.startsWith('http:') && asked.protocol === 'https:' && asked.host === new URL(origin).host;
}

/** The id of a source first added under `url`. */
export function toSourceId(url: HttpUrl): SourceId {
  return digest(url).slice(0, 12) as SourceId;
}
