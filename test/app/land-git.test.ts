import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gitConfigRepo } from '../../src/adapters/git/git-config-repo.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { type LandResult, land } from '../../src/app/land.ts';
import { type BumpProcess, bumpProcess } from '../support/bump-bundle.ts';
import { bumpEdit } from '../support/bump-program.ts';
import { fleetFiles, toolName } from '../support/fleet.ts';
import { type GitHttpServer, gitHttpServer } from '../support/git-http-server.ts';
import { type GitSandbox, gitSandbox } from '../support/git-sandbox.ts';

const IDENTITY = { name: 'deploy bot', email: 'bot@example.org' };

let bundle: GitSandbox;
let program: BumpProcess;
let sandbox: GitSandbox;
beforeAll(async () => {
  bundle = gitSandbox();
  program = await bumpProcess(bundle.root);
});
afterAll(() => bundle.close());
beforeEach(() => {
  sandbox = gitSandbox();
});
afterEach(() => sandbox.close());

/** Subjects of a branch's commits, oldest first, without the seed. */
function subjects(folder: string): string[] {
  return sandbox.git(['-C', folder, 'log', '--reverse', '--format=%s', 'main']).split('\n').slice(1);
}

/** The same bump in this process. */
async function bumpHere(url: string, line: string): Promise<LandResult> {
  const options = { url, branch: 'main', clock: systemClock, env: sandbox.env, scratch: sandbox.root };
  const repo = gitConfigRepo(options);
  try {
    return await land(repo, bumpEdit(toolName(1), line), { clock: systemClock, identity: IDENTITY });
  } finally {
    repo.dispose();
  }
}

function bareWithRules(name: string, files: Readonly<Record<string, string>>): string {
  const folder = sandbox.bare(name, files);
  sandbox.git(['-C', folder, 'config', 'uploadpack.allowFilter', 'true']);
  // A rule of its own sends every commit through `git push`.
  sandbox.git(['-C', folder, 'config', 'receive.fsckObjects', 'true']);
  return folder;
}

describe('the work of a bump', () => {
  test('is the same with 100 and with 10,000 tools: objects, fetches, requests, processes', async () => {
    const costs: object[] = [];
    for (const tools of [100, 10_000]) {
      const folder = sandbox.bare(`${tools}.git`, { 'cdk8s.yaml': '' });
      const seed = gitConfigRepo({
        ...{ url: folder, branch: 'main', clock: systemClock, env: sandbox.env, scratch: sandbox.root },
      });
      const files = Object.entries(fleetFiles(tools)).map(([path, text]) => ({ path, text }));
      const edit = async () => ({ files, message: { subject: 'fleet', trailers: [] } });
      await land(seed, edit, { clock: systemClock, identity: IDENTITY });
      seed.dispose();
      sandbox.git(['-C', folder, 'config', 'uploadpack.allowFilter', 'true']);
      sandbox.git(['-C', folder, 'config', 'http.receivepack', 'true']);
      const log = join(sandbox.root, `${tools}.log`);
      const git = sandbox.script(`git-${tools}`, `#!/bin/sh\necho "$2" >> '${log}'\nexec git "$@"\n`);
      const server = await gitHttpServer(sandbox);
      for (const url of [folder, `${server.url}/${tools}.git`]) {
        const repo = gitConfigRepo({
          ...{ url, branch: 'main', clock: systemClock, env: sandbox.env, scratch: sandbox.root },
          program: git,
        });
        const options = { clock: systemClock, identity: IDENTITY };
        const result = await land(repo, bumpEdit(toolName(7), `image ${url}`), options);
        expect(result).toMatchObject({ made: true, attempts: 1 });
        costs.push({ tools, ...repo.counts });
        repo.dispose();
      }
      await server.close();
      const requests = server.requests.map((request) => request.replace(`${tools}.git`, 'repo'));
      costs.push({ tools, requests, processes: readFileSync(log, 'utf8').split('\n') });
    }
    const [localFew, httpFew, workFew, localMany, httpMany, workMany] = costs;
    expect(localMany).toEqual({ ...localFew, tools: 10_000 });
    expect(httpMany).toEqual({ ...httpFew, tools: 10_000 });
    expect(workMany).toEqual({ ...workFew, tools: 10_000 });
    expect(httpFew).toMatchObject({ fetches: 3, objects: 12 });
  });
});

describe('a process killed while it lands', () => {
  const calls = ['before head', 'after head', 'before read', 'after read', 'before commit', 'after commit'];

  test.each(['plain', 'rules'])(
    'at any call of the port: the repo is whole, a retry lands once (%s)',
    async (kind) => {
      const folder =
        kind === 'plain' ? sandbox.bare('c.git', fleetFiles(3)) : bareWithRules('c.git', fleetFiles(3));
      for (const [index, killAt] of calls.entries()) {
        const task = {
          url: folder,
          branch: 'main',
          tool: toolName(1),
          line: `image ${index}`,
          scratch: sandbox.root,
        };
        expect(await program.run({ ...task, killAt }, sandbox.env)).toEqual({ killed: true });
        sandbox.git(['-C', folder, 'fsck', '--strict', '--no-dangling']);
        const retry = await program.run(task, sandbox.env);
        expect(retry.made).toBe(killAt !== 'after commit');
      }
      expect(subjects(folder)).toEqual(calls.map((_, index) => `${toolName(1)}: image ${index}`));
    },
  );

  test.each([
    ['a plain repo', (folder: string) => folder, false],
    ['a file: address', (folder: string) => `file://${folder}`, true],
  ])(
    'after any git command that it runs, on %s',
    async (_, reach, rules) => {
      const folder = rules ? bareWithRules('c.git', fleetFiles(3)) : sandbox.bare('c.git', fleetFiles(3));
      const counter = join(sandbox.root, 'count');
      // Counts git's runs, and kills the program that started the one whose turn it is.
      const git = sandbox.script(
        'killing-git',
        `#!/bin/sh
n=$(($(cat '${counter}') + 1)); echo $n > '${counter}'
git "$@"; code=$?
[ "$n" = "$KILL_AFTER" ] && [ "$PPID" -gt 1 ] && kill -9 $PPID
exit $code
`,
      );
      const lines: string[] = [];
      let killed = true;
      for (let step = 1; killed; step += 1) {
        const line = `image ${step}`;
        const task = { url: reach(folder), branch: 'main', tool: toolName(1), line, scratch: sandbox.root };
        sandbox.script('count', '0\n');
        killed =
          'killed' in (await program.run({ ...task, git }, { ...sandbox.env, KILL_AFTER: String(step) }));
        sandbox.git(['-C', folder, 'fsck', '--strict', '--no-dangling']);
        await bumpHere(task.url, line);
        lines.push(`${toolName(1)}: ${line}`);
      }
      expect(lines.length).toBeGreaterThan(8);
      expect(subjects(folder)).toEqual(lines);
    },
    240_000,
  );
});

describe('many writers', () => {
  test('50 processes bump 50 tools at once: each lands exactly once', async () => {
    const folder = bareWithRules('c.git', fleetFiles(50));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const url = index % 2 === 0 ? folder : `file://${folder}`;
        const task = { url, branch: 'main', tool: toolName(index), line: 'image new', scratch: sandbox.root };
        return program.run({ ...task, patience: 240_000 }, sandbox.env);
      }),
    );
    expect(answers.filter(({ made }) => made !== true)).toEqual([]);
    const expected = Array.from({ length: 50 }, (_, index) => `${toolName(index)}: image new`);
    expect(subjects(folder).sort()).toEqual(expected);
    expect(new Set(answers.map(({ commit }) => commit)).size).toBe(50);
    sandbox.git(['-C', folder, 'fsck', '--strict', '--no-dangling']);
  }, 300_000);
});

const FAULTS = ['cut', { status: 429 }, 'cut-after', 'fail-after'] as const;

describe('faults of a git server over HTTP', () => {
  let server: GitHttpServer;
  let folder: string;
  beforeEach(async () => {
    folder = bareWithRules('c.git', fleetFiles(2));
    sandbox.git(['-C', folder, 'config', 'http.receivepack', 'true']);
    server = await gitHttpServer(sandbox);
  });
  afterEach(() => server.close());

  const options = { clock: { ...systemClock, sleep: () => systemClock.sleep(1) }, identity: IDENTITY };
  const open = () =>
    gitConfigRepo({
      ...{ url: `${server.url}/c.git`, branch: 'main', clock: systemClock, env: sandbox.env },
      scratch: sandbox.root,
    });

  test('between any two requests: cut, cut or 500 after the work was done, 429; lands exactly once', async () => {
    const counting = open();
    await land(counting, bumpEdit(toolName(0), 'image start'), options);
    counting.dispose();
    const requests = [...server.requests];
    expect(requests.length).toBeGreaterThan(6);
    const lines = [`${toolName(0)}: image start`];
    for (const [index, request] of requests.entries()) {
      // To a read it is all the same whether the server worked before it failed.
      const writes = request.includes('receive-pack');
      for (const fault of writes ? FAULTS : FAULTS.slice(0, 2)) {
        let count = 0;
        server.fault = () => {
          count += 1;
          return count === index + 1 ? fault : undefined;
        };
        const line = `image ${index} ${JSON.stringify(fault)}`;
        const repo = open();
        const result = await land(repo, bumpEdit(toolName(0), line), options);
        expect(result, `${line} at ${request}`).toMatchObject({ made: true });
        expect(sandbox.git(['-C', folder, 'rev-parse', 'main'])).toBe(result.commit);
        repo.dispose();
        lines.push(`${toolName(0)}: ${line}`);
      }
    }
    expect(subjects(folder)).toEqual(lines);
    sandbox.git(['-C', folder, 'fsck', '--strict', '--no-dangling']);
  }, 300_000);

  test('a server that never takes a push is told as failing, not as a missing right', async () => {
    server.fault = (_, path) => (path.includes('receive-pack') ? { status: 502 } : undefined);
    const repo = open();
    const error = await land(repo, bumpEdit(toolName(0), 'x'), { ...options, patience: 1500 }).catch(
      (caught) => caught,
    );
    expect(error).toMatchObject({ code: 'remote-failed', message: expect.stringContaining('gave up after') });
    repo.dispose();
    expect(subjects(folder)).toEqual([]);
  });
});
