/**
 * Shows one source in the list: as a compact row, or as a card with its trouble and advice.
 */
import { describeFailure } from '../../../domain/failure.ts';
import type { Instant } from '../../../domain/instant.ts';
import { isAsked, type Source } from '../../../domain/source.ts';
import { SourceIcon } from '../../../page/drawings.tsx';
import type { Child, Markup } from '../../../page/markup.ts';
import { group } from '../../../page/plural.ts';
import { conditionOf, type SourceReport } from '../../../pipeline/source-table.ts';
import { CheckChart } from '../charts/check-chart.tsx';
import { Badge, TagList } from '../frame/desk-parts.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { newAddressFor } from './failure-advice.ts';
import { tellCondition } from './source-condition.ts';

/** The id of the form that all buttons and tick boxes of the list belong to. */
export const listForm = 'list';

/** The page of a source on the desk. */
export function sourcePath(id: string): string {
  return `/admin/sources/${encodeURIComponent(id)}`;
}

/** The row. It names its roles: on a phone the table is drawn as cards, and browsers then drop the roles of a table. */
export function SourceRow({
  report,
  now,
  note,
}: {
  readonly report: SourceReport;
  readonly now: Instant;
  /** The result of the last action on this source. */
  readonly note: Child;
}): Markup {
  const { source, state, entries } = report;
  const { word, tone, detail } = tellCondition(report);
  const isTroubled = tone === 'bad' || tone === 'warn';
  return (
    <tr role="row" id={`s-${source.id}`}>
      <td role="cell" class="tick">
        <input type="checkbox" form={listForm} name="id" value={source.id} aria-label={`Choose ${source.title}`} />
      </td>
      <th scope="row" role="rowheader">
        {source.isPrivate !== true && <SourceIcon id={source.id} />}
        <a href={sourcePath(source.id)}>
          <bdi>{source.title}</bdi>
        </a>{' '}
        <HiddenBadges source={source} />
        <TagList labels={source.tags.map(({ label }) => label)} />
        {note}
      </th>
      <td role="cell" class="state" title={detail}>
        <Badge tone={tone}>{word}</Badge>{' '}
        {state.lastCheckedAt !== undefined && (
          <span class="soft">
            <RelativeTime at={state.lastCheckedAt} now={now} />
          </span>
        )}
        {isTroubled && (
          <p class="soft">
            <bdi>{detail}</bdi>
          </p>
        )}
      </td>
      <td role="cell" class="drawn">
        {state.history !== undefined && (
          <a class="checks" href={`${sourcePath(source.id)}#checks`}>
            <span class="vh">{source.title}: </span>
            <CheckChart state={state} now={now} />
          </a>
        )}
      </td>
      <td role="cell" data-label="Next:" title={state.nextCheckWhy}>
        <NextCheck report={report} now={now} />
      </td>
      <td role="cell" class="number" data-label="Entries:">
        {group(entries)}
      </td>
      <td role="cell">
        <RowActions report={report} />
      </td>
    </tr>
  );
}

/** The parts of a source that are hidden from the public. */
export function HiddenBadges({ source: { isPrivate, isSecret } }: { readonly source: Source }): Markup {
  return (
    <>
      {isPrivate === true && <Badge tone="warn">Private</Badge>}
      {isSecret === true && <Badge tone="plain">Secret address</Badge>}
    </>
  );
}

/** A source in trouble, with advice. */
export function TroubleCard({ report, now }: { readonly report: SourceReport; readonly now: Instant }): Markup {
  const { source, state } = report;
  const { word, tone, detail, advice } = tellCondition(report);
  return (
    <li>
      <h3>
        <a href={sourcePath(source.id)}>
          <bdi>{source.title}</bdi>
        </a>{' '}
        <Badge tone={tone}>{word}</Badge>
      </h3>
      <p>
        {state.lastCheckedAt !== undefined && (
          <span class="soft first">
            <RelativeTime at={state.lastCheckedAt} now={now} />:
          </span>
        )}{' '}
        <bdi>{detail}</bdi>
      </p>
      {advice !== '' && (
        <p class="advice">
          <strong>What to do:</strong> {advice}
        </p>
      )}
      <div class="acts">
        <MoveLink report={report} />
        <RowActions report={report} />
      </div>
    </li>
  );
}

/** The link to change the address, when that may help. A site whose feed is lost is asked for its new one. */
function MoveLink({ report: { source, state } }: { readonly report: SourceReport }): Markup {
  const known = newAddressFor(state.lastFailure);
  if (known === undefined) return <></>;
  const address = known === '' ? source.siteUrl : known;
  const query = address === undefined ? '' : `?url=${encodeURIComponent(address)}`;
  return (
    <a
      class="button quiet"
      href={`${sourcePath(source.id)}/move${query}`}
      aria-label={`Change address of ${source.title}`}
    >
      Change address…
    </a>
  );
}

/** The next check of a source. */
export function NextCheck({ report, now }: { readonly report: SourceReport; readonly now: Instant }): Markup {
  const { state } = report;
  const condition = conditionOf(report);
  if (condition === 'archive' || condition === 'paused' || condition === 'gone') {
    return <span class="soft">Not asked</span>;
  }
  return state.nextCheckAt <= now ? <>now due</> : <RelativeTime at={state.nextCheckAt} now={now} />;
}

/** The reason for the next check. The failure itself is elsewhere on the page. */
export function whyNext({ state }: SourceReport): string {
  const failure = state.lastFailure === undefined ? '' : `: ${describeFailure(state.lastFailure)}`;
  return failure === '' ? state.nextCheckWhy : state.nextCheckWhy.replace(failure, '');
}

/** The buttons to refresh, and to pause or resume; they belong to the one form of the list. */
function RowActions({ report: { source } }: { readonly report: SourceReport }): Markup {
  if (source.kind === 'site') return <></>;
  const ofEnabled = [...(isAsked(source) ? ([['refresh', 'Refresh']] as const) : []), ['pause', 'Pause'] as const];
  const actions = source.enabled ? ofEnabled : ([['resume', 'Resume']] as const);
  return (
    <div class="acts">
      {actions.map(([action, label]) => (
        <button
          class="quiet"
          form={listForm}
          name="one"
          value={`${action} ${source.id}`}
          aria-label={`${label} ${source.title}`}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
