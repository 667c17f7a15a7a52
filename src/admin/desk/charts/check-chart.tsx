/**
 * Draws the last checks of one source: small for the list, and with its numbers for the source's own page.
 */
import { type Check, keptChecks, readChecks } from '../../../domain/check-history.ts';
import type { Failure } from '../../../domain/failure.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceState } from '../../../domain/source-state.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import { RelativeTime, tellWhen } from '../frame/relative-time.tsx';
import { ChartTable } from './chart-table.tsx';
import { type Column, ColumnChart, ColumnLegend, type ColumnSpace } from './column-chart.tsx';

const space: ColumnSpace = { above: 20, below: 8, step: 5 };

/** Least heights, so that a check without new entries is visible, and one new entry beside a hundred. */
const sameHeight = 2;
const leastHeight = 5;

/** The drawing, as a link to the numbers; empty before the first check. */
export function CheckChart({ state, now }: { readonly state: SourceState; readonly now: Instant }): Markup {
  const checks = readChecks(state);
  return checks.length === 0 ? <></> : <Drawing checks={checks} now={now} />;
}

/** The section of the source's page: the drawing, and every check with its result. */
export function CheckSection({ state, now }: { readonly state: SourceState; readonly now: Instant }): Markup {
  const checks = readChecks(state);
  if (checks.length === 0) return <></>;
  const rows = checks.toReversed().map((check): readonly Child[] => {
    const figures = check.outcome === 'updated' ? [check.found, check.added, check.revised] : ['', '', ''];
    return [<RelativeTime at={check.at} now={now} />, outcomeWords(check), ...figures];
  });
  const heads = ['When', 'Outcome', 'Entries', 'New', 'Revised'];
  return (
    <section id="checks">
      <h2>Checks</h2>
      <Drawing checks={checks} now={now} />
      <ColumnLegend />
      <ChartTable numbers={{ label: 'Checks', heads, rows, numbersFrom: 2 }} summary="The numbers" />
    </section>
  );
}

function Drawing({ checks, now }: { readonly checks: readonly Check[]; readonly now: Instant }): Markup {
  const most = checks.reduce((found, check) => Math.max(found, addedBy(check)), 1);
  const columns = checks.map((check) => toColumn(check, most));
  return <ColumnChart title={summarize(checks, now)} columns={columns} slots={keptChecks} space={space} />;
}

function toColumn(check: Check, most: number): Column {
  const none = { same: 0, read: 0, failed: 0 };
  switch (check.outcome) {
    case 'updated': {
      const part = Math.log1p(check.added) / Math.log1p(most);
      return { ...none, read: leastHeight + Math.round(part * (space.above - leastHeight)) };
    }
    case 'not-modified':
      return { ...none, same: sameHeight };
    case 'failed':
      return { ...none, failed: space.below };
  }
}

/** The drawing in words. */
function summarize(checks: readonly Check[], now: Instant): string {
  const amount = (outcome: Check['outcome']): number => checks.filter((check) => check.outcome === outcome).length;
  const added = checks.reduce((sum, check) => sum + addedBy(check), 0);
  const [read, same, failed] = [amount('updated'), amount('not-modified'), amount('failed')];
  const parts = [
    read > 0 && `${read} read with ${count(added, 'new entry', 'new entries')}`,
    same > 0 && `${same} not modified`,
    failed > 0 && `${failed} failed`,
  ].filter((part) => part !== false);
  const first = checks[0] === undefined ? '' : tellWhen(checks[0].at, now);
  return `${count(checks.length, 'check')}, the first ${first}: ${parts.join(', ')}`;
}

function addedBy(check: Check): number {
  return check.outcome === 'updated' ? check.added : 0;
}

function outcomeWords(check: Check): string {
  switch (check.outcome) {
    case 'updated':
      return 'Read';
    case 'not-modified':
      return 'Not modified';
    case 'failed':
      return `Failed: ${check.status === undefined ? failureWords(check.failure) : `the server answered ${check.status}`}`;
  }
}

const shortWords: Readonly<Record<Failure['kind'], string>> = {
  'empty-document': 'the document was empty',
  'html-instead-of-feed': 'a web page came instead',
  'not-a-feed': 'it was not a feed',
  'too-large': 'it was too large',
  'refused-address': 'the address is refused',
  timeout: 'no answer in time',
  'too-many-redirects': 'too many redirects',
  'bad-redirect': 'the redirect could not be followed',
  'http-status': 'the server refused',
  gone: 'gone for good',
  blocked: 'the site blocks readers',
  network: 'the connection failed',
  'no-items': 'no entries were found in the page',
  'no-article': 'no article was found',
  'bad-seed': 'the article could not be read',
  unexpected: 'a fault of ours',
};

/** The history holds the kind of the failure. Another version may have written a kind that is unknown here. */
function failureWords(kind: string): string {
  return Object.hasOwn(shortWords, kind) ? shortWords[kind as Failure['kind']] : kind;
}
