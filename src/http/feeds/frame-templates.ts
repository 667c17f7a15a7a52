/**
 * Loads the frame templates when no window has them: the `feed` package and its XML library are a chunk of their own,
 * which an isolate that serves published feeds never loads.
 */
import { loadOnce } from '../../domain/lazy.ts';
import type { FrameTemplates } from '../../feed/render/xml-frame-template.ts';

/** Makes them once per isolate. */
export const loadFrameTemplates: () => Promise<FrameTemplates> = loadOnce(async () => {
  const { makeFrameTemplates } = await import('../../feed/render/xml-frame-template.ts');
  return makeFrameTemplates();
});
