/**
 * Rewrites addresses of the pictures that the Worker brings along (seeds/media).
 *
 * A seed file cannot know where its Worker will be installed, so it has these pictures at a reserved name (RFC 2606) that no site
 * has. The build gives them the address of the installation where it knows that; for our own pages the path is enough.
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

/** A text with the pictures at the address of an installation (its origin). */
export function placePictures(text: string, origin: string): string {
  return text.replaceAll(home, origin + picturesPath);
}
