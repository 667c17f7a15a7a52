/**
 * Recognises images that track readers: web beacons by their size, well-known trackers by their address.
 */

/** Hosts (and their subdomains) with a path prefix whose images are counters, beacons or share buttons. */
const knownTrackers: readonly (readonly [host: string, path: string])[] = [
  ['feeds.feedburner.com', '/~r/'],
  ['feeds.feedburner.com', '/~ff/'],
  ['feedproxy.google.com', '/~r/'],
  ['feedproxy.google.com', '/~ff/'],
  ['feedsportal.com', '/'],
  ['feedads.googleadservices.com', '/'],
  ['pheedo.com', '/'],
  ['doubleclick.net', '/'],
  ['google-analytics.com', '/'],
  ['googletagmanager.com', '/'],
  ['googleadservices.com', '/'],
  ['googlesyndication.com', '/'],
  ['pixel.wp.com', '/'],
  ['stats.wordpress.com', '/'],
  ['stats.wp.com', '/'],
  ['feeds.wordpress.com', '/1.0/'],
  ['blogger.googleusercontent.com', '/tracker/'],
  ['medium.com', '/_/stat'],
  ['facebook.com', '/tr'],
  ['scorecardresearch.com', '/'],
  ['quantserve.com', '/'],
  ['assoc-amazon.com', '/e/'],
  ['ir-na.amazon-adsystem.com', '/'],
  ['amazon-adsystem.com', '/'],
  ['linksynergy.com', '/fs-bin/show'],
  ['api.follow.it', '/track'],
  ['counter.theconversation.com', '/'],
  ['counter.theconversation.edu.au', '/'],
  ['pixel.mathtag.com', '/'],
  ['px.ads.linkedin.com', '/'],
  ['bat.bing.com', '/'],
  ['matomo.org', '/matomo.php'],
  ['statcounter.com', '/'],
  ['c.gigcount.com', '/'],
  ['vgwort.de', '/na/'],
  ['ioam.de', '/'],
  ['ivwbox.de', '/'],
  ['clicky.com', '/'],
  ['hits.seeyoufarm.com', '/'],
  ['eotrx.substackcdn.com', '/'],
  ['list-manage.com', '/track/'],
  ['collect.tealiumiq.com', '/'],
  ['chartbeat.net', '/'],
  ['piwik.pro', '/'],
];

/** Paths by the last two labels of the host: for most images one lookup is enough. */
const pathsByDomain = new Map<string, (readonly [host: string, path: string])[]>();
for (const tracker of knownTrackers) {
  const domain = domainOf(tracker[0]);
  pathsByDomain.set(domain, [...(pathsByDomain.get(domain) ?? []), tracker]);
}

function domainOf(host: string): string {
  return host.slice(host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1);
}

/** Whether the image at an absolute URL (as the URL parser writes it) is a known tracker. */
export function isKnownTracker(address: string): boolean {
  const [, host = '', path = ''] = /^https?:\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?(\/[^?#]*)/.exec(address) ?? [];
  const trackers = pathsByDomain.get(domainOf(host)) ?? [];
  return trackers.some(([of, under]) => (host === of || host.endsWith(`.${of}`)) && path.startsWith(under));
}

/** Whether an image is declared too small (or too hidden) to be seen: 0 to 2 pixels both ways, or not displayed. */
export function isInvisible(attributes: Readonly<Record<string, string>>): boolean {
  const style = (attributes['style'] ?? '').slice(0, 500).toLowerCase().replace(/\s/g, '');
  if (attributes['hidden'] !== undefined || /display:none|visibility:hidden/.test(style)) return true;
  const width = attributes['width'] ?? /(?:^|;)width:(\d+)px/.exec(style)?.[1];
  const height = attributes['height'] ?? /(?:^|;)height:(\d+)px/.exec(style)?.[1];
  if (width === undefined && height === undefined) return false;
  // An image that is zero pixels wide or high cannot be seen, whatever its other size is.
  if (isZero(width) || isZero(height)) return true;
  return isTiny(width) && isTiny(height) && (width !== undefined || height === '1');
}

function isZero(size: string | undefined): boolean {
  return size !== undefined && /^\s*0+(?:px)?\s*$/.test(size);
}

function isTiny(size: string | undefined): boolean {
  return size === undefined || /^\s*[012](?:px)?\s*$/.test(size);
}
