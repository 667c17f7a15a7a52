/**
 * Reads the filter, order and page of the list of sources from an address, and writes such addresses.
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

/** The question in an address. Unknown values become the default. */
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

/** Whether this is the first page without a filter. */
export function isPlain({ words, filter, from }: SourceQuestion): boolean {
  return words === '' && filter === 'all' && from === 0;
}

/** The address of a question with some changes. */
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

/** The address of the list to return to; any other address becomes the list itself. */
export function readListAddress(text: string): string {
  const base = 'https://tributary.invalid';
  return /^\/admin(?:\?|$)/.test(text) ? toListAddress(readSourceQuestion(new URL(text, base))) : '/admin';
}
