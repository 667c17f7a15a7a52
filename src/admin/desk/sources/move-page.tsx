/**
 * Gives a source another address, after a preview.
 */
import type { SourceId } from '../../../domain/source.ts';
import type { Markup } from '../../../page/markup.ts';
import type { ApiAnswer, ApiProblem } from '../frame/api-call.ts';
import { PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { FeedChoice, type Preview, PreviewSection } from './add-page.tsx';
import { sourcePath } from './source-row.tsx';

/** The field, and the preview of the address in it. */
export async function showMove(visit: DeskVisit, problem?: ApiProblem): Promise<Response> {
  const { url, api, ports, name, formToken } = visit;
  const report = await ports.archive.source(name as SourceId);
  if (report === undefined) return toDeskProblem(visit, problem);
  const address = url.searchParams.get('url')?.trim() ?? '';
  const answer = address === '' ? undefined : await api('GET', `/admin/api/preview?url=${encodeURIComponent(address)}`);
  const { id, title } = report.source;
  const main = <MovePage {...{ id, title, from: report.source.url, address, answer, formToken, problem }} />;
  return visit.page(`Change the address of ${title}`, '/admin', main, problem?.status);
}

/** Moves the source. */
export async function moveFromForm(visit: DeskVisit): Promise<Response> {
  const json = { url: visit.form?.text('url') ?? '' };
  const answer = await visit.api('PATCH', `/admin/api/sources/${encodeURIComponent(visit.name)}`, { json });
  return answer.ok ? goTo(sourcePath(visit.name), 'moved') : showMove(visit, answer.problem);
}

function MovePage({
  id,
  title,
  from,
  address,
  answer,
  formToken,
  problem,
}: {
  readonly id: SourceId;
  readonly title: string;
  readonly from: string;
  readonly address: string;
  readonly answer: ApiAnswer | undefined;
  readonly formToken: string;
  readonly problem: ApiProblem | undefined;
}): Markup {
  const action = `${sourcePath(id)}/move`;
  return (
    <>
      <h1>
        Change the address of <bdi>{title}</bdi>
      </h1>
      <p>
        It is at <bdi>{from}</bdi> now. Its entries, its history and its own feeds stay.
      </p>
      <form class="row panel" method="get" action={action}>
        <label>
          New address of the feed, or of its site
          <input name="url" inputmode="url" required value={address} autocomplete="off" spellcheck="false" />
        </label>
        <button>Look</button>
      </form>
      <ProblemPanel problem={problem} />
      {answer?.ok === false && answer.problem.feeds !== undefined && (
        <FeedChoice feeds={answer.problem.feeds} action={action} />
      )}
      {answer?.ok === false && answer.problem.feeds === undefined && <ProblemPanel problem={answer.problem} />}
      {answer?.ok === true && (
        <PreviewSection
          feed={answer.json as Preview}
          formToken={formToken}
          decision={<Decision feed={answer.json as Preview} id={id} formToken={formToken} />}
        />
      )}
    </>
  );
}

function Decision({
  feed: { url, known },
  id,
  formToken,
}: {
  readonly feed: Preview;
  readonly id: SourceId;
  readonly formToken: string;
}): Markup {
  return (
    <div class="panel">
      {known !== null && known !== id && (
        <p>
          <a href={sourcePath(known)}>Another source</a> is at this address. Its entries and tags move here, and it
          goes.
        </p>
      )}
      <PostForm action={`${sourcePath(id)}/move`} formToken={formToken} fields={{ url }}>
        <button>Use this address</button>
      </PostForm>
    </div>
  );
}
