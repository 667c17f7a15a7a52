/**
 * Shows the text of an entry: sanitized HTML, with attributes of ours on its pictures.
 */
import type { SafeHtml } from '../../../domain/html.ts';
import { withPagePicture } from '../../../domain/seed-picture.ts';
import { fromSource, type Markup } from '../../../page/markup.ts';

interface ProseProps {
  readonly content: SafeHtml | undefined;
  readonly summary: string;
  readonly language: string | undefined;
  readonly direction: string;
}

/** The text, or the summary when there is no text. */
export function Prose({ content, summary, language, direction }: ProseProps): Markup {
  return (
    <div class="prose" lang={language} dir={direction}>
      {content === undefined ? <p>{summary}</p> : dressPictures(content)}
    </div>
  );
}

/**
 * Pictures load when they come into view. A picture that stands alone and has no size gets a box of three to two, so that
 * nothing moves when it arrives. Pictures between words stay as they are: most are as small as a letter.
 */
function dressPictures(html: SafeHtml): Markup {
  const dressed = html.replace(/<img\b([^<>]*)>/g, (tag: string, attributes: string, at: number) => {
    const isSized = /\bwidth="\d/.test(attributes) && /\bheight="\d/.test(attributes);
    const isAlone = !isSized && standsAlone(html, at, at + tag.length);
    // An empty `alt` makes screen readers skip the picture; without it they would read its address.
    const words = /\balt="/.test(attributes) ? '' : ' alt=""';
    return `<img${withPagePicture(attributes).replace(/\s*\/$/, '')}${words}${isAlone ? ' class="boxed"' : ''} loading="lazy" decoding="async" referrerpolicy="no-referrer">`;
  });
  // Safe HTML stays safe with attributes of ours.
  return fromSource(dressed);
}

/** Whether a tag is next to other tags of blocks only, never to words. */
function standsAlone(html: string, start: number, end: number): boolean {
  const before = html.slice(Math.max(0, start - 300), start).trimEnd();
  const after = html.slice(end, end + 300).trimStart();
  return (
    /(?:^|<\/?(?:p|div|figure|picture|source|center|li|td|br|blockquote|section|article|a)\b[^<>]*>)$/.test(before) &&
    /^(?:$|<\/?(?:p|div|figure|figcaption|picture|center|li|td|br|blockquote|section|article|a|img)\b)/.test(after)
  );
}
