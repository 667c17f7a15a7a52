/**
 * One entry of each kind that pages show differently: note, picture, comic, video, podcast, long read, a text with everything
 * that is wide.
 */
import { type RecordedEntry, toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { givenInstant, givenUrl } from './given.ts';
import { givenEntry } from './given-entries.ts';

type Change = Partial<RecordedEntry<SafeHtml>>;

const sentence =
  'The ferryman keeps a ledger of every crossing, and in it the weather, the height of the water and who was aboard. ';

function wide(origin: string): SafeHtml {
  return restoreSafeHtml(
    `<p>A table, code and pictures of unknown size.</p><table><thead><tr><th>Month</th><th>Temperature of the water</th><th>Turbidity</th><th>Fish counted at the weir</th><th>Remarks of the observers</th></tr></thead><tbody><tr><td>September</td><td>14.2 °C</td><td>31</td><td>12</td><td>first rain after the drought</td></tr><tr><td>October</td><td>11.0 °C</td><td>84</td><td>410</td><td>the week of the great run, when nobody slept</td></tr></tbody></table><p><img src="${origin}/21.svg" alt="A river without a size"></p><pre><code>for reading in sensor.readings(every="1h", at="the weir above the bridge", unit="cm"):\n    notify(reading)</code></pre><p>In the text: <code>notify(reading)</code>, and <img src="${origin}/22.svg" alt="a mark" width="16" height="16"> a mark.</p><p><img src="${origin}/nowhere.png" alt="A picture that is lost"></p>`,
  );
}

/** Them, newest first; pictures are at `origin`. */
export function givenKinds(newest: Instant, origin: string): readonly RecordedEntry<SafeHtml>[] {
  const file = (name: string) => givenUrl(`${origin}/${name}`);
  const kinds: readonly (readonly [name: string, change: Change])[] = [
    [
      'note',
      {
        title: '',
        summary: 'Fog on the river this morning, so thick that the ferry rang its bell the whole way across.',
        content: restoreSafeHtml(
          '<p>Fog on the river this morning, so thick that the ferry rang its bell the whole way across.</p>',
        ),
      },
    ],
    [
      'picture',
      {
        title: 'The weir at first light',
        summary: '',
        image: file('11.svg'),
        content: restoreSafeHtml(
          `<p><img src="${file('11.svg')}" alt="A weir in the first light" width="960" height="540"></p>`,
        ),
      },
    ],
    [
      'comic',
      {
        title: 'Water finds a way (3)',
        summary: 'The engineer explains.',
        image: file('12.svg'),
        content: restoreSafeHtml(`<p><img src="${file('12.svg')}" alt="Two engineers and a leak"></p>`),
      },
    ],
    [
      'video',
      {
        title: 'How a lock works, from inside the chamber',
        summary: 'A camera goes down with the boat.',
        image: file('13.svg'),
        content: restoreSafeHtml('<p>A camera goes down with the boat.</p>'),
        enclosures: [{ url: file('lock.mp4'), type: 'video/mp4', durationSeconds: 754 }],
      },
    ],
    [
      'podcast',
      {
        title: 'Episode 12: the people who read the gauges',
        summary: 'Three observers, ninety years of numbers, and a flood that nobody had a column for.',
        image: file('14.svg'),
        content: restoreSafeHtml(
          '<p>Three observers, ninety years of numbers, and a flood that nobody had a column for.</p>',
        ),
        enclosures: [{ url: file('gauges.mp3'), type: 'audio/mpeg', durationSeconds: 3723, lengthBytes: 52_000_000 }],
        modules: [
          {
            name: 'psc:chapters',
            children: [
              { name: 'psc:chapter', attributes: { start: '00:00:00', title: 'Hello' } },
              { name: 'psc:chapter', attributes: { start: '1:04:10.5', title: 'The <flood>', href: file('flood') } },
            ],
          },
          { name: 'podcast:transcript', attributes: { url: file('gauges.vtt'), type: 'text/vtt', language: 'en' } },
        ],
      },
    ],
    [
      'long',
      {
        title: 'The ledger of the ferry, 1921 to 1987',
        summary: 'What sixty-six years of crossings say about a town.',
        image: file('15.svg'),
        content: restoreSafeHtml(`<p>${sentence.repeat(12)}</p>`.repeat(12)),
      },
    ],
    ['wide', { title: 'Everything that is wide', summary: 'A table, code and pictures.', content: wide(origin) }],
  ];
  return kinds.map(([name, change], position) => {
    const site = givenUrl(`https://kinds-${name}.example/`);
    const at = givenInstant(newest - position * 7 * 60_000);
    const sourceId = toSourceId(givenUrl(`${site}feed`));
    const url = givenUrl(`${site}one`);
    return givenEntry({
      id: toEntryId(sourceId, url),
      guid: url,
      url,
      published: at,
      updated: at,
      sortAt: at,
      modified: at,
      firstSeen: at,
      sequence: 1000 - position,
      tags: [{ slug: 'water', label: 'Water' }],
      origin: {
        sourceId,
        title: `${name[0]?.toUpperCase()}${name.slice(1)} Works`,
        feedUrl: givenUrl(`${site}feed`),
        siteUrl: site,
      },
      ...change,
    });
  });
}
