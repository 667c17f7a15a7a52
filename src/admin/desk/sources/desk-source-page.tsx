/**
 * One source on the desk: what is known about it, its settings, its defects.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import type { SourceReport } from '../../../pipeline/source-table.ts';
import { CheckSection } from '../charts/check-chart.tsx';
import { Sparkline } from '../charts/sparkline.tsx';
import type { ApiProblem } from '../frame/api-call.ts';
import { Badge, CheckBox, Field, PostButton, PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { DoneNote } from '../frame/notes.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { DefectList } from './defect-list.tsx';
import { tellCondition } from './source-condition.ts';
import { NextCheck, sourcePath, whyNext } from './source-row.tsx';

/** What the page shows. */
export interface SourceView {
  readonly url: URL;
  readonly report: SourceReport;
  readonly now: Instant;
  readonly formToken: string;
  /** Why the last action was not done. */
  readonly problem?: ApiProblem | undefined;
}

const declared = {
  file: 'seeds/sources.opml; what you change here is yours from then on',
  api: 'you, here or through the API',
  seeds: 'the articles under seeds/articles',
} as const;

/** The page's content. */
export function SourcePage(view: SourceView): Markup {
  const { url, report, now, problem } = view;
  const { source, state } = report;
  const { word, tone, detail, advice } = tellCondition(report);
  return (
    <>
      <p class="soft">
        <a href="/admin">All sources</a>
      </p>
      <h1>
        <bdi>{source.title}</bdi>
      </h1>
      <DoneNote url={url} />
      <ProblemPanel problem={problem} />
      <p>
        <Badge tone={tone}>{word}</Badge> <bdi>{detail}</bdi>
      </p>
      {advice !== '' && (
        <p class="advice">
          <strong>What to do:</strong> {advice}
        </p>
      )}
      {source.kind === 'feed' && <Actions {...view} />}
      <Facts report={report} now={now} />
      <CheckSection state={state} now={now} />
      <Settings {...view} />
      {state.defects.length > 0 && (
        <section>
          <h2>{count(state.defects.length, 'fault')} in the feed, repaired</h2>
          <p class="soft">
            What was wrong in the last document, and how it was repaired. The site’s owner may be glad to hear of it.
          </p>
          <DefectList defects={state.defects} />
        </section>
      )}
    </>
  );
}

function Actions({ url, report: { source }, formToken }: SourceView): Markup {
  const path = sourcePath(source.id);
  const isResting = url.searchParams.get('done') === 'resting';
  return (
    <div class="acts panel">
      {!source.enabled && <PostButton action={`${path}/resume`} formToken={formToken} label="Resume" look="" />}
      {source.enabled && isResting && (
        <PostButton
          action={`${path}/refresh`}
          formToken={formToken}
          label="Ask all the same"
          look=""
          fields={{ force: '1' }}
        />
      )}
      {source.enabled && !isResting && (
        <PostButton action={`${path}/refresh`} formToken={formToken} label="Refresh now" look="" />
      )}
      {source.enabled && <PostButton action={`${path}/pause`} formToken={formToken} label="Pause" />}
      <a class="button quiet danger" href={`${path}/remove`}>
        Remove…
      </a>
    </div>
  );
}

function Facts({ report, now }: { readonly report: SourceReport; readonly now: Instant }): Markup {
  const { source, state, entries } = report;
  const { etag, lastModified } = state.validators;
  const facts: readonly (readonly [string, Child])[] = [
    ['Address', <OutsideLink address={source.url} />],
    ['Site', source.siteUrl !== undefined && <OutsideLink address={source.siteUrl} />],
    ['Last check', state.lastCheckedAt === undefined ? 'never' : <RelativeTime at={state.lastCheckedAt} now={now} />],
    ['Failures in a row', state.consecutiveFailures > 0 && String(state.consecutiveFailures)],
    [
      'Next check',
      <>
        <NextCheck report={report} now={now} />{' '}
        <span class="soft">
          <bdi>{whyNext(report)}</bdi>
        </span>
      </>,
    ],
    [
      'Entries',
      <>
        {group(entries)} · <a href={`/sources/${source.id}`}>read them</a>
      </>,
    ],
    [
      'Newest entries',
      (state.recentEntries ?? []).length > 0 && <Sparkline entries={state.recentEntries ?? []} now={now} />,
    ],
    [
      'Validators',
      [etag, lastModified].filter((text) => text !== undefined).join(' · ') ||
        'none: the whole document comes each time',
    ],
    ['Moving to', state.movedTo !== undefined && <bdi>{state.movedTo}</bdi>],
    ['Declared by', declared[source.declaredBy]],
  ];
  return <FactList facts={facts} />;
}

/** Names and values; a fact without a value is left out. */
export function FactList({ facts }: { readonly facts: readonly (readonly [string, Child])[] }): Markup {
  return (
    <dl class="facts-list">
      {facts.map(
        ([name, value]) =>
          value !== undefined &&
          value !== false && (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

function OutsideLink({ address }: { readonly address: string }): Markup {
  return (
    <a href={address} rel="noreferrer">
      <bdi>{address}</bdi>
    </a>
  );
}

function Settings({ report: { source }, formToken }: SourceView): Markup {
  return (
    <section>
      <h2>Settings</h2>
      <PostForm action={sourcePath(source.id)} formToken={formToken}>
        <div class="fields">
          <Field label="Title">
            <input name="title" required maxlength="500" value={source.title} dir="auto" />
          </Field>
          <Field label="Tags" hint="Every entry of the source gets them. Separate them with commas.">
            <input name="tags" value={source.tags.map(({ label }) => label).join(', ')} dir="auto" />
          </Field>
          <SourceLimits maxEntries={source.maxEntries} isFullText={source.fullText} />
          <div class="wide">
            <button>Save</button>
          </div>
        </div>
      </PostForm>
    </section>
  );
}

/** The fields that limit or extend what a source brings. */
export function SourceLimits({
  maxEntries,
  isFullText,
}: {
  readonly maxEntries: number;
  readonly isFullText: boolean;
}): Markup {
  return (
    <>
      <Field label="Show at most" hint="Entries, the newest. 0 shows all.">
        <input type="number" name="maxEntries" min="0" max="1000000" value={maxEntries} />
      </Field>
      <CheckBox
        name="fullText"
        label="Read whole articles"
        hint="Where the feed carries only a summary, the article’s page is asked once."
        isChecked={isFullText}
      />
    </>
  );
}
