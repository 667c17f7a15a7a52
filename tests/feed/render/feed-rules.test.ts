/**
 * The rules themselves: each one finds the fault it is for, so that silence elsewhere means something.
 */
import { describe, expect, it } from 'vitest';
import type { FeedFormat } from '../../../src/domain/view.ts';
import { findFaults } from '../../support/feed-rules.ts';
import { givenUrl } from '../../support/given.ts';
import { givenEntry, givenHead } from '../../support/given-entries.ts';
import { renderFeed } from '../../support/render-feed.ts';

const entry = givenEntry({
  guid: 'https://example.org/guid',
  categories: [{ term: 'one' }, { term: 'two' }],
  enclosures: [{ url: givenUrl('https://example.org/a.mp3'), type: 'audio/mpeg', lengthBytes: 7, title: 'A' }],
  externalUrl: givenUrl('https://example.org/x'),
});
const sound: Readonly<Record<FeedFormat, string>> = {
  rss: renderFeed('rss', givenHead('rss'), [entry], 'full'),
  atom: renderFeed('atom', givenHead('atom'), [entry], 'full'),
  json: renderFeed('json', givenHead('json'), [entry], 'full'),
};

function findFaultsAfter(format: FeedFormat, was: string | RegExp, is: string): string {
  const broken = sound[format].replace(was, is);
  expect(broken).not.toBe(sound[format]);
  return findFaults(format, broken).join('; ');
}

describe('rss', () => {
  it.each([
    ['not-rss-2', 'version="2.0"', 'version="0.92"'],
    ['missing-channel', /<channel>[^]*<\/channel>/, ''],
    ['blank at channel/title', '<title>Tributary</title>', '<title> </title>'],
    ['duplicate-element at channel/link', '<docs>', '<link>https://a.example/</link><docs>'],
    ['undefined-element', '<docs>', '<blink>no</blink><docs>'],
    ['invalid-language', '<language>en</language>', '<language>english</language>'],
    ['invalid-rfc822-date', /<pubDate>.*<\/pubDate>/, '<pubDate>2024-03-01</pubDate>'],
    ['incorrect-day-of-week', '<pubDate>Fri', '<pubDate>Mon'],
    ['invalid-rfc3339-date', /<atom:updated>.*<\/atom:updated>/, '<atom:updated>yesterday</atom:updated>'],
    ['missing-self', 'rel="self"', 'rel="related"'],
    ['unregistered-link-relation', 'rel="self"', 'rel="myself"'],
    ['duplicate-link', 'type="application/atom+xml"', 'type="application/feed+json"'],
    ['archive-without-current', '<docs>', '<fh:archive/><docs>'],
    ['misplaced-item', '</item>', '</item><ttl>60</ttl>'],
    ['missing-guid', /<guid.*<\/guid>/, ''],
    ['not-sufficiently-unique', '>https://example.org/guid<', '>12345<'],
    ['invalid-iri at item[0]/guid', /isPermaLink="false">[^<]*/, 'isPermaLink="true">a b'],
    ['neither-title-nor-description', /<title>One<\/title>[^]*<\/description>/, ''],
    ['content-before-description', /<description>The first.*<\/description>/, ''],
    ['contains-html', '<title>One', '<title>&lt;b&gt;One&lt;/b&gt;'],
    ['relative-reference', '<p>The first article', '<p><a href="/x">The first article'],
    ['security-risk', '<p>The first article', '<script>x</script>'],
    ['security-risk', '<p>The first article', '<p onclick="x">'],
    ['invalid-integer', 'length="7"', 'length="seven"'],
    ['invalid-media-type', 'type="audio/mpeg"/>', 'type="audio"/>'],
    ['invalid-uri-character', 'https://example.org/a.mp3', 'https://example.org/a|b.mp3'],
    ['invalid-iri at item[0]/source@url', /<source url="[^"]*"/, '<source url="/feed"'],
    ['unexpected-attribute', '<pubDate>', '<pubDate zone="x">'],
    ['duplicate-category', '<category>two', '<category>one'],
    ['blank at item[0]/category', '<category>two', '<category>'],
    ['blank at item[0]/dc:creator', 'Ada Example', ''],
    ['paging-in-entry', 'rel="related"', 'rel="next"'],
    ['duplicate-guid', /<item>[^]*<\/item>/, '$&$&'],
    ['unexpected-text', '<item>', '<item>text'],
    ['bad-characters', 'One', 'O\u0092ne'],
  ])('finds %s', (rule, was, is) => {
    expect(findFaultsAfter('rss', was, is)).toContain(rule);
  });

  it.each([
    ['an undeclared prefix', '<item>', '<item><foo:bar/>', /unbound namespace prefix/],
    ['a bare ampersand', 'One', 'One & two', /unclosed tag/],
    ['a control character', 'One', 'O\u0008ne', /disallowed character/],
    ['a reference to one', 'One', 'O&#8;ne', /malformed character entity/],
    ['half a surrogate pair', 'One', 'O\ud83dne', /lone surrogate/],
    ['an end of CDATA in text', '<title>One', '<title>One ]]>', /\]\]>/],
    ['a tag left open', '</guid>', '', /unexpected close tag/],
  ])('refuses to parse %s', (_name, was, is, message) => {
    expect(() => findFaultsAfter('rss', was, is)).toThrow(message);
  });
});

describe('atom', () => {
  it.each([
    ['not-atom', /http:\/\/www.w3.org\/2005\/Atom/, 'http://example.org/atom'],
    ['missing-element at feed/id', '<id>https://tributary.example/</id>', ''],
    ['missing-element at entry[0]/updated', /<updated>2024-03-02T09:30:00Z<\/updated>/, ''],
    ['missing-element at entry[0]/source/title', '<title>Example</title>', ''],
    ['invalid-iri at entry[0]/id', 'https://example.org/guid', 'guid one'],
    ['invalid-urn', 'https://example.org/guid', 'urn:x:y'],
    ['invalid-uuid', 'https://example.org/guid', 'urn:uuid:12'],
    ['invalid-tag-uri', 'https://example.org/guid', 'tag:example.org:x'],
    ['blank at entry[0]/title', '<title>One', '<title>'],
    ['contains-undeclared-html', '<title>One', '<title>&lt;b&gt;One&lt;/b&gt;'],
    ['contains-undeclared-html', '<title>One', '<title>One &amp;amp; two'],
    ['invalid-text-type', '<title>One', '<title type="markdown">One'],
    ['invalid-rfc3339-date', '<published>2024-03-01T08:00:00Z', '<published>2024-03-01'],
    ['missing-self at feed', 'rel="self" href="https://tributary', 'rel="via" href="https://tributary'],
    ['missing-self at entry[0]/source', 'rel="self" href="https://example', 'rel="via" href="https://example'],
    ['missing-author at entry[0]', /<author>\n<name>Ada[^]*?<\/author>/, ''],
    ['missing-author at feed', /<author>[^]*?<\/author>/, ''],
    ['invalid-email', '<name>Ada Example</name>', '<name>A</name><email>a at example</email>'],
    [
      'neither-content-nor-alternate',
      /<link rel="alternate" type="text\/html" href="https:\/\/example.org\/one"\/>([^]*)<content[^]*<\/content>/,
      '$1',
    ],
    ['duplicate-link at entry[0]', '<link rel="related"', '<link rel="alternate" type="text/html"'],
    ['duplicate-category', 'term="two"', 'term="one"'],
    ['blank at entry[0]/category@term', 'term="two"', 'term=""'],
    ['invalid-language', 'xml:lang="en">\n<title>', 'xml:lang="e">\n<title>'],
    ['missing-source', /<source>[^]*<\/source>/, ''],
    ['misplaced-metadata', '</entry>', '</entry><subtitle>x</subtitle>'],
    ['duplicate-id', /<entry[^]*<\/entry>/, '$&$&'],
    ['undefined-element', '<published>', '<issued>x</issued><published>'],
    ['invalid-integer', 'length="7"', 'length="7 bytes"'],
    [
      'link-not-empty',
      '<link rel="hub" href="https://hub.example/"/>',
      '<link rel="hub" href="https://hub.example/">x</link>',
    ],
  ])('finds %s', (rule, was, is) => {
    expect(findFaultsAfter('atom', was, is)).toContain(rule);
  });
});

describe('json', () => {
  it.each([
    ['wrong-version', 'version/1.1', 'version/1'],
    ['blank at feed.title', '"title":"Tributary"', '"title":""'],
    ['missing-self', '"feed_url":"https://tributary.example/feed.json",', ''],
    ['missing-link', /"home_page_url":"https:\/\/tributary.example\/",/, ''],
    ['next-is-self', '"language"', '"next_url":"https://tributary.example/feed.json","language"'],
    ['undefined-key', '"authors"', '"author"'],
    ['null-value', '"summary":"The first."', '"summary":null'],
    ['missing-items', '"items"', '"_items"'],
    ['missing-id', /"id":"https:\/\/example.org\/guid",/, ''],
    ['not-sufficiently-unique', '"id":"https://example.org/guid"', '"id":"12"'],
    ['duplicate-id', /\{"id":"https:\/\/example.org\/guid".*\}(?=\]\})/, '$&,$&'],
    ['missing-content', '"content_html"', '"_content"'],
    ['invalid-string', '"title":"One"', '"title":1'],
    ['invalid-iri', '"url":"https://example.org/one"', '"url":"/one"'],
    ['invalid-rfc3339-date', '2024-03-01T08:00:00Z', 'March'],
    ['empty-author', '{"name":"Ada Example"}', '{}'],
    ['invalid-list', /"tags":\[[^\]]*\]/, '"tags":[]'],
    ['duplicate-category', '["one","two"]', '["one","one"]'],
    ['blank', '["one","two"]', '["one",""]'],
    ['invalid-media-type', /"mime_type":"[^"]*",/, ''],
    ['invalid-number', '"size_in_bytes":7', '"size_in_bytes":"7"'],
    ['invalid-hub', '"type":"WebSub",', ''],
    ['invalid-language', /"language":"en"/, '"language":""'],
  ])('finds %s', (rule, was, is) => {
    expect(findFaultsAfter('json', was, is)).toContain(rule);
  });
});
