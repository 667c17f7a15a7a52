/**
 * Collects the defects of one document: the first few of each kind, the rest as a number.
 *
 * Lines are counted only for kept defects, so that a document full of faults costs no more than a clean one.
 */
import type { Defect } from '../../domain/document.ts';
import { maxDefectsOfKind } from './reading-limits.ts';

/** Takes reports of faults during reading. `at` is a UTF-16 offset into the document's text. */
export interface Defects {
  readonly add: (kind: string, detail: string, place?: { readonly at?: number; readonly entryIndex?: number }) => void;
  readonly list: () => Defect[];
}

const maxDetailLength = 200;

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line += 1;
  return line;
}

/** Starts an empty collection for a document whose text is `text` (needed to tell lines). */
export function createDefects(text = ''): Defects {
  const kept = new Map<string, { defects: Defect[]; count: number }>();
  return {
    add(kind, detail, place = {}) {
      let group = kept.get(kind);
      if (group === undefined) {
        group = { defects: [], count: 0 };
        kept.set(kind, group);
      }
      group.count += 1;
      if (group.count > maxDefectsOfKind) return;
      group.defects.push({
        kind,
        detail: detail.length > maxDetailLength ? `${detail.slice(0, maxDetailLength - 1)}…` : detail,
        ...(place.at === undefined ? {} : { line: lineOf(text, place.at) }),
        ...(place.entryIndex === undefined ? {} : { entryIndex: place.entryIndex }),
      });
    },
    list() {
      const all: Defect[] = [];
      for (const { defects, count } of kept.values()) {
        all.push(...defects);
        const more = count - defects.length;
        const [first] = defects;
        if (more > 0 && first !== undefined) all.push({ kind: first.kind, detail: `and ${more} more of this kind` });
      }
      return all;
    },
  };
}
