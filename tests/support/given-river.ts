/**
 * Entries for looking at pages: several languages and scripts, everything a text can hold, and a hostile publisher.
 */
import { type RecordedEntry, toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { toSourceId } from '../../src/domain/source.ts';
import type { Tag } from '../../src/domain/tag.ts';
import { givenInstant, givenUrl } from './given.ts';
import { givenEntry } from './given-entries.ts';

const hourMs = 3_600_000;

const sites = ['River Post', '河流日报', 'جريدة النهر', 'Flussblatt', 'Water & Stone Review', '<b>Bold</b> Site'];

const titles: readonly (readonly [language: string, title: string, summary: string])[] = [
  [
    'en',
    'A dam comes down, and the salmon are back within a season',
    'Engineers expected years of silence. What they found in the first autumn were fish, gravel and a river that had not forgotten its way.',
  ],
  [
    'zh',
    '长江上游的水文站如何记录一百年的水位',
    '从木尺到雷达水位计，一座小站的观测员们把每天的数字写进同一本册子。这些册子如今成了研究干旱与洪水的底稿。',
  ],
  [
    'ar',
    'كيف تحفظ القرى القديمة ماء المطر في الصهاريج',
    'في القرى الجبلية ما زالت الصهاريج المحفورة في الصخر تجمع ماء الشتاء، ويروي أهلها كيف تُنظَّف وتُقسَم حصصها كل عام.',
  ],
  [
    'de',
    'Warum Auen die besten Rückhaltebecken sind',
    'Wo der Fluss über die Ufer treten darf, kommt das Hochwasser flussabwärts später und flacher an. Drei Gemeinden haben es ausprobiert.',
  ],
  [
    'ja',
    '用水路をめぐる夏の話し合い',
    '田に水を引く順番は、今も紙の台帳で決まる。若い人が減った集落で、その台帳を誰が引き継ぐのかが話題になっている。',
  ],
  ['he', 'המעיין שחזר לזרום אחרי שלושים שנה', 'תושבי הכפר התעוררו לקול מים שאיש מהצעירים לא הכיר.'],
  [
    'en',
    '</title><script>alert("title")</script><img src=x onerror=alert(1)>',
    '"><svg onload=alert(2)> a summary that tries to get out',
  ],
  [
    'fr',
    'Le pont-canal, une rivière portée par des arches',
    'On y passe en bateau au-dessus d’une autre rivière ; l’eau pèse autant, qu’il y ait un bateau ou non.',
  ],
];

const tagSets: readonly (readonly Tag[])[] = [
  [
    { slug: 'water', label: 'Water' },
    { slug: 'rivers', label: 'Rivers' },
    { slug: 'ecology', label: 'Ecology' },
  ],
  [
    { slug: 'water', label: 'Water' },
    { slug: '水文', label: '水文' },
  ],
  [
    { slug: 'water', label: 'Water' },
    { slug: 'ماء', label: 'ماء' },
  ],
  [
    { slug: 'floods', label: 'Floods' },
    { slug: 'rivers', label: 'Rivers' },
  ],
  [{ slug: 'farming', label: 'Farming' }],
  [{ slug: 'springs', label: 'Springs' }],
  [{ slug: 'c++', label: '<script>alert(3)</script>' }],
  [
    { slug: 'engineering', label: 'Engineering' },
    { slug: 'rivers', label: 'Rivers' },
  ],
];

/** The text of one long entry, as the sanitizer would leave it. */
const longText =
  restoreSafeHtml(`<p>The last piece of concrete left the river on a Tuesday. <em>Nobody had asked the fish</em>, and yet they came: first a few, then <a href="https://example.org/counts">four hundred in a week</a>.</p>
<figure><img src="https://images.example/dam.svg" alt="A river between gravel banks" width="960" height="540"><figcaption>The gravel bank that the reservoir had covered for ninety years. Photo: the author.</figcaption></figure>
<h2>What was measured</h2><p>Three numbers, every hour, on a board computer that costs less than a fishing rod:</p>
<ul><li>the temperature, in the shade of the left bank;</li><li>the turbidity;</li><li>and the sound, because gravel that moves is <strong>audible</strong>.</li></ul>
<blockquote><p>A river is a habit of water. Give it its bed back and it will take it up again.</p></blockquote>
<table><thead><tr><th>Month</th><th>Temperature</th><th>Turbidity</th><th>Fish counted at the weir</th><th>Remarks by the observers on duty</th></tr></thead><tbody><tr><td>September</td><td>14.2 °C</td><td>31</td><td>12</td><td>first rain after the drought</td></tr><tr><td>October</td><td>11.0 °C</td><td>84</td><td>410</td><td>the week of the great run</td></tr></tbody></table>
<h3>The program</h3><pre><code>for reading in sensor.readings(every="1h"):
    if reading.turbidity &gt; threshold and not reading.is_night:
        notify("the river is moving its bed again, come and listen to it")</code></pre>
<p>It ran for a year on <code>python -m listen --to river</code> and two batteries.</p><ol><li>Put the board in a jar.</li><li>Put the jar in a tree.</li></ol><hr><p>© The author, who lives nearby.</p>`);

const chineseText = restoreSafeHtml(
  '<p>水文站的院子里立着一根木尺，<em>刻度已经看不清了</em>。观测员每天早晨八点下到水边，读数，再把数字写进册子。“写错了不能涂改，只能划一条线。”老站长说。</p><blockquote><p>一本册子写满，要两年零四个月。</p></blockquote><p>如今雷达水位计每分钟读一次数，册子却没有停。年轻的观测员解释：仪器会坏，而河不会等人。1954 年、1998 年与 2020 年的洪水，都写在同样的格子里。</p>',
);

const arabicText = restoreSafeHtml(
  '<p>تُحفر الصهاريج في الصخر على شكل <em>إجاصة</em>: عنق ضيّق وبطن واسع، حتى يبقى الماء باردًا لا تصله الشمس. وقبل أول المطر ينزل رجلان إلى القاع لتنظيفه.</p><blockquote><p>من نظّف الصهريج شرب منه أولًا.</p></blockquote><ul><li>تُقسَم الحصص بالدلو، لا بالساعة.</li><li>للضيف دلو لا يُحسَب (كان ذلك في عام 1932 أيضًا).</li></ul><p>ويُكتب الدَّين على الجدار بالفحم: <code>3 + 2</code> دلاء، ثم يُمحى بعد الحصاد.</p>',
);

/** `amount` entries, newest first, an hour and more apart; images are at `imageOrigin`. */
export function givenRiver(
  amount: number,
  newest: Instant,
  imageOrigin = 'https://images.example',
): readonly RecordedEntry<SafeHtml>[] {
  return Array.from({ length: amount }, (_, position) => {
    const [language, title, summary] = titles[position % titles.length] ?? ['en', '', ''];
    const site = sites[position % sites.length] ?? '';
    const address = givenUrl(`https://site-${position % sites.length}.example/`);
    const at = givenInstant(newest - position * 5 * hourMs - (position % 3) * 17 * 60_000);
    const sourceId = toSourceId(givenUrl(`${address}feed`));
    const url = givenUrl(`${address}articles/${position}`);
    return givenEntry({
      id: toEntryId(sourceId, url),
      guid: url,
      url,
      title: position < titles.length ? title : `${title} · ${position}`,
      summary,
      content: contentOf(language, position, imageOrigin),
      published: at,
      updated: givenInstant(at + (position % 4) * hourMs),
      authors: position % 3 === 0 ? [{ name: 'Ada Example', url: address }, { name: 'سارة مثال' }] : [],
      language,
      tags: tagSets[position % tagSets.length] ?? [],
      origin: { sourceId, title: site, feedUrl: givenUrl(`${address}feed`), siteUrl: address },
      sortAt: at,
      modified: givenInstant(at + hourMs),
      firstSeen: at,
      sequence: amount - position,
      rights: '© its author',
      ...(position % 3 === 1 ? {} : { image: givenUrl(`${imageOrigin}/${position}.svg`) }),
      ...(position === 3
        ? {
            enclosures: [
              {
                url: givenUrl(`${imageOrigin}/talk.mp3`),
                type: 'audio/mpeg',
                lengthBytes: 12_300_000,
                durationSeconds: 1471,
                title: 'Das Gespräch',
              },
            ],
            commentsUrl: givenUrl(`${address}comments`),
          }
        : {}),
    });
  });
}

function contentOf(language: string, position: number, imageOrigin: string): SafeHtml {
  switch (language) {
    case 'zh':
      return chineseText;
    case 'ar':
      return arabicText;
    default:
      return position === 0
        ? restoreSafeHtml(longText.replace('https://images.example', imageOrigin))
        : restoreSafeHtml(
            `<p>Entry ${position}. A short text, and another sentence so that there is something to read.</p>`,
          );
  }
}
