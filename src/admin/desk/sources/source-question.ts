/**
 * Reads from an address which page of the list of sources it shows, and writes addresses of other pages of the list.
 */
import {
  type SourceFilter,
  type SourceOrder,
  type SourceQuestion,
  sourceFilters,
  sourceOrders,
} from '../../../pipeline/source-table.ts';

/** Rows of one page. */
export const pageSize = 100;

/** The question of an address. What is not understood has its usual value. */
export function readSourceQuestion(url: URL): SourceQuestion {
  const read = (name: string): string => url.searchParams.get(name)?.trim() ?? '';
  const page = Math.max(1, Math.trunc(Number(read('page'))) || 1);
  return {
    words: read('q'),
    filter: sourceFilters.find((filter): filter is SourceFilter => filter === read('show')) ?? 'all',
    order: sourceOrders.find((order): order is SourceOrder => order === read('sort')) ?? 'trouble',
    isReversed: read('reverse') === '1',
    from: (page - 1) * pageSize,
    limit: pageSize,
  };
}

/** Whether the question shows the beginning of everything. */
export function isPlain({ words, filter, from }: SourceQuestion): boolean {
  return words === '' && filter === 'all' && from === 0;
}

/** The address of a question, with some of it changed. */
export function toListAddress(question: SourceQuestion, change: Partial<SourceQuestion> = {}): string {
  const { words, filter, order, isReversed, from } = { ...question, ...change };
  const parameters = new URLSearchParams({
    ...(words === '' ? {} : { q: words }),
    ...(filter === 'all' ? {} : { show: filter }),
    ...(order === 'trouble' ? {} : { sort: order }),
    ...(isReversed ? { reverse: '1' } : {}),
    ...(from === 0 ? {} : { page: String(from / pageSize + 1) }),
  });
  return parameters.size === 0 ? '/admin' : `/admin?${parameters.toString()}`;
}

/** An address of the list that a form brought back; the list itself when it is anything else. */
export function readListAddress(text: string): string {
  const base = 'https://tributary.invalid';
  return /^\/admin(?:\?|$)/.test(text) ? toListAddress(readSourceQuestion(new URL(text, base))) : '/admin';
}
