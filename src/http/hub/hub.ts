/**
 * Answers `POST /hub`: our WebSub hub takes subscriptions for every feed that names it.
 *
 * A topic is an address of ours whose answer names the hub. The hub requests it as a reader would, so a private view
 * needs its key. Later, a job of the queue asks the callback whether it confirms the subscription.
 *
 * @see https://www.w3.org/TR/websub/#subscribing-and-unsubscribing
 */
import { refuseAddress } from '../../domain/address-guard.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import { readBounded } from '../../domain/read-bounded.ts';
import { type FeedFormat, feedFileNames, feedFormats } from '../../domain/view.ts';
import type { Config } from '../../pipeline/config.ts';
import { leaseSeconds as leaseBounds } from '../../pipeline/push/push-state.ts';
import type { HubReceipt, HubRequest, HubTopic } from '../../pipeline/push/receiver.ts';
import { canonicalQuery } from '../../query/language/canonical.ts';
import { parseQuery } from '../../query/language/parse-query.ts';
import { withinPath } from '../../window/view-address.ts';
import { parseFeedPath } from '../feeds/polls.ts';
import { toProblemResponse } from '../problem.ts';

/** What the hub needs. */
export interface HubPorts {
  readonly config: Config;
  /** Stores a request; it is verified next. */
  readonly take: (request: HubRequest) => Promise<HubReceipt>;
  /** Answers a request of a reader. */
  readonly answer: (request: Request) => Promise<Response>;
  /** The same from the Archive alone, which also has unpublished entries. */
  readonly answerNow: (request: Request) => Promise<Response>;
}

/** A request holds two addresses and a secret. Bytes. */
const maxBodyBytes = 16 * 1024;

/** "MUST be less than 200 bytes in length". */
const maxSecretBytes = 199;

/** Answers a request to the hub. */
export async function answerHub(ports: HubPorts, request: Request): Promise<Response> {
  const { hubUrl } = ports.config;
  if (hubUrl === undefined) {
    return problem(404, 'There is no hub', 'It needs SITE_URL, a public address, and WEBSUB must not be off.');
  }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: 'POST, OPTIONS' } });
  if (request.method !== 'POST') {
    const detail = 'This is a WebSub hub: POST a form with hub.mode, hub.topic and hub.callback to it.';
    return problem(405, 'Only POST is answered here', detail, { Allow: 'POST, OPTIONS' });
  }
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    return problem(415, 'A form is expected', 'Send application/x-www-form-urlencoded.', {
      Accept: 'application/x-www-form-urlencoded',
    });
  }
  const bytes = await readBounded(request.body, maxBodyBytes);
  if (bytes === undefined) return problem(413, 'The request is too large', `It may have ${maxBodyBytes} bytes.`);
  const asked = readRequest(new URLSearchParams(new TextDecoder().decode(bytes)), ports.config);
  if (typeof asked === 'string') return problem(400, 'The request cannot be understood', asked);
  const refusal = await refuseTopic(ports, asked.topic, hubUrl);
  if (refusal !== undefined) return refusal;
  const receipt = await ports.take(asked);
  return receipt === 'accepted'
    ? new Response('The callback is asked next.\n', { status: 202, headers: { 'Cache-Control': 'no-store' } })
    : refuseFull(receipt);
}

/** Reads the form; a text says what is wrong with it. */
function readRequest(form: URLSearchParams, config: Config): HubRequest | string {
  const mode = form.get('hub.mode');
  if (mode !== 'subscribe' && mode !== 'unsubscribe') return 'hub.mode must be subscribe or unsubscribe.';
  const callback = readCallback(form.get('hub.callback') ?? '', config);
  if (typeof callback !== 'object') return callback;
  const topic = readTopic(form.get('hub.topic') ?? '', config.siteUrl);
  if (typeof topic === 'string') return topic;
  const lease = form.get('hub.lease_seconds') ?? '';
  if (lease !== '' && !/^\d{1,12}$/.test(lease)) return 'hub.lease_seconds must be a whole number of seconds.';
  const secret = form.get('hub.secret') ?? '';
  const { length } = new TextEncoder().encode(secret);
  if (length > maxSecretBytes) return `hub.secret must be shorter than 200 bytes; it has ${length}.`;
  const seconds = lease === '' ? leaseBounds.usual : Number(lease);
  return {
    mode,
    topic,
    callback: callback.url,
    leaseSeconds: Math.min(Math.max(seconds, leaseBounds.least), leaseBounds.most),
    ...(secret === '' ? {} : { secret }),
  };
}

function readCallback(text: string, { privateHosts, siteUrl }: Config): { readonly url: HttpUrl } | string {
  const url = parseHttpUrl(text);
  if (url === undefined) return 'hub.callback must be an http or https address.';
  if (url.includes('#')) return 'hub.callback must have no fragment.';
  const ownHosts = siteUrl === undefined ? [] : [new URL(siteUrl).host];
  const refusal = refuseAddress(url, { privateHosts, ownHosts });
  return refusal === undefined ? { url } : `hub.callback cannot be asked: ${refusal}.`;
}

/** Reads the address of one of our feeds. Whether it exists is asked later. */
function readTopic(text: string, siteUrl: HttpUrl | undefined): HubTopic | string {
  const address = parseHttpUrl(text);
  if (address === undefined) return 'hub.topic must be an http or https address.';
  const { origin, pathname, searchParams, hash, username } = new URL(address);
  if (origin !== siteUrl || username !== '') return `hub.topic must be a feed of ${siteUrl}, not of another site.`;
  const place = readPlace(pathname);
  if (place === undefined || hash !== '') return 'hub.topic must be the address of a feed: its self link.';
  const params = new URLSearchParams(searchParams);
  if ('view' in place) params.delete('key');
  const query = parseQuery(params);
  if (!query.ok) return query.failure.map(({ parameter, detail }) => `hub.topic, ${parameter}: ${detail}`).join(' ');
  if (query.value.before !== undefined) return 'hub.topic must be the newest page of a feed: leave `before` out.';
  // Kept as it was written: the callback compares it with its own request.
  const topic = { address: text.trim() as HttpUrl };
  return 'view' in place
    ? { ...topic, view: place.view, query: canonicalQuery(query.value) }
    : { ...topic, query: canonicalQuery(withinPath(place, query.value)) };
}

function readPlace(
  path: string,
): NonNullable<ReturnType<typeof parseFeedPath>>['place'] | { readonly view: string } | undefined {
  const [, kind, name, file, ...more] = path.split('/');
  if (kind !== 'views') return parseFeedPath(path)?.place;
  if (
    name === undefined ||
    more.length > 0 ||
    !feedFormats.some((format: FeedFormat) => feedFileNames[format] === file)
  ) {
    return undefined;
  }
  try {
    return { view: decodeURIComponent(name) };
  } catch {
    return undefined;
  }
}

/** Denies a topic that does not name the hub: there is no such feed, or its key is missing. */
async function refuseTopic(
  { answer, answerNow }: HubPorts,
  { address }: HubTopic,
  hubUrl: HttpUrl,
): Promise<Response | undefined> {
  const ask = new Request(address, { method: 'HEAD' });
  const published = await answer(ask);
  const response = published.status === 404 ? await answerNow(ask) : published;
  if (response.headers.get('Link')?.includes(`<${hubUrl}>; rel="hub"`) === true) return undefined;
  const { status } = response;
  if (status === 429) return response;
  if (status >= 500) return problem(503, 'Not available now', 'Try again in some minutes.', { 'Retry-After': '300' });
  const target = response.headers.get('Location');
  const detail =
    target === null
      ? 'There is no feed at hub.topic that names this hub. A private view needs its whole address, key included.'
      : `The feed of hub.topic is at ${new URL(target, address).href}: subscribe to that.`;
  return problem(404, 'Unknown topic', detail);
}

const full: Readonly<Record<Exclude<HubReceipt, 'accepted'>, string>> = {
  'host-full': 'The host of hub.callback has as many subscriptions as one host may have.',
  'hub-full': 'This hub has as many subscriptions as it can hold. Poll the feed, or try again later.',
  'topics-full': 'This hub has as many topics as it can hold. Poll the feed, or subscribe to one without parameters.',
};

function refuseFull(receipt: Exclude<HubReceipt, 'accepted'>): Response {
  return problem(429, 'Too many subscriptions', full[receipt], { 'Retry-After': '3600' });
}

function problem(
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return toProblemResponse({ status, title, detail }, { 'Cache-Control': 'no-store', ...headers });
}
