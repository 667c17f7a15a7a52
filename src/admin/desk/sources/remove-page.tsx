/**
 * Asks before sources are removed.
 */
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import type { SourceReport } from '../../../pipeline/source-table.ts';
import { PostForm } from '../frame/desk-parts.tsx';

/** The question, for one source or for several. */
export function RemovePage({
  reports,
  back,
  formToken,
}: {
  readonly reports: readonly SourceReport[];
  /** The page to go back to. */
  readonly back: string;
  readonly formToken: string;
}): Markup {
  const [first] = reports;
  const isOne = reports.length === 1;
  const entries = reports.reduce((sum, report) => sum + report.entries, 0);
  return (
    <>
      <h1>Remove {isOne ? <bdi>{first?.source.title ?? ''}</bdi> : count(reports.length, 'source')}?</h1>
      <div class="panel">
        {!isOne && (
          <ul>
            {reports.map(({ source }) => (
              <li>
                <bdi>{source.title}</bdi>
              </li>
            ))}
          </ul>
        )}
        <p>
          {isOne ? 'It is not asked any more, and its ' : 'They are not asked any more, and their '}
          {count(entries, 'entry', 'entries')} disappear from every feed and page. They are kept: adding{' '}
          {isOne ? 'the source' : 'a source'} again shows them again.
        </p>
      </div>
      <div class="acts">
        <PostForm action="/admin/sources" formToken={formToken} fields={{ back, sure: '1', do: 'remove' }}>
          {reports.map(({ source }) => (
            <input type="hidden" name="id" value={source.id} />
          ))}
          <button class="danger">{isOne ? 'Remove it' : 'Remove them'}</button>
        </PostForm>
        <a class="button quiet" href={back}>
          {isOne ? 'Keep it' : 'Keep them'}
        </a>
      </div>
    </>
  );
}
