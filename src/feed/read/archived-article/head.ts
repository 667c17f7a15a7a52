/**
 * Reads the head of an archived article: front matter, archive stamp, title link, tags line, rule; and finds the start of
 * the body.
 *
 * It reads lines only, no HTML. It accepts the usual changes by editors and exporters (CRLF, blank lines, headings with
 * `#`, rules of any kind or none). A file without a permalink is refused, with the line to look at.
 * @see seeds/README.md for the format
 */

import { stripTracking } from '../../../domain/address-key.ts';
import type { Defect } from '../../../domain/document.ts';
import type { SeedFailure } from '../../../domain/failure.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { type Instant, toInstant } from '../../../domain/instant.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type FrontMatter, takeFrontMatter } from './front-matter.ts';
import { parseTitleLink } from './title.ts';

/** The head of a file. */
export interface ArchivedHead {
  /** The archive stamp; or why there is none, which only a date elsewhere in the file can replace. */
  readonly stamp: Result<Instant, SeedFailure>;
  readonly front: FrontMatter | undefined;
  readonly title: string;
  /** Without tracking parameters. */
  readonly permalink: HttpUrl;
  /** Labels of every `<!--tags: a, b-->` line, as written. */
  readonly tagLabels: readonly string[];
  /** The rest of the file. */
  readonly body: string;
  /** 1-based line on which the body starts. */
  readonly bodyLine: number;
  readonly defects: readonly Defect[];
}

const comment = /^\s*<!--([^]*?)-->/;
const stampLike = /^\s*(-?\d{1,17})\s*$/;
const tagsLine = /^[ \t]*<!--[ \t]*tags[ \t]*:(.*?)-->[ \t]*$/gimu;
// `------`, `======`, `* * *`, `-`; and a rule that the body follows on the same line.
const rule = /^\s*(?:([-=*_])(?:\s*\1)*\s*$|([-=*_])\2{2,}(?=\s*<))/;
// The year 2000 in milliseconds: no article was archived before. A stamp of so many seconds, to the year 2269, was counted in seconds.
const plausibleMs = 946_684_800_000;
/** A title may be broken over this many lines. */
const maxTitleLines = 4;

/** Reads the head of a decoded file. */
export function readArchivedHead(decoded: string): Result<ArchivedHead, SeedFailure> {
  const text = decoded.replaceAll(/\r\n?/g, '\n');
  const matter = takeFrontMatter(text);
  const lines = (matter?.rest ?? text).split('\n');
  const offset = matter?.lines ?? 0;
  const cursor = { lines, at: 0 };
  const defects: Defect[] = [];

  const stamp = readStamp(cursor, offset, defects);
  const named = readTitle(cursor, offset, matter?.front, defects);
  // A problem of the first line is reported first.
  if (!named.ok) return stamp.ok ? named : stamp;

  skipComments(cursor);
  const ruled = rule.exec(lines[cursor.at] ?? '');
  if (ruled !== null) {
    lines[cursor.at] = (lines[cursor.at] ?? '').slice(ruled[0].length);
    skipComments(cursor);
  }
  const written = [...text.matchAll(tagsLine)].flatMap((found) => (found[1] ?? '').split(/[,，、;；]/u));
  const tagLabels = written.map((label) => label.trim()).filter((label) => label !== '');
  return ok({
    stamp,
    front: matter?.front,
    title: named.value.title,
    permalink: stripTracking(named.value.permalink),
    tagLabels,
    body: lines.slice(cursor.at).join('\n'),
    bodyLine: Math.min(cursor.at + 1, lines.length) + offset,
    defects,
  });
}

function readStamp(cursor: Cursor, offset: number, defects: Defect[]): Result<Instant, SeedFailure> {
  const comments = skipComments(cursor);
  const stamp = comments.find((found) => stampLike.test(found.text));
  const expected = 'expected <!--epoch milliseconds--> on the first line';
  if (stamp === undefined) {
    const [first] = comments.filter(({ text }) => !/^\s*tags\s*:/iu.test(text));
    if (first !== undefined) return bad(first.line + offset, `the archive stamp is not a number: ${expected}`);
    return bad(Math.min(cursor.at + 1, cursor.lines.length) + offset, `there is no archive stamp: ${expected}`);
  }
  const line = stamp.line + offset;
  const written = Number(stamp.text);
  const isSeconds = written * 1000 >= plausibleMs && written < plausibleMs / 100;
  const archivedAt = toInstant(isSeconds ? written * 1000 : written);
  if (archivedAt === undefined) return bad(line, `the archive stamp ${stamp.text.trim()} is no moment in time`);
  if (isSeconds || archivedAt < plausibleMs) {
    const detail = isSeconds
      ? 'The archive stamp was read as seconds; it should be epoch milliseconds.'
      : 'The archive stamp lies before the year 2000; it should be epoch milliseconds.';
    defects.push({ kind: 'odd-archive-stamp', detail, line });
  }
  return ok(archivedAt);
}

/** The title link; without one, the title and the address of the front matter. */
function readTitle(
  cursor: Cursor,
  offset: number,
  front: FrontMatter | undefined,
  defects: Defect[],
): Result<{ readonly title: string; readonly permalink: HttpUrl }, SeedFailure> {
  const line = cursor.at + 1 + offset;
  const start = cursor.at;
  const link = parseTitleLink(takeTitle(cursor));
  if (link.kind === 'link') {
    const title = link.title === '' ? (front?.title ?? '') : link.title;
    if (title === '') {
      defects.push({ kind: 'empty-title', detail: 'The title link has no text; the title stays empty.', line });
    }
    if (link.trailing !== '') {
      const detail = `Text after the title link was ignored: ${link.trailing.slice(0, 100)}`;
      defects.push({ kind: 'text-after-title', detail, line });
    }
    return ok({ title, permalink: link.permalink });
  }
  const permalink = parseHttpUrl(front?.from ?? '');
  if (permalink !== undefined) {
    // A line that is no link begins the body.
    if (link.kind === 'not-a-link') cursor.at = start;
    return ok({ title: front?.title ?? '', permalink });
  }
  if (start >= cursor.lines.length) {
    return bad(cursor.lines.length + offset, 'there is no title line: [Title](URL) must follow the stamp');
  }
  if (link.kind === 'not-a-link') return bad(line, 'the title line is not a link: expected [Title](URL)');
  return bad(line, `the URL cannot be parsed as http(s): ${link.url.slice(0, 200)}`);
}

interface Cursor {
  readonly lines: string[];
  at: number;
}

interface Comment {
  readonly text: string;
  readonly line: number;
}

/** Skips blank lines and comments; text after a comment on its line is read. */
function skipComments(cursor: Cursor): Comment[] {
  const found: Comment[] = [];
  for (; cursor.at < cursor.lines.length; cursor.at += 1) {
    let rest = cursor.lines[cursor.at] ?? '';
    for (let match = comment.exec(rest); match !== null; match = comment.exec(rest)) {
      found.push({ text: match[1] ?? '', line: cursor.at + 1 });
      rest = rest.slice(match[0].length);
    }
    cursor.lines[cursor.at] = rest;
    if (rest.trim() !== '') break;
  }
  return found;
}

/** Takes the title line, with the lines after it when the link is broken over several. */
function takeTitle(cursor: Cursor): string {
  let title = '';
  for (let taken = 0; taken < maxTitleLines && cursor.at < cursor.lines.length; taken += 1) {
    const line = cursor.lines[cursor.at] ?? '';
    if (taken > 0 && (line.trim() === '' || line.trimStart().startsWith('<'))) break;
    title += taken === 0 ? line : ` ${line.trim()}`;
    cursor.at += 1;
    const target = title.indexOf('](');
    if (!/^\s*#*\s*\[/.test(title) || (target !== -1 && title.includes(')', target))) break;
  }
  return title;
}

function bad(line: number, reason: string): Result<never, SeedFailure> {
  return fail({ kind: 'bad-seed', line, reason });
}
