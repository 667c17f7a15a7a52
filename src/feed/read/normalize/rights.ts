/**
 * Where the rights of a feed or an entry stand: the same places for both.
 */
import { ladder } from './ladder.ts';

/** Most trusted first. */
export const rightsRungs = ladder(
  'atom:rights',
  'copyright',
  'dc:rights',
  'dcterms:rights',
  'rights',
  'atom:copyright',
  'media:copyright',
  'podcast:license',
);
