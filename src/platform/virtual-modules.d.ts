/** Modules that scripts/build.ts makes out of seeds/. */
declare module 'virtual:seed-digest' {
  const digest: string;
  export default digest;
}

/** Digest of the code that renders entries. */
declare module 'virtual:render-digest' {
  const digest: string;
  export default digest;
}

declare module 'virtual:seed-manifest' {
  /** JSON text of a `SeedManifest`. */
  const json: string;
  export default json;
}

/** A stylesheet as text (scripts/text-assets.ts). */
declare module '*.css' {
  const text: string;
  export default text;
}

/** A script for browsers as text (scripts/text-assets.ts). */
declare module '*.client.js' {
  const text: string;
  export default text;
}

/** A picture as base64 (scripts/text-assets.ts). */
declare module '*.png' {
  const base64: string;
  export default base64;
}
