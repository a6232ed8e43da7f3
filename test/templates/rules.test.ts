import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type CiHost,
  configRepoWorkflow,
  type ToolCiValues,
  toolWorkflow,
} from '../../src/app/ci-templates.ts';
import { jobsOf } from '../support/ci/run-gitlab.ts';
import { parseWorkflow } from '../support/ci/run-workflow.ts';
import { readTemplate } from '../support/ci/world.ts';

const VALUES: ToolCiValues = {
  tool: 'hello',
  component: 'web',
  branch: 'main',
  registry: '127.0.0.1:5000',
  builder: 'registry.example.org/platform/builder:24',
  cliImage: 'registry.example.org/platform/toolforge-gitops:0.1.0',
  configRepo: 'gitea+https://gitea.example.org/toolforge/config',
  service: 'https://deploy.example.org',
};
const KINDS = { tool: toolWorkflow, 'config repo': configRepoWorkflow };
const CASES = Object.keys(KINDS).flatMap((kind) =>
  (['gitea', 'github'] as const).map((host) => [kind as keyof typeof KINDS, host] as const),
);
const fill = (kind: keyof typeof KINDS, host: CiHost, values = VALUES) =>
  KINDS[kind](readTemplate, host, values)[1];

describe.each(CASES)('the %s workflow for %s', (kind, host) => {
  test('lies where the host looks for it', async () => {
    const [path] = KINDS[kind](readTemplate, host, VALUES);
    expect(path).toMatch(new RegExp(`^\\.${host}/workflows/\\w+\\.yaml$`));
  });

  test('interpolates nothing into a shell, uses only actions/checkout, and little more than its secrets', async () => {
    const text = fill(kind, host);
    const { jobs } = parseWorkflow(text);
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    expect(steps.map(({ run }) => run ?? '').join('\n')).not.toContain('$'.concat('{{'));
    expect(new Set(steps.flatMap(({ uses }) => uses ?? []))).toEqual(new Set(['actions/checkout@v4']));
    const expressions = [...text.matchAll(/\$\{\{\s*(.+?)\s*\}\}/g)].map(([, name]) => name ?? '');
    for (const expression of expressions) {
      expect(expression).toMatch(
        /^(?:secrets\.TFG_\w+|(?:steps|needs)\.build\.outputs\.[\w-]+|github\.token|github\.event\.pull_request\.number)$/,
      );
    }
  });

  test('says what it may do, and where its jobs run', async () => {
    const workflow = parseWorkflow(fill(kind, host));
    expect(workflow).toHaveProperty('permissions.contents', 'read');
    for (const { container } of Object.values(workflow.jobs))
      expect(container.image).toMatch(/^registry\.example/);
  });
});

test.each(Object.keys(KINDS) as (keyof typeof KINDS)[])(
  'the %s pipeline for GitLab runs in images',
  async (kind) => {
    const text = fill(kind, 'gitlab');
    expect(text).not.toMatch(/docker:|services:/);
    for (const [, job] of jobsOf(text)) expect(job.image.name).toMatch(/^registry\.example/);
  },
);

test.each(['gitea', 'github', 'gitlab'] as const)(
  'on %s nothing of the token comes near the build',
  async (host) => {
    const text = fill('tool', host);
    const { build } = host === 'gitlab' ? Object.fromEntries(jobsOf(text)) : parseWorkflow(text).jobs;
    expect(JSON.stringify(build)).toContain('creator');
    expect(JSON.stringify(build)).not.toContain('TFG_GITEA_TOKEN');
  },
);

test('Gitea and GitHub differ only in what these hosts do differently', async () => {
  for (const kind of ['tool', 'config repo'] as const) {
    const [gitea, github] = [fill(kind, 'gitea'), fill(kind, 'github')].map((text) => text.split('\n'));
    const differing = gitea?.filter((line, index) => line !== github?.[index]);
    expect(differing?.map((line) => line.trim())).toEqual(DIFFERING[kind]);
  }
});

const DIFFERING = {
  tool: [
    '# The builder image itself: no Docker daemon is needed. It holds node too, for actions/checkout.',
    'export BUILD_URL="$REPOSITORY/actions/runs/$GITHUB_RUN_NUMBER"',
  ],
  'config repo': ['run: toolforge-gitops validate --format text'],
};

describe('filling in', () => {
  test('leaves no placeholder, and the values as they are', async () => {
    for (const host of ['gitea', 'github', 'gitlab'] as const) {
      for (const kind of ['tool', 'config repo'] as const) {
        const text = fill(kind, host);
        expect(text).not.toMatch(/@[A-Z_]+@/);
        expect(() => parse(text, { version: '1.1' })).not.toThrow();
      }
    }
    expect(fill('tool', 'gitea')).toContain(`TFG_REPO: "${VALUES.configRepo}"`);
  });

  test('a login in the address of the config repo is left out', async () => {
    const text = fill('tool', 'gitea', {
      ...VALUES,
      configRepo: 'https://bot:5ecret@gitea.example.org/toolforge/config.git',
    });
    expect(text).toContain('TFG_REPO: "https://gitea.example.org/toolforge/config.git"');
  });

  test.each<Partial<ToolCiValues>>([
    { branch: 'main"]\n  workflow_run:' },
    { branch: ['$', '{{ secrets.TFG_GITEA_TOKEN }}'].join('') },
    { branch: '-x' },
    { branch: '' },
    { tool: 'a b' },
    { builder: 'image #' },
    { component: '$(id)' },
    { configRepo: 'https://u:5ecret@gitea.example.org/a b' },
  ])('refuses %j', (bad) => {
    const error = (() => {
      try {
        return fill('tool', 'gitea', { ...VALUES, ...bad });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code: 'usage' });
    expect(String(error)).not.toContain('5ecret');
  });
});
