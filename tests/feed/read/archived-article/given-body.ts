import type { BodyContext } from '../../../../src/feed/read/archived-article/archived-body.ts';
import { givenUrl } from '../../../support/given.ts';

/** What a body is read with when only its own HTML matters. */
export function givenBody(url: string): BodyContext {
  return { title: '', permalink: givenUrl(url), findArticle: () => undefined, habits: { dayFirst: true }, adverts: [] };
}
