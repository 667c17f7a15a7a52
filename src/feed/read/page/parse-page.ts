/**
 * Parses a web page: bounded, and with lower-case attribute names, because linkedom keeps them as written.
 */
import { type HtmlDocument, parseHtmlDocument } from './dom.ts';
import { boundNesting, boundStrays } from './html-bounds.ts';

/** Whether upper case in attribute names is possible at all: most pages have none and need no walk. */
const shouted = /\s[a-zA-Z-]{0,30}[A-Z][a-zA-Z-]{0,30}\s{0,9}=/;

/** Parses the text of a page. */
export function parsePage(text: string): HtmlDocument {
  const page = parseHtmlDocument(boundNesting(boundStrays(text)));
  if (!shouted.test(text)) return page;
  for (const element of page.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      const lower = name.toLowerCase();
      if (lower === name) continue;
      const value = element.getAttribute(name);
      element.removeAttribute(name);
      if (value !== null && element.getAttribute(lower) === null) element.setAttribute(lower, value);
    }
  }
  return page;
}
