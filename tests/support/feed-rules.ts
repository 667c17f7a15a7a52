/**
 * The W3C feed validator in small: which rules, errors and avoidable warnings alike, does a document break?
 *
 * Used on generated feeds, so that a rule broken by some odd entry is found before a validator, or a reader, meets it.
 */
import type { FeedFormat } from '../../src/domain/view.ts';
import { checkAtom } from './feed-rules-atom.ts';
import { checkJson } from './feed-rules-json.ts';
import { checkRss } from './feed-rules-rss.ts';
import { checkCharacters, type Report } from './feed-rules-values.ts';
import { parseStrictXml } from './strict-xml.ts';

/** Every broken rule as `rule at place`, e.g. `missing-guid at item[3]`; throws when the document cannot be parsed. */
export function findFaults(format: FeedFormat, document: string): string[] {
  const faults: string[] = [];
  const report: Report = (rule, where) => {
    faults.push(`${rule} at ${where}`);
  };
  checkCharacters(document, report);
  switch (format) {
    case 'rss':
      checkRss(parseStrictXml(document), report);
      break;
    case 'atom':
      checkAtom(parseStrictXml(document), report);
      break;
    case 'json':
      checkJson(JSON.parse(document), report);
      break;
  }
  return faults;
}
