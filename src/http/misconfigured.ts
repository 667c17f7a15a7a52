/**
 * The app of an installation whose settings cannot be used: every request says which ones and what would be right.
 */
import { Hono } from 'hono';
import type { ConfigProblem } from '../pipeline/config.ts';
import { toProblemResponse } from './problem.ts';

/** Creates it. Serving on settings nobody meant would be worse than not serving. */
export function createMisconfiguredApp(problems: readonly ConfigProblem[]): Hono {
  const app = new Hono();
  app.all('*', () =>
    toProblemResponse({
      status: 500,
      title: 'Settings cannot be used',
      detail: problems.map(({ setting, detail }) => `${setting} ${detail}.`).join(' '),
      problems,
    }),
  );
  return app;
}
