/** Fetches a spec from where its maintainers keep it (`source_url`). */
export interface SpecSource {
  /** The text at the address. Throws `fetch-failed`, `refused` for an address that may not be fetched. */
  fetch(url: string): Promise<string>;
}
