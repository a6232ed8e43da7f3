import { gitConfigRepo } from '../../src/adapters/git/git-config-repo.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { type Edit, land } from '../../src/app/land.ts';
import type { ConfigRepo } from '../../src/ports/config-repo.ts';

/**
 * A process that lands one small change, for tests that need processes: `bump-program.js '{"url":…,"tool":…}'`. It
 * prints the result of `land`, or the error's code and message, as JSON.
 */
export interface BumpTask {
  readonly url: string;
  readonly branch: string;
  readonly tool: string;
  /** What the tool's file must hold in the end. */
  readonly line: string;
  readonly scratch: string;
  readonly git?: string;
  readonly token?: string;
  readonly patience?: number;
  /** Kill this very process before or after a call of the port: `before commit`. */
  readonly killAt?: string;
}

/** Changes as a build's bump does: the tool's images and one manifest. */
export function bumpEdit(tool: string, line: string): Edit {
  return async (head) => {
    const paths = [`tools-config/${tool}/images.yaml`, `manifests-out/tools/${tool}/web.yaml`] as const;
    const [images = ''] = await head.read([...paths, 'tools-config/platform.yaml']);
    const text = images.includes(line) ? images : `${images}${line}\n`;
    const files = [
      { path: paths[0], text },
      { path: paths[1], text: `kind: Deployment\n${text}` },
    ];
    return { files, message: { subject: `${tool}: ${line}`, trailers: [{ key: 'Tool', value: tool }] } };
  };
}

function dyingRepo(repo: ConfigRepo, killAt: string): ConfigRepo {
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (killAt === `before ${name}`) process.kill(process.pid, 'SIGKILL');
    const result = await work();
    if (killAt === `after ${name}`) process.kill(process.pid, 'SIGKILL');
    return result;
  };
  return {
    ...repo,
    async head() {
      const head = await step('head', () => repo.head());
      return { ...head, read: (paths) => step('read', () => head.read(paths)) };
    },
    commit: (base, change, options) => step('commit', () => repo.commit(base, change, options)),
  };
}

export async function runBump(task: BumpTask): Promise<object> {
  const { url, branch, tool, line, scratch, git, token, patience } = task;
  const options = { url, branch, token, scratch, program: git, clock: systemClock, env: process.env };
  const repo = gitConfigRepo(options);
  const identity = { name: 'deploy bot', email: 'bot@example.org' };
  const target = task.killAt === undefined ? repo : dyingRepo(repo, task.killAt);
  try {
    const landing = { clock: systemClock, identity, ...(patience !== undefined && { patience }) };
    return { ...(await land(target, bumpEdit(tool, line), landing)), counts: repo.counts };
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return { error: { code, message } };
  } finally {
    repo.dispose();
  }
}
