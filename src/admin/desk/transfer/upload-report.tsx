/**
 * Reports an upload: how much was new, and each problem with its place.
 */
import type { Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import type { articlesOutcome, importOutcome, opmlOutcome } from '../../api/contract/schema.ts';
import type { ApiAnswer } from '../frame/api-call.ts';
import { ProblemPanel } from '../frame/desk-parts.tsx';

/** What was uploaded. */
export type Upload = 'opml' | 'articles' | 'backup';

/** Most problems that a page lists. */
const maxShown = 100;

/** The report of one upload. */
export function UploadReport({ kind, answer }: { readonly kind: Upload; readonly answer: ApiAnswer }): Markup {
  if (!answer.ok) return <ProblemPanel problem={answer.problem} />;
  switch (kind) {
    case 'opml': {
      const { added, updated, unchanged, rejected } = answer.json as (typeof opmlOutcome)['_zod']['output'];
      const words = `${count(added, 'source')} added, ${group(updated)} brought up to date, ${group(unchanged)} unchanged.`;
      const lines = rejected.map(({ line, reason }) => [`line ${line}`, reason] as const);
      return <Report title="The list is imported" words={words} rejected={lines} noun="outline" />;
    }
    case 'articles': {
      const { recorded, unchanged, rejected } = answer.json as (typeof articlesOutcome)['_zod']['output'];
      const words = `${count(recorded, 'article')} recorded, ${group(unchanged)} unchanged.`;
      const files = rejected.map(({ file, line, reason }) => [`${file}:${line}`, reason] as const);
      return <Report title="The articles are read" words={words} rejected={files} noun="file" />;
    }
    case 'backup': {
      const { restored, unchanged, rejected, complete } = answer.json as (typeof importOutcome)['_zod']['output'];
      const whole = complete ? '' : ' The file ends early: it is not a whole backup. What it has was restored.';
      const words = `${count(restored, 'record')} restored, ${group(unchanged)} there already.${whole}`;
      const lines = rejected.map(({ line, reason }) => [`line ${line}`, reason] as const);
      return <Report title="The backup is restored" words={words} rejected={lines} noun="record" />;
    }
  }
}

function Report({
  title,
  words,
  rejected,
  noun,
}: {
  readonly title: string;
  readonly words: string;
  readonly rejected: readonly (readonly [place: string, reason: string])[];
  readonly noun: string;
}): Markup {
  const rest = rejected.length - maxShown;
  return (
    <section class={rejected.length === 0 ? 'panel good' : 'panel'} role="status" data-report={rejected.length > 0}>
      <h2>{title}</h2>
      <p>{words}</p>
      {rejected.length > 0 && (
        <>
          <p>
            <strong>{count(rejected.length, noun)} could not be used:</strong>
          </p>
          <ul>
            {rejected.slice(0, maxShown).map(([place, reason]) => (
              <li>
                <bdi>{place}</bdi>: <bdi>{reason}</bdi>
              </li>
            ))}
            {rest > 0 && <li>and {group(rest)} more</li>}
          </ul>
        </>
      )}
    </section>
  );
}
