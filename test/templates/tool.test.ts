import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ToolCiValues, toolWorkflow } from '../../src/app/ci-templates.ts';
import { deployBody } from '../../src/http/schemas.ts';
import { runPipeline } from '../support/ci/run-gitlab.ts';
import { runWorkflow, type WorkflowRun } from '../support/ci/run-workflow.ts';
import { type CiWorld, ciWorld } from '../support/ci/world.ts';
import { localServer } from '../support/local-server.ts';

const COMMIT = '4f2c'.repeat(10);
const SECRETS = {
  TFG_REGISTRY_USER: 'robot$tool-hello+ci',
  TFG_REGISTRY_PASSWORD: 'registry"5ecret',
  TFG_GITEA_TOKEN: 'gitea-5ecret',
  TFG_DEPLOY_TOKEN: 'deploy-5ecret',
};
const APP = { 'app.py': 'print("hello")\n', Procfile: 'web: python app.py\n' };

interface Push {
  readonly service?: string;
  readonly app?: Readonly<Record<string, string>>;
  readonly branch?: string;
  readonly password?: string;
}

// That GitHub's differs only in a word is what rules.test.ts shows.
describe.each(['gitea', 'gitlab'] as const)('the workflow of a tool on %s', (host) => {
  let world: CiWorld;
  let values: ToolCiValues;
  beforeAll(() => {
    world = ciWorld();
    values = {
      tool: 'hello',
      component: 'web',
      branch: 'main',
      registry: 'registry.example.org',
      builder: 'registry.example.org/platform/builder:24',
      cliImage: 'registry.example.org/platform/toolforge-gitops:0.1.0',
      configRepo: world.configRepo,
      service: undefined,
    };
  });
  afterAll(() => world.close());

  async function push({
    service,
    app = APP,
    branch = 'main',
    password = SECRETS.TFG_REGISTRY_PASSWORD,
  }: Push): Promise<WorkflowRun> {
    const secrets = { ...SECRETS, TFG_REGISTRY_PASSWORD: password };
    const runner = host === 'gitlab' ? { ...gitlab(branch), ...secrets } : actions(branch);
    const [, template] = toolWorkflow(world.templates, host, { ...values, service });
    const setting = {
      scratch: world.sandbox.root,
      checkout: world.checkout(app),
      env: {
        ...world.env,
        ...runner,
        CNB_USER_ID: `${process.getuid?.()}`,
        CNB_GROUP_ID: `${process.getgid?.()}`,
        STAND_IN_LOGIN: `${SECRETS.TFG_REGISTRY_USER}:${SECRETS.TFG_REGISTRY_PASSWORD}`,
      },
      context: Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`secrets.${name}`, value])),
    };
    const run = await (host === 'gitlab' ? runPipeline : runWorkflow)(template, setting);
    expect(run.log).not.toContain('5ecret');
    return run;
  }
  const commits = () => Number(world.sandbox.git(['-C', world.configRepo, 'rev-list', '--count', 'main']));

  test('a push is built, published, and recorded in one commit', async () => {
    const before = commits();
    const run = await push({});
    expect(run).toMatchObject({ code: 0, jobs: ['build', 'deploy'] });
    expect(run.log).toMatch(/hello\/web: deployed registry\.example\.org\/tool-hello\/web:latest@sha256:/);
    expect(commits()).toBe(before + 1);
    const images = world.read('tools-config/hello/images.yaml');
    expect(images).toMatch(/image: registry\.example\.org\/tool-hello\/web:latest@sha256:[0-9a-f]{64}\n/);
    for (const text of [
      COMMIT,
      'ref: main',
      'https://git.example.org/tools/hello',
      'built_at: ',
      BUILD_URL[host],
    ]) {
      expect(images).toContain(text);
    }
    const message = world.sandbox.git(['-C', world.configRepo, 'log', '-1', '--format=%B', 'main']);
    expect(message).toContain(`Source-Commit: ${COMMIT}`);
    expect(`${message}${images}`).not.toContain('5ecret');
    expect(world.read('manifests-out/tools/hello/web.yaml')).toContain('kind: Deployment');
  });

  test('the same source again changes nothing, another one is deployed', async () => {
    const before = commits();
    const again = await push({});
    expect(again.log).toContain('hello/web: unchanged');
    expect(commits()).toBe(before);
    const other = await push({ app: { ...APP, 'app.py': 'print("new")\n' } });
    expect(other.log).toContain('hello/web: deployed');
    expect(world.read('tools-config/hello/images.yaml')).toContain('previous:');
  });

  test.each([
    [200, 0],
    [401, 1],
  ])('a deploy service is asked where there is one; %i ends the job with %i', async (status, code) => {
    const asked: { path: string; authorization: string | undefined; body: unknown }[] = [];
    const service = await localServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const { url = '', headers } = request;
      asked.push({
        path: url,
        authorization: headers.authorization,
        body: deployBody.parse(JSON.parse(text)),
      });
      response.writeHead(status).end('{}');
    });
    const before = commits();
    const run = await push({ service: service.url });
    await service.close();
    expect({ code: run.code, commits: commits() }).toEqual({ code, commits: before });
    expect(asked).toEqual([
      {
        path: '/v1/tools/hello/deploy',
        authorization: `Bearer ${SECRETS.TFG_DEPLOY_TOKEN}`,
        body: {
          components: {
            web: { image: expect.stringMatching(/^registry\.example\.org\/.+:latest@sha256:\w{64}$/) },
          },
          source: { repository: 'https://git.example.org/tools/hello', ref: 'main', commit: COMMIT },
          built_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          build_url: BUILD_URL[host],
        },
      },
    ]);
  });

  test.each([
    ['a build that fails', { app: { ...APP, 'fail-the-build': '' } }, 51],
    ['a login that the registry refuses', { password: 'wrong-5ecret' }, 62],
  ])('%s deploys nothing', async (_, pushed, code) => {
    const before = commits();
    expect(await push(pushed)).toMatchObject({ code, jobs: [] });
    expect(commits()).toBe(before);
  });

  test.each([`$(touch pwned)\`touch pwned\`"; touch pwned; '"; touch pwned #`, '--repo=/elsewhere'])(
    'a branch named %s is text, refused as no name of a branch',
    async (branch) => {
      const before = commits();
      const run = await push({ branch, app: { 'app.py': branch } });
      expect(run).toMatchObject({ code: 2 });
      expect(commits()).toBe(before);
      for (const folder of readdirSync(world.sandbox.root)) {
        expect(existsSync(`${world.sandbox.root}/${folder}/pwned`)).toBe(false);
      }
      expect(existsSync('pwned')).toBe(false);
    },
  );
});

const BUILD_URL = {
  gitea: 'https://git.example.org/tools/hello/actions/runs/7',
  gitlab: 'https://git.example.org/tools/hello/-/pipelines/7',
};

function actions(branch: string) {
  return {
    GITHUB_SERVER_URL: 'https://git.example.org',
    GITHUB_REPOSITORY: 'tools/hello',
    GITHUB_SHA: COMMIT,
    GITHUB_REF_NAME: branch,
    GITHUB_RUN_NUMBER: '7',
  };
}

function gitlab(branch: string) {
  return {
    CI_PROJECT_URL: 'https://git.example.org/tools/hello',
    CI_PIPELINE_URL: BUILD_URL.gitlab,
    CI_COMMIT_SHA: COMMIT,
    CI_COMMIT_BRANCH: branch,
  };
}
