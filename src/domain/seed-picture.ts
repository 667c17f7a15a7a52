/**
 * Rewrites addresses of the pictures that the Worker brings along (seeds/media) for our own pages.
 *
 * A seed cannot know where its Worker will be installed, so entries have these pictures at a reserved name (RFC 2606) that no
 * site has; our pages use the Worker's own address.
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
