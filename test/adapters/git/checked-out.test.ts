import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitConfigRepo } from '../../../src/adapters/git/git-config-repo.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { changeOf, optionsOf } from '../../contract/config-repo.world.ts';
import { type GitSandbox, gitSandbox } from '../../support/git-sandbox.ts';

let sandbox: GitSandbox;
beforeEach(() => {
  sandbox = gitSandbox();
  sandbox.git(['init', '-q', '-b', 'main', work()]);
  writeFileSync(join(work(), 'a'), '1\n');
  git('add', 'a');
  git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-qm', 'first');
});
afterEach(() => sandbox.close());

const work = () => join(sandbox.root, 'work');
const git = (...args: string[]) => sandbox.git(['-C', work(), ...args]);

async function write(): Promise<unknown> {
  const repo = gitConfigRepo({
    url: work(),
    branch: 'main',
    clock: { ...systemClock, sleep: async () => undefined },
    scratch: sandbox.root,
    env: sandbox.env,
  });
  try {
    return await repo.commit(await repo.head(), changeOf({ a: '2\n' }), optionsOf());
  } catch (error) {
    return error;
  } finally {
    repo.dispose();
  }
}

describe('a branch that is checked out where it is pushed to', () => {
  test.each([
    {
      name: 'is refused by git',
      prepare: () => undefined,
      hint: 'config receive.denyCurrentBranch updateInstead',
    },
    {
      name: 'and has changes there',
      prepare: () => {
        git('config', 'receive.denyCurrentBranch', 'updateInstead');
        writeFileSync(join(work(), 'a'), 'mine\n');
      },
      hint: 'commit or stash',
    },
    {
      name: 'in another work tree',
      prepare: () => {
        git('switch', '-q', '--detach');
        git('worktree', 'add', '-q', join(sandbox.root, 'second'), 'main');
      },
      hint: '/second',
    },
  ])('$name: the remedy is told', async ({ prepare, hint }) => {
    prepare();
    const error = await write();
    expect(error).toMatchObject({ code: 'permission', hint: expect.stringContaining(hint) });
    expect(error).toMatchObject({ message: expect.stringContaining('checked out in') });
  });

  test.each([
    { name: 'follows', prepare: () => git('config', 'receive.denyCurrentBranch', 'updateInstead') },
    { name: 'is free', prepare: () => git('switch', '-q', '--detach') },
  ])('takes the commit where it $name', async ({ prepare }) => {
    prepare();
    expect(await write()).toMatchObject({ commit: git('rev-parse', 'main') });
  });

  test('a refusal of another kind is told as one', async () => {
    git('switch', '-q', '--detach');
    sandbox.script('work/.git/hooks/update', '#!/bin/sh\nexit 1\n');
    expect(await write()).toMatchObject({ hint: expect.stringContaining('may write') });
  });
});
