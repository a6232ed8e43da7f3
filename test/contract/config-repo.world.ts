import type { GitopsError } from '../../src/errors.ts';
import type { Change, FileChange } from '../../src/model/change.ts';
import type { CommitOptions, ConfigRepo, Landed, Snapshot } from '../../src/ports/config-repo.ts';

/** A repo on some server, made for one test. */
export interface World {
  /** A new adapter on the same branch, as another process would make it. */
  open(): ConfigRepo;
  close(): Promise<void>;
}

/** A repo with these files, or with those of the seed. */
export type Seeded = (files?: Readonly<Record<string, string>>) => Promise<World>;

export const SEED = {
  'cdk8s.yaml': 'language: typescript\n',
  'tools-config/platform.yaml': 'domain: example.org\n',
  'tools-config/hello/toolforge.yaml': 'components: {}\n',
  'tools-config/hello/images.yaml': 'components: {}\n',
  'tools-config/bot/toolforge.yaml': 'components: {}\n',
  'manifests-out/tools/hello/web.yaml': 'kind: Deployment\n',
};

let changeIds = 0;

export function optionsOf(over: Partial<CommitOptions> = {}): CommitOptions {
  changeIds += 1;
  return {
    author: { name: 'Ålice Ümlaut', email: 'alice@example.org' },
    committer: { name: 'deploy bot', email: 'bot@example.org' },
    date: '2026-11-24T10:00:00Z',
    changeId: `${process.pid.toString(16)}${Date.now().toString(16)}${changeIds}`,
    ...over,
  };
}

export function changeOf(files: Readonly<Record<string, string | undefined>>, subject = 'a change'): Change {
  const list: FileChange[] = Object.entries(files).map(([path, text]) => ({ path, text }));
  return { files: list, message: { subject, body: 'Why.', trailers: [{ key: 'Tool', value: 'hello' }] } };
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: GitopsError) => error.code ?? `not a GitopsError: ${error.stack}`,
  );
}

export async function land(
  repo: ConfigRepo,
  files: Readonly<Record<string, string | undefined>>,
  subject?: string,
): Promise<Landed> {
  const head: Snapshot = await repo.head();
  return repo.commit(head, changeOf(files, subject), optionsOf());
}
