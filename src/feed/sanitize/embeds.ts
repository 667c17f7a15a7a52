/**
 * Decides about frames: players of a short list of video hosts stay, in a sandbox; any other frame becomes a link or is
 * dropped.
 */
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';

/** Hosts of players with the path their embeds begin with. Each plays video and asks for nothing else. */
export const videoPlayers: readonly (readonly [host: string, path: string])[] = [
  ['www.youtube.com', '/embed/'],
  ['youtube.com', '/embed/'],
  ['www.youtube-nocookie.com', '/embed/'],
  ['youtube-nocookie.com', '/embed/'],
  ['player.vimeo.com', '/video/'],
  ['www.dailymotion.com', '/embed/video/'],
  ['geo.dailymotion.com', '/player'],
  ['embed.ted.com', '/talks/'],
  ['player.bilibili.com', '/player.html'],
  ['archive.org', '/embed/'],
  ['media.ccc.de', '/v/'],
  ['fast.wistia.net', '/embed/'],
  ['player.twitch.tv', '/'],
  ['rumble.com', '/embed/'],
];

/** What a player needs to play: its scripts, its own origin (not ours), full screen. Not forms, not our top window. */
export const playerSandbox = 'allow-scripts allow-same-origin allow-popups allow-presentation';

/** The `https` address of a player that may be framed, or `undefined`. */
export function toPlayer(address: HttpUrl): HttpUrl | undefined {
  const url = new URL(address);
  url.protocol = 'https:';
  // The Flash player of YouTube had another path than the one that still plays.
  if (/^(?:www\.)?youtube(?:-nocookie)?\.com$/.test(url.hostname))
    url.pathname = url.pathname.replace(/^\/v\//, '/embed/');
  if (url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const isPlayer = videoPlayers.some(([host, path]) => url.hostname === host && url.pathname.startsWith(path));
  return isPlayer ? parseHttpUrl(url.href) : undefined;
}

/** The text of the link that replaces a frame; `undefined` for a bare origin, which is dropped. */
export function describeFrame(address: HttpUrl, title: string | undefined): string | undefined {
  const url = new URL(address);
  if (url.pathname === '/' && url.search === '') return undefined;
  return title?.trim() || url.hostname;
}
