/**
 * Made-up feed documents of the two sizes the reader is measured with, written as common publishing systems write them.
 */

const sentence =
  'Where the river slows down it drops what it carried: gravel first, then sand, and last the finest silt — as every ' +
  'year. ';

/** A document as it comes from the network. */
export interface GivenFeed {
  readonly name: string;
  readonly text: string;
}

function article(position: number, paragraphs: number): string {
  return Array.from(
    { length: paragraphs },
    (_, paragraph) =>
      `<p>${sentence.repeat(2)}<a href="/notes/${position}?part=${paragraph}&amp;view=full">Note ${paragraph}</a> ` +
      `and <em>more</em>: ${sentence}</p>\n<p><img src="/images/${position}-${paragraph}.jpg" alt="Gauge" width="640"></p>\n`,
  ).join('');
}

function escape(html: string): string {
  return html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function day(position: number): Date {
  return new Date(Date.UTC(2026, 9, 30) - position * 86_400_000);
}

/** Atom 1.0: 25 entries with escaped HTML as content, 186 KB. */
export function givenAtom(): GivenFeed {
  const entries = Array.from({ length: 25 }, (_, position) => {
    const at = day(position).toISOString().replace('.000', '');
    return `<entry>
  <id>tag:river.example,2026:note-${position}</id>
  <title type="html">Note ${position} from the river &amp;amp; its bank</title>
  <link rel="alternate" type="text/html" href="https://river.example/notes/${position}?utm_source=atom"/>
  <link rel="replies" type="application/atom+xml" href="https://river.example/notes/${position}/replies" thr:count="3"/>
  <published>${at}</published>
  <updated>${at}</updated>
  <author><name>The Warden</name><uri>https://river.example/warden</uri></author>
  <category scheme="https://river.example/topics" term="water" label="Water"/>
  <category term="silt"/>
  <summary type="text">${sentence}</summary>
  <content type="html" xml:base="https://river.example/notes/${position}">${escape(article(position, 11))}</content>
</entry>
`;
  });
  const text = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en">
<id>tag:river.example,2026:notes</id>
<title>River notes</title>
<subtitle>What the water does</subtitle>
<link rel="self" href="https://river.example/atom.xml"/>
<link rel="alternate" type="text/html" href="https://river.example/"/>
<updated>2026-10-30T00:00:00Z</updated>
<author><name>The Warden</name></author>
${entries.join('')}</feed>
`;
  return { name: 'Atom', text };
}

/** RSS 2.0: 46 items with a description and, in CDATA, the content; 163 KB. */
export function givenRss(): GivenFeed {
  const items = Array.from({ length: 46 }, (_, position) => {
    const link = `https://river.example/notes/${position}/`;
    return `<item>
  <title>Note ${position} from the river &#038; its bank</title>
  <link>${link}?utm_source=rss&amp;utm_medium=feed</link>
  <comments>${link}#comments</comments>
  <dc:creator><![CDATA[The Warden]]></dc:creator>
  <pubDate>${day(position).toUTCString().replace('GMT', '+0000')}</pubDate>
  <category><![CDATA[Water]]></category>
  <category><![CDATA[Silt]]></category>
  <category domain="https://river.example/topics">Rivers</category>
  <guid isPermaLink="false">https://river.example/?p=${position}</guid>
  <description><![CDATA[<p>${sentence}</p>]]></description>
  <content:encoded><![CDATA[${article(position, 5)}]]></content:encoded>
  <media:thumbnail url="https://river.example/images/${position}-t.jpg" width="150" height="150"/>
  <enclosure url="https://river.example/audio/${position}.mp3" length="1048576" type="audio/mpeg"/>
  <slash:comments>3</slash:comments>
</item>
`;
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>River notes</title>
<atom:link href="https://river.example/feed/" rel="self" type="application/rss+xml"/>
<link>https://river.example/</link>
<description>What the water does</description>
<lastBuildDate>Fri, 30 Oct 2026 00:00:00 +0000</lastBuildDate>
<language>en-GB</language>
<sy:updatePeriod>hourly</sy:updatePeriod>
<generator>https://river.example/generator</generator>
${items.join('')}</channel>
</rss>
`;
  return { name: 'RSS', text };
}
