/**
 * `node scripts/make-archive.ts --to /tmp/archive --articles 15584`: writes an archive to measure with.
 *
 * Articles of seven sites in the seven formats that archives have, 6 KB on average, made of invented words, the same for the
 * same `--seed`. The directory is a seeds directory: TRIBUTARY_SEEDS=/tmp/archive npm start.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from './random.ts';

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: '/tmp/tributary-archive' },
    articles: { type: 'string', default: '15584' },
    seed: { type: 'string', default: '1' },
  },
});

const random = createRandom(Number(values.seed));

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** 4,000 invented words of Latin letters, and a sentence of Chinese characters: as varied as news are. */
const syllables = 'ba be di do fa fi ga go ha hi ka ko la le ma mo na no pa pe ra ro sa so ta to va vi wa zo'.split(
  ' ',
);
const words = Array.from({ length: 4000 }, () =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
);
const characters = Array.from({ length: 2500 }, (_, at) => String.fromCodePoint(0x4e00 + at * 7));

function sentence(isChinese: boolean): string {
  const length = 8 + Math.floor(random() * 16);
  if (isChinese) return `${Array.from({ length: length * 2 }, () => pick(characters)).join('')}。`;
  const text = Array.from({ length }, () => pick(words)).join(' ');
  return `${text[0]?.toUpperCase()}${text.slice(1)}. `;
}

function paragraphs(isChinese: boolean, bytes: number): string {
  let text = '';
  let written = 0;
  while (written < bytes) {
    const paragraph = Array.from({ length: 2 + Math.floor(random() * 4) }, () => sentence(isChinese)).join('');
    text += `<p>${paragraph}</p>`;
    written += Buffer.byteLength(paragraph);
  }
  return text;
}

interface Made {
  readonly at: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
}

const iso = (at: number): string => new Date(at).toISOString();
const picture = ({ number }: Made): string =>
  `https://images.weserv.nl/?url=static.site${number % 7}.example/${number}.jpg`;
const small = (text: string): string => `<div><small style="color: #999;">${text}</small></div>`;

/** Each of them in the format of one kind of archive: the head of its body, and the body. */
const formats: readonly ((made: Made) => string)[] = [
  (made) =>
    `<div><i><br>${iso(made.at)}</i></div><img src="${picture(made)}" width="100%">${small(made.title)}${made.body}<p><em>© Site 0</em></p>`,
  (made) =>
    `<div>${iso(made.at).slice(8, 10)}/${iso(made.at).slice(5, 7)}/${iso(made.at).slice(0, 4)} - ${iso(made.at).slice(11, 16)}</div><img src="${picture(made)}">${made.body}<br><hr><div>获取更多RSS：<br><a href="https://feedx.net">https://feedx.net</a></div>`,
  (made) =>
    `<div><i>${new Date(made.at).toUTCString()}</i></div><IMG SRC="${picture(made)}" WIDTH="100%">${small(made.title)}${made.body}`,
  (made) =>
    `<main role="main"><div><time dateTime="${iso(made.at).slice(0, 10)}">19 minutes ago</time></div><div class="Figure-x"><div><img src="${picture(made)}"/></div><div><p>${made.title}</p></div></div>${made.body}</main>`,
  (made) =>
    `日期：${new Date(made.at).toUTCString().replace('GMT', '+0000')}\n\n${made.body}<div class="wp-caption"><img src="${picture(made)}"><p class="wp-caption-text">${made.title}</p></div>`,
  (made) => `<div><i>Ada Reed,Ada Reed<br>${iso(made.at).slice(0, 19).replace('T', ' ')}</i></div>${made.body}`,
  (made) =>
    `<p> </p>${made.body}<p><div class="captioned"><div><img src="${picture(made)}"/></div><div class="image-caption"><span>${made.title}</span></div></div></p>`,
];

const newest = Date.UTC(2026, 9, 1);
const count = Number(values.articles);
for (let number = 0; number < count; number += 1) {
  const site = number % formats.length;
  const isChinese = site % 2 === 1;
  const at = newest - Math.floor(((number + random()) / count) * 5 * 365 * 86_400_000);
  const title = sentence(isChinese)
    .trim()
    .slice(0, 60)
    .replaceAll(/[[\]()]/g, '');
  const made = { at, number, title, body: paragraphs(isChinese, 2000 + random() * 7000) };
  const folder = join(values.to, 'articles', `site${site}`);
  if (number < formats.length) mkdirSync(folder, { recursive: true });
  const front = site === 5 ? `---\ntitle: "${title}"\nauthor: Ada Reed\ntags: [ made ]\n---\n` : '';
  const head = `<!--${at + 3_600_000 * 9}-->\n[${title}](https://www.site${site}.example/en/path/a-${1_000_000 + number})\n------\n\n`;
  writeFileSync(join(folder, `${1_000_000 + number}.md`), `${front}${head}${formats[site]?.(made)}\n`);
}
console.log(`${count} articles in ${values.to}`);
