/**
 * The templates of frames when no window at hand has them: the `feed` package and its XML library are a chunk of their
 * own, which an isolate that serves published feeds never loads.
 */
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';

let made: Promise<FrameTemplates> | undefined;

/** Makes them once per isolate. */
export function loadFrameTemplates(): Promise<FrameTemplates> {
  made ??= import('../feed/render/xml-frame-template.ts').then(({ makeFrameTemplates }) => makeFrameTemplates());
  return made;
}
