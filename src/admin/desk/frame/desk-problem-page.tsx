/**
 * Shows that something could not be done or was not found.
 */
import type { ApiProblem } from './api-call.ts';
import { ProblemPanel } from './desk-parts.tsx';
import type { DeskVisit } from './desk-visit.ts';

const missing: ApiProblem = {
  status: 404,
  title: 'Not found',
  detail: 'There is nothing at that address. Perhaps it was removed.',
  problems: [],
  tried: [],
};

/** The page. It shows the API's problem response; without one it says that nothing was found. */
export async function toDeskProblem(visit: DeskVisit, given: ApiProblem | Response | undefined): Promise<Response> {
  const problem =
    given instanceof Response ? { ...missing, ...(await given.json<Partial<ApiProblem>>()) } : (given ?? missing);
  const main = (
    <>
      <h1>{problem.title}</h1>
      <ProblemPanel problem={problem} />
      <p>
        <a href="/admin">To the sources</a>
      </p>
    </>
  );
  return visit.page(problem.title, '', main, problem.status);
}
