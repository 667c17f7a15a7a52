/**
 * Documents made worse: the kinds of damage that transfers, templates and attackers do, repeatable from a seed.
 */

import type { Random } from '../random.ts';

const encoder = new TextEncoder();

/** Pieces that have broken readers: ends without beginnings, beginnings without ends, rare characters. */
const pieces = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<!DOCTYPE x [',
  ']>',
  '<?xml',
  '?>',
  '</',
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  '&#xD800;',
  '&#x10FFFF;',
  '&lt;script&gt;',
  '&lol9;',
  '"',
  "'",
  '\0',
  '\u000b',
  '\ufffe',
  '\ud800',
  '\u2028',
  '<item>',
  '</item>',
  '<entry>',
  '</channel>',
  '<a href="',
  ' xml:base="//["',
  ' xml:lang=""',
  ' xmlns:a="b"',
  '<x:y>',
  'type="xhtml"',
  'mode="base64"',
  '{',
  '[',
  '"items":',
  '<svg><![CDATA[',
  '<math><mi>',
  '<p><p><p>',
  '<b><b><b>',
  '<table><tr><td>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'data:text/html,',
  '99999999999999999999',
].map((piece) => encoder.encode(piece));

function splice(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length - removed + added.length);
  out.set(bytes.subarray(0, at));
  out.set(added, at);
  out.set(bytes.subarray(at + removed), at + added.length);
  return out;
}

function repeat(piece: Uint8Array, times: number): Uint8Array {
  const out = new Uint8Array(piece.length * times);
  for (let i = 0; i < times; i++) out.set(piece, i * piece.length);
  return out;
}

type Mutation = (bytes: Uint8Array, at: number, random: Random) => Uint8Array;

const mutations: readonly Mutation[] = [
  // Breaks off.
  (bytes, at) => bytes.subarray(0, at),
  // Loses a stretch.
  (bytes, at, random) => splice(bytes, at, Math.min(bytes.length - at, Math.floor(random() * 40)), new Uint8Array()),
  // A flipped byte.
  (bytes, at, random) => splice(bytes, at, Math.min(1, bytes.length - at), Uint8Array.of(Math.floor(random() * 256))),
  // A piece where it does not belong.
  (bytes, at, random) => splice(bytes, at, 0, pieces[Math.floor(random() * pieces.length)] ?? new Uint8Array()),
  // A stretch said twice.
  (bytes, at, random) => splice(bytes, at, 0, bytes.slice(at, at + Math.floor(random() * 400))),
  // A piece said very often.
  (bytes, at, random) =>
    splice(
      bytes,
      at,
      0,
      repeat(pieces[Math.floor(random() * pieces.length)] ?? new Uint8Array(), Math.floor(random() ** 3 * 20_000)),
    ),
];

/** One to six kinds of damage, at random places. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let out = bytes;
  const times = 1 + Math.floor(random() * 6);
  for (let i = 0; i < times; i++) {
    const mutation = mutations[Math.floor(random() * mutations.length)];
    if (mutation !== undefined) out = mutation(out, Math.floor(random() * out.length), random);
  }
  return out;
}
