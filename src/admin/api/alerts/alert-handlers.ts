/**
 * Serves alerts to the owner's reader: three feeds behind a key, and the call that lists their addresses.
 *
 * The key is derived from ADMIN_TOKEN and opens nothing else: another token makes another key.
 */
import { digest } from '../../../domain/digest.ts';
import { type FeedFormat, feedFormats, feedMediaTypes } from '../../../domain/view.ts';
import { isSameSecret, refuse, type TokenLimit } from '../../access/bearer-token.ts';
import { createSigner } from '../../access/signer.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import { toJsonResponse } from '../admin-problem.ts';
import { type AlertSite, alertAddress, alertFiles, renderAlertFeed } from './alert-feed.ts';

/** Alerts in a feed. */
const shownAlerts = 100;

/** `GET /admin/api/alerts`: the addresses of the feeds. */
export async function showAlertAddresses(ports: AdminPorts, request: Request): Promise<Response> {
  const site = await toSite(ports, request);
  const addresses = feedFormats.map((format) => [format, alertAddress(site, format)]);
  return toJsonResponse({ key: site.key, ...Object.fromEntries(addresses) });
}

/** The format that the path of an alert feed names. */
export function alertFormatOf(path: string): FeedFormat | undefined {
  return feedFormats.find((format) => path === `/admin/${alertFiles[format]}`);
}

/** Answers a feed. Either `?key=` or the token opens it. */
export async function serveAlertFeed(
  ports: AdminPorts,
  request: Request,
  format: FeedFormat,
  limit: TokenLimit,
): Promise<Response> {
  const refusal = await refuse(request, ports.adminToken, limit);
  const site = await toSite(ports, request);
  const given = new URL(request.url).searchParams.get('key') ?? '';
  if (refusal !== undefined && (ports.adminToken === undefined || !isSameSecret(given, site.key))) return refusal;
  const body = renderAlertFeed(format, await ports.archive.alerts(shownAlerts), site);
  const headers = {
    'Content-Type': feedMediaTypes[format],
    ETag: `"${digest(body).slice(0, 20)}"`,
    'Cache-Control': 'private, no-cache',
    'X-Robots-Tag': 'noindex, nofollow',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
  const isKnown = (request.headers.get('If-None-Match') ?? '').includes(headers.ETag);
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

async function toSite({ adminToken = '', siteTitle }: AdminPorts, request: Request): Promise<AlertSite> {
  const key = (await createSigner(adminToken, 'tributary alert feeds 1').sign('key')).slice(0, 32);
  return { siteTitle, origin: new URL(request.url).origin, key };
}
