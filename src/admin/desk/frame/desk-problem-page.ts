/**
 * What could not be done at all, as a page of the desk.
 */
import { html } from '../../../page/html.ts';
import type { ApiProblem } from './api-call.ts';
import { renderProblem } from './desk-layout.ts';
import type { DeskVisit } from './desk-visit.ts';

const missing: ApiProblem = {
  status: 404,
  title: 'Not found',
  detail: 'There is nothing at that address; perhaps it was removed.',
  problems: [],
  tried: [],
};

/** The page; a problem response of the API is read first, and without a problem nothing was found. */
export async function toDeskProblem(visit: DeskVisit, given: ApiProblem | Response | undefined): Promise<Response> {
  const problem =
    given instanceof Response ? { ...missing, ...(await given.json<Partial<ApiProblem>>()) } : (given ?? missing);
  const main = html`<h1>${problem.title}</h1>${renderProblem(problem)}<p><a href="/admin">To the sources</a></p>`;
  return visit.page(problem.title, '', main, problem.status);
}
