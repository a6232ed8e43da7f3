import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A bare repo of our own for a while: made by hand, so that no template or hook of anyone's gets in. */
export interface Scratch {
  readonly gitDir: string;
  readonly oidBytes: number;
  /** Commits whose parents were left out by a fetch of limited depth. */
  shallow(): ReadonlySet<string>;
  /** What a ref of it points to. */
  ref(name: string): string;
  remove(): void;
}

export interface ScratchOptions {
  /** Folder to make it in. */
  readonly parent: string;
  /** 20, or 32 for a SHA-256 repo. */
  readonly oidBytes: number;
  /** Object folder of a repo on this machine: all of its objects are here at once, without a copy. */
  readonly alternate: string | undefined;
}

/** What a killed run leaves behind is one folder `toolforge-gitops-…` that nothing looks at again. */
export function makeScratch({ parent, oidBytes, alternate }: ScratchOptions): Scratch {
  const gitDir = mkdtempSync(join(parent, 'toolforge-gitops-'));
  for (const folder of ['objects/info', 'objects/pack', 'refs']) {
    mkdirSync(join(gitDir, folder), { recursive: true });
  }
  const sha256 = oidBytes === 32;
  writeFileSync(
    join(gitDir, 'config'),
    `[core]\n\tbare = true\n\trepositoryformatversion = ${sha256 ? 1 : 0}\n${
      sha256 ? '[extensions]\n\tobjectformat = sha256\n' : ''
    }`,
  );
  writeFileSync(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
  if (alternate !== undefined) writeFileSync(join(gitDir, 'objects/info/alternates'), `${alternate}\n`);
  const shallowFile = join(gitDir, 'shallow');
  return {
    gitDir,
    oidBytes,
    shallow: () =>
      new Set(existsSync(shallowFile) ? readFileSync(shallowFile, 'utf8').split('\n').filter(Boolean) : []),
    ref: (name) => readFileSync(join(gitDir, name), 'utf8').trim(),
    remove: () => rmSync(gitDir, { recursive: true, force: true }),
  };
}
