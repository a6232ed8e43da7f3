import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CiHost, configRepoWorkflow } from '../../src/app/ci-templates.ts';
import { runPipeline } from '../support/ci/run-gitlab.ts';
import { runWorkflow, type WorkflowRun } from '../support/ci/run-workflow.ts';
import { type CiWorld, ciWorld, put } from '../support/ci/world.ts';
import { type LocalServer, localServer } from '../support/local-server.ts';

const VALUES = { branch: 'main', cliImage: 'registry.example.org/platform/toolforge-gitops:0.1.0' };
const SPEC = 'tools-config/hello/toolforge.yaml';

interface Comments extends LocalServer {
  readonly texts: string[];
  readonly tokens: Set<string>;
}

/** The comments of one pull request, as both hosts' APIs have them. */
async function commentsApi(): Promise<Comments> {
  const texts: string[] = [];
  const tokens = new Set<string>();
  const server = await localServer(async (request, response) => {
    let sent = '';
    for await (const chunk of request) sent += chunk;
    const { headers, method, url = '' } = request;
    tokens.add(headers.authorization ?? `${headers['private-token']}`);
    const [, id] = /(?:comments|notes)\/(\d+)$/.exec(url) ?? [];
    if (method === 'POST') texts.push(JSON.parse(sent).body);
    else if (method !== 'GET' && id !== undefined) texts[Number(id)] = JSON.parse(sent).body;
    response.end(JSON.stringify(method === 'GET' ? texts.map((body, index) => ({ id: index, body })) : {}));
  });
  return { ...server, texts, tokens };
}

// That GitHub's differs only in a word is what rules.test.ts shows.
describe.each<CiHost>(['gitea', 'gitlab'])('the workflow of the config repo on %s', (host) => {
  let world: CiWorld;
  let api: Comments;
  let template: string;
  beforeAll(async () => {
    world = ciWorld();
    [, template] = configRepoWorkflow(world.templates, host, VALUES);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    api = await commentsApi();
  });
  afterEach(() => api.close());

  /** What the workflow says of a change on top of main. */
  function check(change: (workspace: string) => void, { pull = true } = {}): Promise<WorkflowRun> {
    const { git } = world.sandbox;
    let base = '';
    const setting = {
      scratch: world.sandbox.root,
      checkout(workspace: string) {
        git(['clone', '--quiet', world.configRepo, workspace]);
        base = git(['-C', workspace, 'rev-parse', 'HEAD']);
        change(workspace);
      },
      env: { ...world.env, ...(host === 'gitlab' ? gitlab(pull) : actions(pull)) },
      context: {
        'github.event_name': pull ? 'pull_request' : 'push',
        'github.event.pull_request.number': '3',
        'github.token': 'job-5ecret',
      },
    };
    if (host !== 'gitlab') return runWorkflow(template, setting);
    base = git(['-C', world.configRepo, 'rev-parse', 'main']);
    return runPipeline(template, {
      ...setting,
      env: { ...setting.env, ...(pull && { CI_MERGE_REQUEST_DIFF_BASE_SHA: base }) },
    });
  }

  const actions = (pull: boolean) => ({
    GITHUB_API_URL: api.url,
    GITHUB_REPOSITORY: 'toolforge/config',
    GITHUB_BASE_REF: pull ? 'main' : '',
  });
  const gitlab = (pull: boolean) => ({
    CI_API_V4_URL: api.url,
    CI_PROJECT_ID: '1',
    TFG_GITLAB_TOKEN: 'job-5ecret',
    ...(pull && { CI_MERGE_REQUEST_IID: '3' }),
  });

  const addTool = (port: number) => (workspace: string) => {
    put(workspace, { 'tools-config/extra/toolforge.yaml': spec(port) });
    world.cli(['synth'], workspace);
  };

  test('a good change passes, and what it changes is shown once, however often it is pushed', async () => {
    for (const port of [8001, 8002]) {
      const run = await check(addTool(port));
      expect(run).toMatchObject({ code: 0, jobs: ['check'] });
      expect(run.log).not.toContain('5ecret');
    }
    expect(api.texts).toHaveLength(1);
    expect(api.texts[0]).toMatch(/^<!-- toolforge-gitops diff -->\n/);
    expect(api.texts[0]).toContain('extra');
    expect([...api.tokens].join()).toContain('job-5ecret');
  });

  test('a mistake in a spec fails, with its place', async () => {
    const run = await check((workspace) => put(workspace, { [SPEC]: spec(99_999) }));
    expect(run).toMatchObject({ code: 1, jobs: [] });
    expect(run.log).toContain(SPEC);
    expect(api.texts).toEqual([]);
  });

  test('manifests that were not rendered fail, with what to do', async () => {
    const run = await check((workspace) => {
      put(workspace, { 'tools-config/extra/toolforge.yaml': spec(8000) });
    });
    expect(run.code).toBe(1);
    expect(run.log).toContain("run 'toolforge-gitops synth' and commit manifests-out/ as well");
  });

  test('a push to the branch is checked, and comments on nothing', async () => {
    expect(await check(() => undefined, { pull: false })).toMatchObject({ code: 0 });
    expect(api.texts).toEqual([]);
  });
});

function spec(port: number): string {
  return `components:
  web:
    build: {repository: https://gitea.example.org/tools/hello, ref: main}
    run: {command: web, port: ${port}, publish: /}
`;
}
