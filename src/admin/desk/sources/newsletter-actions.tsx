/**
 * Handles the forms of newsletters. Each change is a call of the admin API.
 */
import { splitTags } from '../frame/desk-parts.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { AddPage } from './add-page.tsx';
import { NewsletterForm } from './newsletter-section.tsx';
import { sourcePath } from './source-row.tsx';

/** Adds a newsletter with the name in the form. */
export async function addNewsletterFromForm({ api, form, formToken, page }: DeskVisit): Promise<Response> {
  const newsletter = form?.text('newsletter') ?? '';
  const answer = await api('POST', '/admin/api/sources', {
    json: { newsletter, tags: splitTags(form?.text('tags') ?? '') },
  });
  if (answer.ok) return goTo(sourcePath((answer.json as { id: string }).id), 'newsletter-made');
  const main = (
    <>
      <AddPage address="" formToken={formToken} problem={answer.problem} />
      <NewsletterForm formToken={formToken} name={newsletter} />
    </>
  );
  return page('Add a source', '/admin/add', main, answer.problem.status);
}

/** Accepts the sender of a mail, or deletes the mail. */
export async function decideOnMail(visit: DeskVisit): Promise<Response> {
  const { api, form, name } = visit;
  const isAccepted = form?.text('do') === 'accept';
  const path = `/admin/api/sources/${encodeURIComponent(name)}/mail/${encodeURIComponent(form?.text('mail') ?? '')}`;
  const answer = await api(isAccepted ? 'POST' : 'DELETE', path);
  if (!answer.ok) return toDeskProblem(visit, answer.problem);
  return goTo(sourcePath(name), isAccepted ? 'sender-accepted' : 'mail-forgotten');
}
