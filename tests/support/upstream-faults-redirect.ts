/**
 * Faults of redirects: circles, ways inside, ways nowhere. Also the good ones, which must be followed.
 */
import type { UpstreamHandler } from './upstream.ts';
import { faultPath, type UpstreamFault } from './upstream-fault.ts';
import { goodFeed } from './upstream-faults-transport.ts';

/** Redirects to `location`, which may be relative. */
function to(location: string, status = 302, headers: Readonly<Record<string, string>> = {}): UpstreamHandler {
  return ({ response }) => void response.writeHead(status, { location, ...headers }).end(`see ${location}`);
}

/** Answers the query `?n=0` with the feed and every other one with a redirect to one less. */
const countDown: UpstreamHandler = ({ request, response, upstream }) => {
  const url = new URL(request.url ?? '/', upstream.origin);
  const left = Number(url.searchParams.get('n') ?? -1);
  if (left === 0) response.writeHead(200, { 'content-type': 'text/xml' }).end(goodFeed);
  else response.writeHead(307, { location: `${url.pathname}?n=${left - 1}` }).end();
};

const here = faultPath('count-down');

function refused(name: string, location: string): UpstreamFault {
  return {
    name,
    does: `redirects to ${location}`,
    handler: to(location),
    retrieved: 'refused-address',
    checked: 'refused-address',
  };
}

function bad(name: string, location: string): UpstreamFault {
  return {
    name,
    does: `redirects to ${JSON.stringify(location)}`,
    handler: to(location),
    retrieved: 'bad-redirect',
    checked: 'bad-redirect',
  };
}

function good(name: string, does: string, handler: UpstreamHandler): UpstreamFault {
  return { name, does, handler, retrieved: 'document', checked: 'updated' };
}

/** The faults. */
export const redirectFaults: readonly UpstreamFault[] = [
  good('count-down-end', 'redirects nowhere, serves a feed', ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/xml', etag: '"end"' }).end(goodFeed);
  }),
  {
    name: 'count-down',
    does: 'redirects n times (query), here without a number: to n=-1, -2, -3 ...',
    handler: countDown,
    retrieved: 'too-many-redirects',
    checked: 'too-many-redirects',
    evidence: { limit: 5 },
  },
  good('five-redirects', 'redirects once, and then four times more', to(`${here}?n=4`)),
  {
    name: 'six-redirects',
    does: 'redirects once, and then five times more',
    handler: to(`${here}?n=5`),
    retrieved: 'too-many-redirects',
    checked: 'too-many-redirects',
    evidence: { limit: 5 },
  },
  bad('redirects-to-itself', faultPath('redirects-to-itself')),
  bad('circle', faultPath('circle-back')),
  bad('circle-back', faultPath('circle')),
  {
    name: 'cookie-wall',
    does: 'sets a cookie and redirects to itself until it comes back; it never does',
    handler: ({ request, response }) => {
      if (request.headers.cookie !== undefined) response.writeHead(200).end(goodFeed);
      else response.writeHead(302, { 'set-cookie': 'seen=1', location: request.url ?? '/' }).end();
    },
    retrieved: 'bad-redirect',
    checked: 'bad-redirect',
  },
  {
    name: 'redirect-without-location',
    does: 'says 301 and not where',
    handler: ({ response }) => void response.writeHead(301).end(),
    retrieved: 'bad-redirect',
    checked: 'bad-redirect',
  },
  bad('redirect-to-script', 'javascript:alert(1)'),
  bad('redirect-to-file', 'file:///etc/passwd'),
  bad('redirect-to-data', 'data:application/rss+xml,<rss/>'),
  bad('redirect-to-nonsense', 'http://[::bad'),
  refused('redirect-to-loopback', 'http://127.0.0.2/feed.xml'),
  refused('redirect-to-decimal-loopback', 'http://2130706434/'),
  refused('redirect-to-octal-loopback', 'http://0177.0.0.2/'),
  refused('redirect-to-short-loopback', 'http://127.2/'),
  refused('redirect-to-ipv6-loopback', 'http://[::1]/'),
  refused('redirect-to-mapped-loopback', 'http://[::ffff:127.0.0.2]/'),
  refused('redirect-to-metadata', 'http://169.254.169.254/latest/meta-data/'),
  refused('redirect-to-intranet', 'http://192.168.1.1/'),
  refused('redirect-to-localhost', 'http://localhost./'),
  refused('redirect-to-local-name', 'http://printer.local/'),
  refused('redirect-with-password', 'http://user:secret@example.org/'),
  refused('redirect-to-mail-port', 'http://example.org:25/'),
  {
    name: 'redirect-to-ourselves',
    does: 'redirects to the feed of whoever asks (their own address is 127.0.0.1:1)',
    handler: to('http://127.0.0.1:1/rss.xml'),
    retrieved: 'refused-address',
    checked: 'refused-address',
  },
  good('moved-for-good', 'moved by 301', to(faultPath('count-down-end'), 301)),
  good('moved-for-good-308', 'moved by 308', to(faultPath('count-down-end'), 308)),
  good('moved-for-now', 'moved by 302', to(faultPath('count-down-end'), 302)),
  good('see-other', 'moved by 303', to(faultPath('count-down-end'), 303)),
  good('moved-for-now-307', 'moved by 307', to(faultPath('count-down-end'), 307)),
  good('moved-twice', 'moved by 301 to a place that is moved by 302', to(faultPath('moved-for-now'), 301)),
  good('moved-with-fragment', 'redirects to a URL with a fragment', to(`${faultPath('count-down-end')}#top`, 301)),
  good(
    'moved-and-busy',
    'redirects and asks for patience',
    to(faultPath('count-down-end'), 302, { 'retry-after': '7200' }),
  ),
  good('moved-to-raw-utf8', 'writes raw UTF-8 into Location', ({ socket }) => {
    socket.end(
      Buffer.from('HTTP/1.1 302 Found\r\nLocation: /faults/größe\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
    );
  }),
  good('gr%C3%B6%C3%9Fe', 'serves a feed at a name that is not ASCII', ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(goodFeed);
  }),
  good('redirect-with-endless-body', 'redirects with a body that never ends', ({ response }) => {
    response.writeHead(302, { location: faultPath('count-down-end') });
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    };
    response.on('drain', more);
    more();
  }),
  {
    name: 'moved-to-gone',
    does: 'redirects for now to something that is gone for good: the redirect may change',
    handler: to(faultPath('status-410')),
    retrieved: 'http-status',
    checked: 'http-status',
    evidence: { status: 410 },
  },
  {
    name: 'moved-for-good-to-gone',
    does: 'redirects for good to something that is gone for good',
    handler: to(faultPath('status-410'), 301),
    retrieved: 'gone',
    checked: 'gone',
  },
];
