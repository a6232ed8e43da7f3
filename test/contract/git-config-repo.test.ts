import { gitConfigRepo } from '../../src/adapters/git/git-config-repo.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { gitHttpServer } from '../support/git-http-server.ts';
import { type GitSandbox, gitSandbox } from '../support/git-sandbox.ts';
import { type ConfigRepoFactory, configRepoContract } from './config-repo.contract.ts';
import type { World } from './config-repo.world.ts';

interface Place {
  readonly url: string;
  readonly branch?: string;
  readonly token?: string;
  readonly close?: () => Promise<void>;
}

/** A world around a sandbox: adapters made in it are disposed with it. */
function worldOf(sandbox: GitSandbox, { url, branch = 'main', token, close }: Place): World {
  const opened: ReturnType<typeof gitConfigRepo>[] = [];
  return {
    open() {
      const repo = gitConfigRepo({
        url,
        branch,
        token,
        clock: systemClock,
        env: sandbox.env,
        scratch: sandbox.root,
      });
      opened.push(repo);
      return repo;
    },
    async close() {
      for (const repo of opened) repo.dispose();
      await close?.();
      sandbox.close();
    },
  };
}

const refusingHook = '#!/bin/sh\necho "this branch is protected" >&2\nexit 1\n';

/** Repos of a sandbox, reached in some way. */
function factoryOf(
  reach: (folder: string, sandbox: GitSandbox) => Promise<Place> | Place,
  config: readonly (readonly string[])[] = [],
): ConfigRepoFactory {
  const make = async (files: Readonly<Record<string, string>>, branch = 'main') => {
    const sandbox = gitSandbox();
    const folder = sandbox.bare('config.git', files);
    for (const setting of config) sandbox.git(['-C', folder, 'config', ...setting]);
    return worldOf(sandbox, { ...(await reach(folder, sandbox)), branch });
  };
  return {
    withFiles: make,
    absent: {
      emptyRepo: () => make({}),
      missingBranch: () => make({ 'a.txt': 'a' }, 'other'),
      missingRepo: async () => {
        const sandbox = gitSandbox();
        return worldOf(sandbox, await reach(`${sandbox.root}/none.git`, sandbox));
      },
    },
    readOnly: {
      'a branch that a hook protects': async () => {
        const sandbox = gitSandbox();
        const folder = sandbox.bare('config.git', { 'a.txt': 'seed' });
        sandbox.script('config.git/hooks/pre-receive', refusingHook);
        return worldOf(sandbox, await reach(folder, sandbox));
      },
    },
  };
}

const overHttp = async (folder: string, { root, env, git }: GitSandbox): Promise<Place> => {
  const server = await gitHttpServer({ root, env });
  const url = `${server.url}/${folder.slice(root.length + 1)}`;
  try {
    git(['-C', folder, 'config', 'http.receivepack', 'true']);
  } catch {
    // The test of a missing repo.
  }
  return { url, close: server.close };
};

const partial = [
  ['uploadpack.allowFilter', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'true'],
] as const;

configRepoContract(
  'git, a path',
  factoryOf((url) => ({ url })),
);
configRepoContract(
  'git, a path whose repo has rules for pushes',
  factoryOf((url) => ({ url }), [['receive.fsckObjects', 'true']]),
);
configRepoContract(
  'git, a file: address without filters',
  factoryOf((folder) => ({ url: `file://${folder}` })),
);
configRepoContract(
  'git, a file: address with filters',
  factoryOf((folder) => ({ url: `file://${folder}` }), partial),
);
configRepoContract('git, http with filters', factoryOf(overHttp, partial));
