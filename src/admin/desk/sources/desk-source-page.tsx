/**
 * Shows one source: its state, its settings, its defects.
 */
import type { Instant } from '../../../domain/instant.ts';
import { isAsked } from '../../../domain/source.ts';
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import type { RuleBook, SourceDetails } from '../../../pipeline/archive-owner.ts';
import type { SourceReport } from '../../../pipeline/source-table.ts';
import { CheckSection } from '../charts/check-chart.tsx';
import { MonthChart } from '../charts/entry-charts.tsx';
import type { ApiProblem } from '../frame/api-call.ts';
import { Badge, CheckBox, Field, PostButton, PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { DoneNote } from '../frame/notes.tsx';
import { DefectList } from './defect-list.tsx';
import { NewsletterSection } from './newsletter-section.tsx';
import { SourceAccess } from './source-access.tsx';
import { tellCondition } from './source-condition.ts';
import { LastDocument, SourceFacts, SourceRules } from './source-facts.tsx';
import { HiddenBadges, sourcePath } from './source-row.tsx';

/** What the page shows. */
export interface SourceView {
  readonly url: URL;
  readonly report: SourceReport;
  readonly details: SourceDetails;
  readonly book: RuleBook;
  readonly now: Instant;
  readonly formToken: string;
  /** Why the last action was not done. */
  readonly problem?: ApiProblem | undefined;
}

/** The page's content. */
export function SourcePage(view: SourceView): Markup {
  const { url, report, details, book, now, problem } = view;
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
        <Badge tone={tone}>{word}</Badge> <HiddenBadges source={source} /> <bdi>{detail}</bdi>
      </p>
      {advice !== '' && (
        <p class="advice">
          <strong>What to do:</strong> {advice}
        </p>
      )}
      {source.kind !== 'site' && <Actions {...view} />}
      {report.newsletter !== undefined && (
        <NewsletterSection source={source} newsletter={report.newsletter} now={now} formToken={view.formToken} />
      )}
      <MonthChart days={details.days} now={now} />
      <SourceFacts report={report} now={now} />
      <Settings {...view} />
      {isAsked(source) && <SourceAccess source={source} formToken={view.formToken} />}
      <SourceRules report={report} book={book} details={details} />
      {source.kind !== 'newsletter' && <CheckSection state={state} now={now} />}
      {source.kind !== 'newsletter' && <LastDocument report={report} now={now} />}
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
    <div class="acts apart">
      {!source.enabled && <PostButton action={`${path}/resume`} formToken={formToken} label="Resume" look="" />}
      {source.enabled && isAsked(source) && isResting && (
        <PostButton
          action={`${path}/refresh`}
          formToken={formToken}
          label="Ask all the same"
          look=""
          fields={{ force: '1' }}
        />
      )}
      {source.enabled && isAsked(source) && !isResting && (
        <PostButton action={`${path}/refresh`} formToken={formToken} label="Refresh now" look="" />
      )}
      {source.enabled && <PostButton action={`${path}/pause`} formToken={formToken} label="Pause" />}
      {isAsked(source) && (
        <a class="button quiet" href={`${path}/move`}>
          Change address…
        </a>
      )}
      {source.kind === 'page' && (
        <a class="button quiet" href={`${path}/selectors`}>
          Selectors…
        </a>
      )}
      <a class="button quiet danger" href={`${path}/remove`}>
        Remove…
      </a>
    </div>
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
          <SourceLimits maxEntries={source.maxEntries} isFullText={isAsked(source) ? source.fullText : undefined} />
          <div class="wide">
            <button>Save</button>
          </div>
        </div>
      </PostForm>
    </section>
  );
}

/** The fields that limit or extend the entries of a source. */
export function SourceLimits({
  maxEntries,
  isFullText,
}: {
  readonly maxEntries: number;
  /** Absent when there is no page to read. */
  readonly isFullText?: boolean | undefined;
}): Markup {
  return (
    <>
      <Field label="Show at most" hint="Entries, the newest. 0 shows all.">
        <input type="number" name="maxEntries" min="0" max="1000000" value={maxEntries} />
      </Field>
      {isFullText !== undefined && (
        <CheckBox
          name="fullText"
          label="Read whole articles"
          hint="Where the feed carries only a summary, the article’s page is asked once."
          isChecked={isFullText}
        />
      )}
    </>
  );
}
