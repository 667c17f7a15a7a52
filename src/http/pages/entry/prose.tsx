/**
 * Shows an entry's own text: sanitized HTML, with what our pages need on its pictures.
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

/** The text, or the summary where there is no text. */
export function Prose({ content, summary, language, direction }: ProseProps): Markup {
  return (
    <div class="prose" lang={language} dir={direction}>
      {content === undefined ? <p>{summary}</p> : dressPictures(content)}
    </div>
  );
}

/**
 * Pictures are loaded when they come near, and one that stands alone without a size gets a box of three to two: nothing may
 * move when it arrives. A picture in the middle of words stays as it is: most are marks as small as a letter.
 *
 * The sanitizer wrote the markup, so attributes are quoted and hold no angle brackets.
 */
export function dressPictures(html: SafeHtml): Markup {
  const dressed = html.replace(/<img\b([^<>]*)>/g, (tag: string, attributes: string, at: number) => {
    const isSized = /\bwidth="\d/.test(attributes) && /\bheight="\d/.test(attributes);
    const isAlone = !isSized && standsAlone(html, at, at + tag.length);
    // A picture without words of its own is skipped by screen readers, which would read its address else.
    const words = /\balt="/.test(attributes) ? '' : ' alt=""';
    return `<img${withPagePicture(attributes).replace(/\s*\/$/, '')}${words}${isAlone ? ' class="boxed"' : ''} loading="lazy" decoding="async" referrerpolicy="no-referrer">`;
  });
  // Safe HTML with attributes of ours is as safe as before.
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
