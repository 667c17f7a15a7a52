/**
 * Describes in words what the owner did. The log holds the names of calls.
 */
import type { OwnerAction } from '../../../pipeline/system-report.ts';

const words: Readonly<Record<string, string>> = {
  addSource: 'added a source',
  changeSource: 'changed the source',
  removeSource: 'removed the source',
  refreshSource: 'asked the source',
  refreshAll: 'asked everything that was due',
  importSubscriptions: 'imported a subscription list',
  recordArticles: 'uploaded articles',
  saveView: 'saved the view',
  removeView: 'removed the view',
  saveRules: 'saved the rules',
  backUp: 'downloaded a backup',
  restore: 'restored a backup',
};

/** The words; for an unknown call, its name. */
export function tellAction({ action }: OwnerAction): string {
  return Object.hasOwn(words, action) ? (words[action] ?? action) : action;
}
