/**
 * Checks the selectors of a page when they are given: each problem names its member and says what to do.
 */
import { isJsonSelectors, type PageSelectors, pageFields } from '../../../domain/page-selectors.ts';
import { parseHtmlDocument } from '../page/dom.ts';
import { judgeField, judgeSelector, splitAttribute, splitLead } from './css-selector.ts';
import { parseJsonPath } from './json-path.ts';

/** One wrong selector. */
export interface SelectorProblem {
  readonly field: keyof PageSelectors;
  readonly detail: string;
}

/** Every problem of the selectors. */
export function checkSelectors(page: PageSelectors): readonly SelectorProblem[] {
  const problems: SelectorProblem[] = [];
  const note = (field: keyof PageSelectors, detail: string | undefined): void => {
    if (detail !== undefined) problems.push({ field, detail });
  };
  const isJson = isJsonSelectors(page);
  note('item', isJson ? judgePath(page.item) : judgeItem(page.item));
  for (const field of pageFields) {
    const text = page[field];
    if (text !== undefined) note(field, isJson ? judgePath(text) : (judgeField(text) ?? tryField(text)));
  }
  return problems;
}

function judgePath(path: string): string | undefined {
  if (path.trim() === '') return 'is empty: leave it out, or give a path such as title or author.name';
  const steps = parseJsonPath(path);
  return typeof steps === 'string' ? steps : undefined;
}

function judgeItem(selector: string): string | undefined {
  const judged = judgeSelector(selector);
  return typeof judged === 'string'
    ? `${judged}; give a CSS selector such as "article.post", or a path such as $.items[*]`
    : trySelector(selector);
}

function tryField(text: string): string | undefined {
  const { rest } = splitLead(splitAttribute(text).selector);
  return rest === '' || rest === '.' ? undefined : trySelector(rest);
}

/** The engine's own error for a selector that passed our check. */
function trySelector(selector: string): string | undefined {
  try {
    parseHtmlDocument('<html><body></body></html>').querySelector(selector);
    return undefined;
  } catch (error) {
    return `is no CSS selector that can be used: ${String(error)
      .replace(/^\w*Error: /, '')
      .slice(0, 120)}`;
  }
}
