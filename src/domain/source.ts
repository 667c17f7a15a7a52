/**
 * Defines a source: an upstream feed or page that is polled, or a site whose archived articles are kept.
 */
import { digest } from './digest.ts';
import type { HttpUrl } from './http-url.ts';
import type { PageSelectors } from './page-selectors.ts';
import type { Tag } from './tag.ts';

declare const sourceId: unique symbol;

/** Our name of a source: 12 characters of base32hex from the URL it was added with; it stays when the URL moves. */
export type SourceId = string & { readonly [sourceId]: true };

/**
 * `feed`: polled. `page`: a page without a feed that lists entries, polled as well. `site`: holds seed articles of one site; its
 * articles' pages are asked, not a feed. `newsletter`: its mails come by themselves, and it is never asked.
 */
export type SourceKind = 'feed' | 'page' | 'site' | 'newsletter';

/** Who declared a source: the file seeds/sources.opml, the admin API, or the seed articles themselves. */
export type SourceDeclaration = 'file' | 'api' | 'seeds';

/** What a person decided about a source. */
export interface Source {
  readonly id: SourceId;
  readonly kind: SourceKind;
  /** The address of the feed or page, the site's origin (kind `site`), or what stands for a mail address (`newsletter`). */
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
  /** Its address opens it for whoever knows it, and is shown to the owner only. */
  readonly isSecret?: true;
  /** Its entries are the owner's: they are in no public view, and never in KV. */
  readonly isPrivate?: true;
  /** Its entries are shown by themselves, also when another source brings the same article. */
  readonly keepsDuplicates?: true;
  /** Of a page: how its entries are found; absent where the page says it itself. */
  readonly page?: PageSelectors;
  /** What its requests say beside what all requests say. */
  readonly request?: SourceRequest;
}

/** Whether the address of a source is asked for entries. */
export function isAsked({ kind }: Pick<Source, 'kind'>): boolean {
  return kind === 'feed' || kind === 'page';
}

/** What requests of one source say: a login, header fields, a name. Sent to one origin only, whatever redirects say. */
export interface SourceRequest {
  /** The origin it is for. */
  readonly origin: string;
  readonly userAgent?: string;
  /** By their names, lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly basicAuth?: { readonly user: string; readonly password: string };
}

/** The id of a source first added under `url`. */
export function toSourceId(url: HttpUrl): SourceId {
  return digest(url).slice(0, 12) as SourceId;
}
