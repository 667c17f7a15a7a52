/**
 * Defines a tag: our own word for a group of entries, whatever the publishers call their categories.
 */
export interface Tag {
  /** The name in URLs: case-folded, any script, no spaces. Made by `feed/tag/slug`. */
  readonly slug: string;
  /** The name for people, as first written. */
  readonly label: string;
}
