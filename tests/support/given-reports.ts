/**
 * Sources as the owner's desk finds them: asked for a day and more, some well, one gone, one failing, one new.
 */
import type { Failure } from '../../src/domain/failure.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import type { SourceReport } from '../../src/pipeline/archive-owner.ts';
import { givenInstant, givenUrl } from './given.ts';

const hourMs = 3_600_000;

/** One check in a history (`domain/check-history.ts`). */
export function givenCheck(at: number, how: string): string {
  return Math.floor(at / 1000).toString(36) + how;
}

interface GivenReport {
  readonly title: string;
  readonly tag: string;
  /** Between two checks. */
  readonly hours: number;
  /** How each ended, oldest first: `=`, a letter for as many new entries, `x` for a failure. */
  readonly checks: string;
  readonly failure?: Failure;
  readonly stopped?: boolean;
}

const given: readonly GivenReport[] = [
  { title: 'The Cloudflare Blog', tag: 'Computing', hours: 1, checks: 'b=a===c==b====a=b==d===a==b=a=' },
  { title: 'NASA Earth Observatory', tag: 'Water', hours: 6, checks: 'c=b==a=b=c===a==b=a==c==b=a=c=' },
  { title: '德国之声 中文', tag: '新闻', hours: 1, checks: 'adb=cxbadb=ca=bdxxab=cadb=cbaa' },
  { title: 'جريدة النهر', tag: 'أنهار', hours: 2, checks: '=b=a==x=a=b===a=b==a=b=a===b=a' },
  {
    title: 'River Post',
    tag: 'Rivers',
    hours: 4,
    checks: 'b==a=b==a=xxxxx',
    failure: { kind: 'timeout', phase: 'headers', limitMs: 20_000 },
  },
  {
    title: 'Flussblatt',
    tag: 'Flüsse',
    hours: 24,
    checks: 'd=a===b===a==========x',
    failure: { kind: 'gone' },
    stopped: true,
  },
  { title: 'Water & Stone Review', tag: 'Water', hours: 3, checks: 'd' },
  { title: 'Never asked', tag: 'Water', hours: 1, checks: '' },
];

/** Their reports at `now`. */
export function givenReports(now: Instant): readonly SourceReport[] {
  return given.map((report) => ({
    source: toSource(report),
    state: toState(report, now),
    entries: report.checks === '' ? 0 : 24,
  }));
}

function toSource({ title, tag }: GivenReport): Source {
  const url = givenUrl(
    `https://${encodeURIComponent(title).replace(/\W/g, '').slice(0, 20).toLowerCase()}.example/feed.xml`,
  );
  return {
    id: toSourceId(url),
    kind: 'feed',
    url,
    title,
    tags: [{ slug: tag.toLowerCase(), label: tag }],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'api',
  };
}

function toState({ hours, checks, failure, stopped = false }: GivenReport, now: Instant): SourceState {
  if (checks === '') return toInitialState(now);
  const newest = now - 12 * 60_000;
  const history = Array.from(checks, (how, place) =>
    givenCheck(newest - (checks.length - 1 - place) * hours * hourMs, toNote(how)),
  );
  const failures = /x*$/.exec(checks)?.[0].length ?? 0;
  return {
    ...toInitialState(now),
    history: history.join(' '),
    lastCheckedAt: givenInstant(newest),
    lastOutcome: failures > 0 ? 'failed' : checks.endsWith('=') ? 'not-modified' : 'updated',
    ...(failure === undefined ? {} : { lastFailure: failure }),
    consecutiveFailures: failures,
    nextCheckAt: givenInstant(newest + hours * hourMs),
    nextCheckWhy:
      hours === 1
        ? 'the usual interval of 1 hour'
        : `every ${hours} hours: it publishes about one entry in ${hours * 8} hours`,
    validators: { etag: '"a"' },
    recentEntries: [1, 9, 20, 31, 50, 77, 120].map((back) => givenInstant(now - back * hours * hourMs)),
    stopped,
  };
}

function toNote(how: string): string {
  if (how === '=') return '=';
  return how === 'x' ? '-timeout' : `+20,${(how.charCodeAt(0) - 96) ** 2},0`;
}
