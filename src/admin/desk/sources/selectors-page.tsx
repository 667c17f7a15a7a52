/**
 * Changes the selectors of a followed page, after a preview.
 */
import type { PageSelectors } from '../../../domain/page-selectors.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import type { Markup } from '../../../page/markup.ts';
import type { ApiAnswer, ApiProblem } from '../frame/api-call.ts';
import { PostButton, PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { type Preview, PreviewSection } from './add-page.tsx';
import { OtherProposals, previewPath, readSelectors, SelectorForm, toFields } from './selector-form.tsx';
import { sourcePath } from './source-row.tsx';

/** The present or given selectors, and the entries that they find. */
export async function showSelectors(visit: DeskVisit, problem?: ApiProblem): Promise<Response> {
  const { url, api, ports, name, formToken } = visit;
  const report = await ports.archive.source(name as SourceId);
  if (report === undefined || report.source.kind !== 'page') return toDeskProblem(visit, problem);
  const { source } = report;
  const given = readSelectors((field) => url.searchParams.get(field));
  // Without selectors in the address, proposals are shown: they help when the page's design has changed.
  const isProposing = url.searchParams.get('propose') === '1';
  const page = given ?? (isProposing ? undefined : source.page);
  const answer = await api('GET', previewPath(source.url, page));
  const main = <SelectorsPage {...{ source, page, answer, formToken, problem }} />;
  return visit.page(`Selectors of ${source.title}`, '/admin', main, problem?.status);
}

/** Saves the previewed selectors; without any, the page's own markup is used. */
export async function saveSelectors(visit: DeskVisit): Promise<Response> {
  const page = readSelectors((field) => visit.form?.text(field)) ?? null;
  const answer = await visit.api('PATCH', `/admin/api/sources/${encodeURIComponent(visit.name)}`, { json: { page } });
  return answer.ok ? goTo(sourcePath(visit.name), 'selectors') : showSelectors(visit, answer.problem);
}

function SelectorsPage({
  source,
  page,
  answer,
  formToken,
  problem,
}: {
  readonly source: Source;
  readonly page: PageSelectors | undefined;
  readonly answer: ApiAnswer;
  readonly formToken: string;
  readonly problem: ApiProblem | undefined;
}): Markup {
  const action = `${sourcePath(source.id)}/selectors`;
  const preview = answer.ok ? (answer.json as Preview) : undefined;
  const shown = preview?.page ?? page;
  return (
    <>
      <p class="soft">
        <a href={sourcePath(source.id)}>
          <bdi>{source.title}</bdi>
        </a>
      </p>
      <h1>
        Selectors of <bdi>{source.title}</bdi>
      </h1>
      <p>
        They say where the entries are on <bdi>{source.url}</bdi>. Entries that are here stay, whatever you choose.
      </p>
      <ProblemPanel problem={problem} />
      {!answer.ok && <ProblemPanel problem={answer.problem} />}
      <SelectorForm action={action} page={shown} />
      <div class="acts apart">
        <a class="button quiet" href={`${action}?propose=1`}>
          Propose selectors
        </a>
        {source.page !== undefined && (
          <PostButton action={action} formToken={formToken} label="Read what the page says for machines" />
        )}
      </div>
      {preview !== undefined && (
        <>
          <OtherProposals action={action} proposals={(preview.proposals ?? []).slice(1)} />
          <PreviewSection
            feed={preview}
            formToken={formToken}
            decision={
              <div class="panel">
                <PostForm action={action} formToken={formToken} fields={toFields(shown)}>
                  <button>Use these selectors</button>
                </PostForm>
              </div>
            }
          />
        </>
      )}
    </>
  );
}
