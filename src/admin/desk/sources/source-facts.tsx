/**
 * Shows the facts about one source: its polling, its last document, the rules that concern it.
 */
import type { Cadence } from '../../../domain/feed.ts';
import type { Instant } from '../../../domain/instant.ts';
import { toTag } from '../../../feed/tag/tag-entry.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import type { RuleBook, SourceDetails } from '../../../pipeline/archive-owner.ts';
import type { SourceReport } from '../../../pipeline/source-table.ts';
import type { Subscription } from '../../../pipeline/websub/subscription.ts';
import { actionOf, type Rule } from '../../../rules/rule.ts';
import { Sparkline } from '../charts/entry-charts.tsx';
import { FactList } from '../frame/desk-parts.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { RuleWords } from '../rules/rule-words.tsx';
import { NextCheck, whyNext } from './source-row.tsx';

const declared = {
  file: 'seeds/sources.opml; what you change here is yours from then on',
  api: 'you, here or through the API',
  seeds: 'the articles under seeds/articles',
} as const;

/** Its addresses, its next check, its numbers. */
export function SourceFacts({ report, now }: { readonly report: SourceReport; readonly now: Instant }): Markup {
  const { source, state, entries, subscription } = report;
  const facts: readonly (readonly [string, Child])[] = [
    ['Address', source.kind !== 'newsletter' && <OutsideLink address={source.url} />],
    ['Site', source.siteUrl !== undefined && <OutsideLink address={source.siteUrl} />],
    [
      source.kind === 'newsletter' ? 'Last mail' : 'Last check',
      state.lastCheckedAt === undefined ? 'never' : <RelativeTime at={state.lastCheckedAt} now={now} />,
    ],
    ['Failures in a row', state.consecutiveFailures > 0 && String(state.consecutiveFailures)],
    [
      'Next check',
      source.kind !== 'newsletter' && (
        <>
          <NextCheck report={report} now={now} />{' '}
          <span class="soft">
            <bdi>{whyNext(report)}</bdi>
          </span>
        </>
      ),
    ],
    ['Pushed', subscription !== undefined && <PushFact subscription={subscription} now={now} />],
    [
      'Entries',
      <>
        {group(entries)}
        {source.isPrivate === true ? (
          <>
            , in <a href="/admin/views">views with a key</a>
          </>
        ) : (
          <>
            {' '}
            · <a href={`/sources/${source.id}`}>read them</a>
          </>
        )}
      </>,
    ],
    ['Moving to', state.movedTo !== undefined && <bdi>{state.movedTo}</bdi>],
    ['Declared by', declared[source.declaredBy]],
  ];
  return <FactList facts={facts} />;
}

/** The state of the source's hub. */
function PushFact({ subscription, now }: { readonly subscription: Subscription; readonly now: Instant }): Markup {
  const { hub, status, leaseUntil, pushedAt, reason, nextAt } = subscription;
  const host = new URL(hub).host;
  if (status === 'active' && leaseUntil !== undefined && leaseUntil > now) {
    return (
      <>
        by the hub {host}, lease until <RelativeTime at={leaseUntil} now={now} />{' '}
        <span class="soft">
          {pushedAt === undefined ? (
            'nothing was pushed yet'
          ) : (
            <>
              last push <RelativeTime at={pushedAt} now={now} />
            </>
          )}
        </span>
      </>
    );
  }
  return (
    <>
      not yet: the hub {host} {status === 'denied' ? 'refused' : 'is asked'}
      {reason !== undefined && (
        <>
          {' '}
          (<bdi>{reason}</bdi>)
        </>
      )}{' '}
      <span class="soft">
        asked again <RelativeTime at={nextAt} now={now} />
      </span>
    </>
  );
}

/** Facts about the last document: how it came, and when it says to come back. */
export function LastDocument({ report, now }: { readonly report: SourceReport; readonly now: Instant }): Markup {
  const { validators, freshness, cadence, lastDocumentAt, recentEntries = [] } = report.state;
  if (lastDocumentAt === undefined) return <></>;
  const noValidators = validators.etag === undefined && validators.lastModified === undefined;
  const facts: readonly (readonly [string, Child])[] = [
    ['Came', <RelativeTime at={lastDocumentAt} now={now} />],
    ['ETag', validators.etag !== undefined && <code>{validators.etag}</code>],
    ['Last-Modified', validators.lastModified !== undefined && <code>{validators.lastModified}</code>],
    ['Validators', noValidators && 'none: the whole document comes each time'],
    ['Cache-Control', freshness?.cacheControl !== undefined && <code>{freshness.cacheControl}</code>],
    ['Expires', freshness?.expires !== undefined && <code>{freshness.expires}</code>],
    ['Age', freshness?.age !== undefined && <code>{freshness.age}</code>],
    ['Rhythm it states', cadence !== undefined && tellCadence(cadence)],
    ['Newest entries', recentEntries.length > 0 && <Sparkline entries={recentEntries} now={now} />],
  ];
  return (
    <section>
      <h2>Last document</h2>
      <FactList facts={facts} />
    </section>
  );
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** When the feed says to come back; `undefined` when it does not say. */
function tellCadence({ ttlMinutes, skipHours, skipDays, updateEverySeconds }: Cadence): string | undefined {
  const parts = [
    ...(ttlMinutes === undefined ? [] : [`may be kept for ${count(ttlMinutes, 'minute')}`]),
    ...(updateEverySeconds === undefined
      ? []
      : [`changes every ${count(Math.round(updateEverySeconds / 60), 'minute')}`]),
    ...(skipHours.length === 0 ? [] : [`not at ${skipHours.join(', ')} o’clock GMT`]),
    ...(skipDays.length === 0 ? [] : [`not on ${skipDays.map((day) => weekdays[day] ?? '').join(', ')}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** Rules for this source alone, and rules whose tag its newest entries have. */
export function SourceRules({
  report: { source },
  book,
  details: { tags, lookedAt },
}: {
  readonly report: SourceReport;
  readonly book: RuleBook;
  readonly details: SourceDetails;
}): Markup {
  const amountOf = ({ tag = '' }: Rule): number => tags[toTag(tag)?.slug ?? ''] ?? 0;
  const rules = [...book.rules, ...book.declared].filter(
    (rule) =>
      rule.source === source.id || (rule.source === undefined && (actionOf(rule) !== 'tag' || amountOf(rule) > 0)),
  );
  const isOwn = (rule: Rule): boolean => rule.source === source.id;
  return (
    <section>
      <h2>Rules that concern it</h2>
      {rules.length === 0 && <p class="soft">There are none.</p>}
      <ul class="plainlist">
        {rules.map((rule) => (
          <li>
            <RuleWords rule={rule} titleOf={(id) => (id === source.id ? source.title : undefined)} />
            {actionOf(rule) === 'tag' && (
              <span class="soft">
                {amountOf(rule)} of its newest {count(lookedAt, 'entry', 'entries')}
                {isOwn(rule) && ' · of this source alone'}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href={`/admin/rules?source=${source.id}`}>Write a rule for this source</a>
      </p>
    </section>
  );
}

function OutsideLink({ address }: { readonly address: string }): Markup {
  return (
    <a href={address} rel="noreferrer">
      <bdi>{address}</bdi>
    </a>
  );
}
