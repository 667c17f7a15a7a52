/**
 * Knows the pictures that travel with the Worker (seeds/media): in entries they have an address of their own, on our pages the
 * Worker's.
 *
 * A seed cannot know where its Worker will be installed, so its pictures are at a reserved name (RFC 2606) that nobody has.
 */
const home = 'https://pictures.tributary.example/';

/** Where the Worker serves them. */
export const picturesPath = '/media/';

/** The address of a picture on our own pages. */
export function toPagePicture(address: string): string {
  return address.startsWith(home) ? picturesPath + address.slice(home.length) : address;
}

/** The same for the `src` among an element's attributes. */
export function withPagePicture(attributes: string): string {
  return attributes.replace(` src="${home}`, ` src="${picturesPath}`);
}
