/**
 * Writes the document around the entries, in any of the three formats.
 *
 * A document is prefix + entries joined by the separator + suffix, so entries are rendered once and joined many times.
 */
import type { FeedFormat, FeedHead } from '../../domain/view.ts';
import { renderJsonFrame } from './json-frame.ts';
import { renderXmlFrame } from './xml-frame.ts';
import type { FrameTemplates } from './xml-frame-template.ts';

/** The text around and between the entries of a document. */
export interface Frame {
  readonly prefix: string;
  readonly separator: string;
  readonly suffix: string;
  /** Shorter texts that differ wherever the frame differs; absent = the frame itself. */
  readonly name?: readonly string[];
}

/** The frame of a view. Deterministic: the same head gives the same characters. */
export function renderFrame(templates: FrameTemplates, format: FeedFormat, head: FeedHead): Frame {
  switch (format) {
    case 'rss':
    case 'atom':
      return { ...renderXmlFrame(templates, format, head), separator: '' };
    case 'json':
      return { ...renderJsonFrame(head), separator: ',' };
  }
}
