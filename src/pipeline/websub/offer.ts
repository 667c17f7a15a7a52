/**
 * Finds the hub of a source, and decides whether it may be asked.
 *
 * `Link` header fields come before links in the document. Neither hub nor topic may be private. The address of a secret
 * source is sent to no third party: only a hub at the source's own host knows it already.
 *
 * @see https://www.w3.org/TR/websub/#discovery
 */
import { type AddressPolicy, refuseAddress } from '../../domain/address-guard.ts';
import type { Document } from '../../domain/document.ts';
import type { ReadFeed } from '../../domain/feed.ts';
import { type HttpUrl, hostOf } from '../../domain/http-url.ts';
import { parseLinkHeader, targetsOf } from '../../domain/link-header.ts';
import { isSecretAddress } from '../../domain/secret-address.ts';
import type { Source } from '../../domain/source.ts';
import type { Config } from '../config.ts';

/** A hub, and the topic under which it knows the feed. */
export interface PushOffer {
  readonly hub: HttpUrl;
  readonly topic: HttpUrl;
  /** Whether the topic is at the source's own host. */
  readonly isOwnTopic: boolean;
}

/** The first hub of a document that may be asked; `undefined` when there is none. */
export function findOffer(
  source: Source,
  document: Document,
  feed: Pick<ReadFeed, 'hubs' | 'feedUrl'>,
  policy: AddressPolicy,
): PushOffer | undefined {
  const links = parseLinkHeader(document.links ?? '', document.url);
  const linked = targetsOf(links, 'hub');
  const hubs = linked.length > 0 ? linked : feed.hubs;
  if (hubs.length === 0) return undefined;
  const topic = withoutFragment(targetsOf(links, 'self')[0] ?? feed.feedUrl ?? document.url);
  if (refuseAddress(topic, policy) !== undefined) return undefined;
  const hub = hubs.find((one) => refuseAddress(one, policy) === undefined && mayKnow(source, { hub: one, topic }));
  if (hub === undefined) return undefined;
  const isOwnTopic = [source.url, document.url].some((url) => siteOf(url) === siteOf(topic));
  return { hub, topic, isOwnTopic };
}

/** Whether a hub may learn what is followed. */
export function mayKnow(
  { url, isSecret, isPrivate, request }: Source,
  { hub, topic }: Pick<PushOffer, 'hub' | 'topic'>,
): boolean {
  const isKept = isSecret === true || isPrivate === true || request !== undefined || isSecretAddress(topic);
  return !isKept || hostOf(hub) === hostOf(url);
}

/** The addresses that hubs and topics may have; our own are excluded. */
export function hubPolicy({ privateHosts, siteUrl }: Pick<Config, 'privateHosts' | 'siteUrl'>): AddressPolicy {
  return { privateHosts, ownHosts: siteUrl === undefined ? [] : [hostOf(siteUrl)] };
}

/** The public origin of SITE_URL, where hubs reach us; `undefined` when nothing may be pushed to us. */
export function callbackOrigin(config: Pick<Config, 'isWebsubOn' | 'siteUrl' | 'privateHosts'>): HttpUrl | undefined {
  const { isWebsubOn, siteUrl, privateHosts } = config;
  if (!isWebsubOn || siteUrl === undefined) return undefined;
  return refuseAddress(siteUrl, { privateHosts, ownHosts: [] }) === undefined ? siteUrl : undefined;
}

function siteOf(url: HttpUrl): string {
  return hostOf(url).replace(/^www\./, '');
}

function withoutFragment(url: HttpUrl): HttpUrl {
  return url.replace(/#.*$/, '') as HttpUrl;
}
