import type { Tree } from '../app/tree.ts';
import type { Platform } from '../model/platform.ts';
import type { Cache } from '../ports/cache.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import type { Registry } from '../ports/registry.ts';
import type { SpecSource } from '../ports/spec-source.ts';
import type { Threads } from '../ports/threads.ts';

/** What the world offers a command, wired in main.ts. */
export interface Deps {
  readonly version: string;
  /** Absolute; where relative paths on the command line start. Throws `usage` when it is gone. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** A folder on disk, by its absolute path. */
  openFiles(root: string): Files;
  /** Other cores, for rendering a large fleet in a folder on disk. */
  readonly threads: Threads;
  /** What runs over large fleets keep for the next one. */
  readonly cache: Cache;
  /** Tells one build of this program from another, and one version of what it runs on. */
  build(): string;
  /** A commit of the git repo that a folder is in, read from that folder down. */
  openRevision(root: string, ref: string): Promise<Tree>;
  /** A path, a git URL, or `gitea+https://host/owner/repo`. Throws `usage` for anything else. */
  openRepo(address: string, branch: string): Promise<ConfigRepo>;
  openRegistry(platform: Platform): Registry;
  openSpecSource(platform: Platform): SpecSource;
  /** Name of the account that the process runs as; `undefined` where it has none, as in some containers. */
  userName(): string | undefined;
  /** From the variable of that name, or from the file that `NAME_FILE` names. Throws `usage`. */
  readSecret(name: string): string | undefined;
  /** So many random bytes. */
  random(bytes: number): Uint8Array;
  /** A log on stderr, in which no secret is ever seen. */
  openLog(options: { readonly secrets: readonly string[]; readonly level: string | undefined }): Promise<Log>;
  /** Resolves when the process is asked to end; asked again, it ends at once. */
  stopRequested(): Promise<void>;
  /** All of standard input. */
  readStdin(): Promise<string>;
  /** The text of a file below templates/: CI workflows. */
  readTemplate(path: string): string;
}
