/**
 * Renders alerts as a feed in any of the three formats, so that the owner's feed reader shows them.
 */
import type { EntryId, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import type { SourceId } from '../../../domain/source.ts';
import { type FeedFormat, type FeedHead, feedFormats } from '../../../domain/view.ts';
import { renderFrame } from '../../../feed/render/frame.ts';
import { renderEntry } from '../../../feed/render/render-entry.ts';
import { makeFrameTemplates } from '../../../feed/render/xml-frame-template.ts';
import type { AlertKind, RecordedAlert } from '../../../pipeline/alerts.ts';

/** Last path segment of each format. */
export const alertFiles: Readonly<Record<FeedFormat, string>> = {
  rss: 'alerts.xml',
  atom: 'alerts.atom',
  json: 'alerts.json',
};

/** The feed's own title and description. */
export interface AlertSite {
  readonly siteTitle: string;
  readonly origin: string;
  /** The path segment of the alert feeds. */
  readonly key: string;
}

const words: Readonly<Record<AlertKind, string>> = {
  failing: 'fails',
  gone: 'is gone',
  recovered: 'is back',
  moved: 'moved',
  merged: 'was merged',
  'publishing-fails': 'Publishing fails',
  'publishing-works': 'Publishing works again',
  'webhook-paused': 'A webhook is paused',
};

/** An alert in a few words: `River Post fails`. */
export function tellAlert({ kind, source }: RecordedAlert): string {
  return source === undefined ? words[kind] : `${source.title} ${words[kind]}`;
}

/** The desk's page about an alert. */
export function alertPage({ source }: RecordedAlert): string {
  return source === undefined ? '/admin/system' : `/admin/sources/${encodeURIComponent(source.id)}`;
}

/** The address of the feed in one format, with the key. */
export function alertAddress({ origin, key }: AlertSite, format: FeedFormat): HttpUrl {
  return toUrl(`${origin}/admin/${alertFiles[format]}?key=${key}`);
}

/** The document. `alerts` are the newest first. */
export function renderAlertFeed(format: FeedFormat, alerts: readonly RecordedAlert[], site: AlertSite): string {
  const head: FeedHead = {
    id: `${site.origin}/admin/alerts`,
    title: `${site.siteTitle}: alerts`,
    description: 'Sources that fail, are gone, moved or came back, and publishing that fails.',
    language: 'en',
    siteUrl: toUrl(`${site.origin}/admin/system`),
    selfUrl: alertAddress(site, format),
    alternates: feedFormats
      .filter((other) => other !== format)
      .map((other) => ({ format: other, url: alertAddress(site, other) })),
    hubs: [],
    entryLanguage: 'en',
    ...(alerts[0] === undefined ? {} : { updated: alerts[0].at }),
  };
  const { prefix, separator, suffix } = renderFrame(makeFrameTemplates(), format, head);
  const entries = alerts.map((alert) => renderEntry(format, toEntry(alert, site), 'full'));
  return prefix + entries.join(separator) + suffix;
}

function toEntry(alert: RecordedAlert, { origin, siteTitle }: AlertSite): RecordedEntry<SafeHtml> {
  const { id, at, detail } = alert;
  return {
    id: `alert-${id}` as EntryId,
    guid: `${origin}/admin/alerts/${id}`,
    url: toUrl(origin + alertPage(alert)),
    title: tellAlert(alert),
    summary: detail,
    published: at,
    authors: [],
    categories: [{ term: alert.kind }],
    enclosures: [],
    language: 'en',
    origin: { sourceId: 'alerts' as SourceId, title: siteTitle },
    tags: [],
    firstSeen: at,
    sortAt: at,
    modified: at,
    sequence: id,
  };
}

function toUrl(address: string): HttpUrl {
  const url = parseHttpUrl(address);
  if (url === undefined) throw new Error(`no address: ${address}`);
  return url;
}
