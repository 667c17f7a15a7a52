/**
 * Faults inside the document: HTTP is fine, what it carries is not, or lies about itself.
 */
import type { Failure } from '../../src/domain/failure.ts';
import type { UpstreamHandler } from './upstream.ts';
import type { UpstreamFault } from './upstream-fault.ts';
import { goodFeed } from './upstream-faults-transport.ts';
import { givenUpstreamEntries, renderUpstreamFeed } from './upstream-feed.ts';

const site = 'https://site.example';

function send(body: string | Uint8Array, contentType = 'application/rss+xml'): UpstreamHandler {
  return ({ response }) => void response.writeHead(200, { 'content-type': contentType }).end(body);
}

function readable(name: string, does: string, handler: UpstreamHandler): UpstreamFault {
  return { name, does, handler, retrieved: 'document', checked: 'updated' };
}

function unreadable(name: string, does: string, checked: Failure['kind'], handler: UpstreamHandler): UpstreamFault {
  return { name, does, handler, retrieved: 'document', checked };
}

/** An RSS document around these items. */
function rss(items: string, prolog = '<?xml version="1.0" encoding="utf-8"?>'): string {
  return `${prolog}<rss version="2.0"><channel><title>T</title><link>${site}/</link><description/>${items}</channel></rss>`;
}

function item(guid: string, more = ''): string {
  return `<item><guid isPermaLink="false">${guid}</guid><title>Entry ${guid}</title><link>${site}/${guid}</link>${more}</item>`;
}

const page = '<!doctype html><html><head><title>A page</title></head><body><h1>Hello</h1></body></html>';
const pageWithFeed = page.replace(
  '</head>',
  '<link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>',
);
const laughs = Array.from({ length: 9 }, (_, index) => {
  const before = `&l${index};`.repeat(10);
  return `<!ENTITY l${index + 1} "${before}">`;
}).join('');

let visits = 0;

/** The faults. `faultLimits.maxBodyBytes` holds all of them. */
export const contentFaults: readonly UpstreamFault[] = [
  unreadable('empty', 'sends nothing with a 200', 'empty-document', send('')),
  unreadable('blank', 'sends white space', 'empty-document', send(' \r\n\t\n ')),
  unreadable('html', 'sends a page that announces no feed', 'html-instead-of-feed', send(page, 'text/html')),
  unreadable(
    'html-with-feed',
    'sends a page that announces one',
    'html-instead-of-feed',
    send(pageWithFeed, 'text/html'),
  ),
  unreadable('html-as-rss', 'sends a page and calls it RSS', 'html-instead-of-feed', send(page)),
  unreadable(
    'captcha',
    'sends a form to prove humanity',
    'html-instead-of-feed',
    send('<html><form>Are you human?</form></html>', 'text/html'),
  ),
  unreadable(
    'json-error',
    'sends an error as JSON with a 200',
    'not-a-feed',
    send('{"error":"quota"}', 'application/json'),
  ),
  unreadable(
    'image',
    'sends an image and calls it RSS',
    'not-a-feed',
    send(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0)),
  ),
  unreadable('plain-text', 'sends a sentence', 'not-a-feed', send('Temporarily unavailable, sorry.', 'text/plain')),
  unreadable(
    'other-xml',
    'sends a sitemap',
    'not-a-feed',
    send('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', 'text/xml'),
  ),
  readable('feed-as-html', 'sends a feed and calls it HTML', send(goodFeed, 'text/html')),
  readable(
    'feed-as-binary',
    'sends a feed and calls it application/octet-stream',
    send(goodFeed, 'application/octet-stream'),
  ),
  readable('feed-without-type', 'sends a feed without a Content-Type', ({ response }) => void response.end(goodFeed)),
  readable(
    'wrong-charset',
    'says us-ascii and sends UTF-8',
    send(rss(item('1', '<description>größer</description>')), 'text/xml; charset=us-ascii'),
  ),
  readable('unknown-charset', 'says a charset that does not exist', send(goodFeed, 'text/xml; charset=klingon')),
  readable(
    'latin1-as-utf8',
    'says UTF-8 and sends Latin-1',
    send(Buffer.from(rss(item('1', '<description>größer</description>')), 'latin1'), 'text/xml; charset=utf-8'),
  ),
  readable(
    'utf16',
    'sends UTF-16 with a byte order mark and says UTF-8',
    send(Buffer.from(`\ufeff${rss(item('1'), '')}`, 'utf16le'), 'text/xml; charset=utf-8'),
  ),
  readable('cut-off', 'ends in the middle of an entry, with a Content-Length that fits', send(goodFeed.slice(0, -150))),
  readable('garbage-before', 'prints a warning before the feed', send(`Warning: line 7\n${goodFeed}`)),
  readable('garbage-after', 'prints a warning after the feed', send(`${goodFeed}\n<b>Warning</b>: line 7`)),
  readable(
    'control-characters',
    'has control characters in its text',
    send(rss(item('1', '<description>a\u0000b\u0008c</description>'))),
  ),
  readable('bare-ampersands', 'does not escape', send(rss(item('1', '<description>R&D &nbsp; & more</description>')))),
  readable(
    'entity-bomb',
    'defines entities that grow a billionfold',
    send(
      rss(
        item('1', '<description>&l9;</description>'),
        `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>`,
      ),
    ),
  ),
  readable(
    'external-entity',
    'asks for a file of ours',
    send(
      rss(
        item('1', '<description>&file;</description>'),
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
      ),
    ),
  ),
  readable(
    'deep-nesting',
    'nests 20,000 elements',
    send(rss(item('1', `${'<b>'.repeat(20_000)}${'</b>'.repeat(20_000)}`))),
  ),
  readable(
    'many-attributes',
    'has a tag with 10,000 attributes',
    send(rss(item('1', `<x ${Array.from({ length: 10_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`))),
  ),
  readable(
    'flood',
    'has 1,000 entries at once',
    send(renderUpstreamFeed({ title: 'Flood', site, format: 'rss', entries: givenUpstreamEntries(1000, site) })),
  ),
  readable('no-entries', 'has no entries', send(rss(''))),
  readable('changing-guids', 'gives its entries new guids at each visit', ({ response }) => {
    visits += 1;
    const items = ['a', 'b', 'c'].map((name) => item(name).replace(`>${name}</guid>`, `>${name}-${visits}</guid>`));
    response.writeHead(200, { 'content-type': 'text/xml' }).end(rss(items.join('')));
  }),
  readable('same-guids', 'gives all its entries one guid', send(rss(item('x') + item('x') + item('x')))),
  readable(
    'no-guids',
    'gives no guids, links or dates',
    send(rss('<item><title>One</title></item><item><title>Two</title></item>')),
  ),
  readable(
    'dates-to-come',
    'publishes in the year 2999',
    send(rss(item('1', '<pubDate>Fri, 01 Jan 2999 00:00:00 GMT</pubDate>'))),
  ),
  readable(
    'dates-nonsense',
    'publishes on 32 Foo',
    send(rss(item('1', '<pubDate>Foo, 32 Foo 20xx 99:99:99</pubDate>'))),
  ),
  readable(
    'absurd-cadence',
    'skips every hour and has a ttl of a century',
    send(
      rss(
        `<ttl>52560000</ttl><skipHours>${Array.from({ length: 24 }, (_, hour) => `<hour>${hour}</hour>`).join('')}</skipHours>${item('1')}`,
      ),
    ),
  ),
  readable(
    'scripts',
    'has entries full of scripts',
    send(
      rss(
        item('1', '<description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</description>'),
      ),
    ),
  ),
  readable(
    'links-inside',
    'links to javascript:, data: and private addresses',
    send(
      rss(item('1').replace(`${site}/1`, 'javascript:alert(1)') + item('2').replace(`${site}/2`, 'http://127.0.0.1/')),
    ),
  ),
  readable('recursion', 'is a feed of ourselves: its entries are ours, its self link is ours', ({ response }) => {
    const self = 'http://127.0.0.1:1/rss.xml';
    const link = `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="${self}"/>`;
    response.writeHead(200, { 'content-type': 'text/xml' }).end(rss(`${link}${item('1')}`));
  }),
  readable('sets-cookies', 'sets 50 cookies', ({ response }) => {
    response.setHeader(
      'set-cookie',
      Array.from({ length: 50 }, (_, n) => `c${n}=${n}; Path=/`),
    );
    response.end(goodFeed);
  }),
];
