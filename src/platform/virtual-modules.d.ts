/** Modules that scripts/build.ts makes out of seeds/. */
declare module 'virtual:seed-digest' {
  const digest: string;
  export default digest;
}

declare module 'virtual:seed-bundle' {
  /** JSON text of a `SeedBundle`. */
  const json: string;
  export default json;
}
