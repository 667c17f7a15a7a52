/**
 * Writes the document around the entries, in any of the three formats.
 *
 * A document is prefix + entries joined by the separator + suffix, so entries are rendered once and joined many times.
 */
import type { FeedFormat, FeedHead } from '../../domain/view.ts';
import { renderJsonFrame } from './json-frame.ts';
import { renderXmlFrame } from './xml-frame.ts';
import type { FrameTemplates } from './xml-frame-template.ts';

/** What stands around and between the entries of a document. */
export interface Frame {
  readonly prefix: string;
  readonly separator: string;
  readonly suffix: string;
  /** Texts that are shorter than the frame and different wherever it differs; absent = the frame itself. */
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
