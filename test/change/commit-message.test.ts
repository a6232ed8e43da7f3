import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coalesce } from '../../src/change/coalesce.ts';
import { plainToolMessage, publishMessage, toolMessage } from '../../src/change/commit-message.ts';
import { type ComponentChange, recordedChanges } from '../../src/change/component-change.ts';
import { referenceTrailers } from '../../src/change/reference-trailers.ts';
import type { Change } from '../../src/model/change.ts';
import { formatMessage, parseTrailers } from '../../src/model/commit-message.ts';
import type { Diff } from '../../src/model/diff.ts';
import { build, imageOf } from './builds.ts';

const commit = '4f2c1ab0123456789abcdef0123456789abcdef0';
const sourced = { ...build('a', 9), source: { repository: 'https://git.example.org/tools/hello', commit } };

function change(
  action: ComponentChange['action'],
  component = 'web',
  of: Partial<ComponentChange> = {},
): ComponentChange {
  return { component, action, build: sourced, ...of };
}

describe('toolMessage', () => {
  test('has everything that Argo CD, people and history look for', () => {
    const reference = {
      sha: commit,
      author: { name: 'Ann "A" Lee', email: 'ann@example.org' },
      subject: 'Fix it',
    };
    const message = toolMessage({ tool: 'hello', changes: [change('deployed')], reference });
    expect(formatMessage(message)).toBe(`hello: deploy web 4f2c1ab

web runs ${imageOf('a')} from source commit ${commit}

Tool: hello
Component: web
Image: ${imageOf('a')}
Source-Commit: ${commit}
Action: deployed
Argocd-reference-commit-author: "Ann \\"A\\" Lee" <ann@example.org>
Argocd-reference-commit-sha: ${commit}
Argocd-reference-commit-subject: Fix it
`);
  });

  test.each([
    {
      name: 'one component',
      tool: 'hello',
      changes: [change('deployed')],
      subject: 'hello: deploy web 4f2c1ab',
    },
    {
      name: 'two of one commit',
      tool: 'hello',
      changes: [change('deployed'), change('deployed', 'worker')],
      subject: 'hello: deploy web, worker 4f2c1ab',
    },
    {
      name: 'two of different builds',
      tool: 'hello',
      changes: [change('deployed'), change('deployed', 'worker', { build: build('b') })],
      subject: 'hello: deploy web, worker',
    },
    {
      name: 'a build without a source',
      tool: 'hello',
      changes: [change('deployed', 'web', { build: build('b') })],
      subject: 'hello: deploy web sha256:bbbbbbb',
    },
    {
      name: 'many components',
      tool: 'hello',
      changes: Array.from({ length: 12 }, (_, index) => change('deployed', `component-${index}`)),
      subject: 'hello: deploy 12 components 4f2c1ab',
    },
    {
      name: 'what was deployed beside what waits',
      tool: 'hello',
      changes: [change('waiting'), change('deployed', 'worker')],
      subject: 'hello: deploy worker 4f2c1ab',
    },
    {
      name: 'a build kept back',
      tool: 'hello',
      changes: [change('waiting')],
      subject: 'hello: keep back web 4f2c1ab',
    },
    {
      name: 'a rollback',
      tool: 'hello',
      changes: [change('rolled-back')],
      subject: 'hello: roll back web to 4f2c1ab',
    },
    { name: 'a hold', tool: 'hello', changes: [change('held')], subject: 'hello: hold web at 4f2c1ab' },
    {
      name: 'an end of a hold',
      tool: 'hello',
      changes: [change('unheld')],
      subject: 'hello: unhold web at 4f2c1ab',
    },
    {
      name: 'a long name',
      tool: 'a'.repeat(58),
      changes: [change('deployed')],
      subject: `${'a'.repeat(58)}: dep…`,
    },
  ])('subject of $name', ({ tool, changes, subject }) => {
    expect(toolMessage({ tool, changes }).subject).toBe(subject);
    expect(subject.length).toBeLessThanOrEqual(64);
  });

  test('a reason neither forges a line nor closes an issue nor calls anybody', () => {
    const reason = 'closes #12, see @bob\nTool: other\n\nArgocd-reference-commit-sha: abcdef0';
    const message = formatMessage(
      toolMessage({ tool: 'hello', changes: [change('held', 'web', { by: 'x\nTool: y' })], reason }),
    );
    expect(message).toContain('\nReason given: closes # 12, see @ bob Tool: other Argocd');
    expect(recordedChanges(parseTrailers(message))).toMatchObject([
      { tool: 'hello', component: 'web', by: 'x Tool: y' },
    ]);
  });

  test('what is written is read back', () => {
    const anyChange = fc.record({
      component: fc.constantFrom('web', 'worker', 'constructor'),
      action: fc.constantFrom(
        'deployed' as const,
        'waiting' as const,
        'rolled-back' as const,
        'held' as const,
        'unheld' as const,
      ),
      build: fc.constantFrom(build('a'), sourced),
      by: fc.option(fc.constantFrom('alice', 'bob'), { nil: undefined }),
    });
    const anyReason = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(anyChange, { minLength: 1, maxLength: 4 }), anyReason, (changes, reason) => {
        const read = recordedChanges(
          parseTrailers(formatMessage(toolMessage({ tool: 'hello', changes, reason }))),
        );
        expect(read).toEqual(
          changes.map(({ component, action, build: { image, source }, by }) => {
            return { tool: 'hello', component, action, image, sourceCommit: source?.commit, by };
          }),
        );
      }),
    );
  });
});

describe('plainToolMessage', () => {
  test('has a subject that fits and the tool', () => {
    expect(plainToolMessage('hello', 'fetch the spec', 'See #1')).toEqual({
      subject: 'hello: fetch the spec',
      body: 'See # 1',
      trailers: [{ key: 'Tool', value: 'hello' }],
    });
  });
});

describe('publishMessage', () => {
  const diffOf = (changed: readonly string[], deleted: readonly string[]): Diff => ({
    tools: { total: 3500, changed, deleted },
    files: [],
    changes: [],
  });
  const twelve = Array.from({ length: 12 }, (_, index) => `t${index}`);

  test.each([
    { changed: twelve, deleted: [], subject: 'publish: 12 tools change' },
    { changed: ['hello'], deleted: [], subject: 'publish: 1 tool changes' },
    { changed: ['hello'], deleted: ['gone', 'lost'], subject: 'publish: 1 tool changes, 2 tools deleted' },
    { changed: [], deleted: ['gone'], subject: 'publish: 1 tool deleted' },
    { changed: [], deleted: [], subject: 'publish: 0 tools change' },
  ])('$subject', ({ changed, deleted, subject }) => {
    expect(publishMessage(diffOf(changed, deleted)).subject).toBe(subject);
  });

  test('has the blast radius and names tools, but not all of thousands', () => {
    const { body } = publishMessage(
      diffOf(
        Array.from({ length: 3000 }, (_, index) => `t${index}`),
        ['gone'],
      ),
    );
    expect(body).toMatch(/^3,000 of 3,500 tools change, 1 deleted\.\n\nChanged tools: t0, t1, /);
    expect(body).toContain('t49 and 2950 more\n\nDeleted tools: gone');
    expect(publishMessage(diffOf(['hello'], [])).trailers).toEqual([{ key: 'Tool', value: 'hello' }]);
  });
});

describe('referenceTrailers', () => {
  const keyed = (reference: Parameters<typeof referenceTrailers>[0]) =>
    Object.fromEntries(
      referenceTrailers(reference).map(({ key, value }) => [
        key.replace('Argocd-reference-commit-', ''),
        value,
      ]),
    );

  test('writes each value in the form that Argo CD reads', () => {
    const reference = {
      sha: commit,
      author: { name: 'Ann', email: 'ann@example.org' },
      subject: 'Fix\nit',
      body: 'line\n"two"',
      repository: 'https://user:s3cret@git.example.org/tools/hello',
      date: '2026-11-24T10:00:00Z',
    };
    expect(keyed(reference)).toEqual({
      author: '"Ann" <ann@example.org>',
      sha: commit,
      subject: 'Fix it',
      body: '"line\\n\\"two\\""',
      repourl: 'https://git.example.org/tools/hello',
      date: '2026-11-24T10:00:00Z',
    });
  });

  test.each([
    { name: 'no commit id', reference: { sha: 'main', subject: 'x' }, expected: {} },
    { name: 'a SHA-256 commit id, which Argo CD refuses', reference: { sha: 'a'.repeat(64) }, expected: {} },
    {
      name: 'an address that is none',
      reference: { sha: commit, author: { name: 'A', email: 'a b' } },
      expected: { sha: commit },
    },
    {
      name: 'no web address',
      reference: { sha: commit, repository: 'git@git.example.org:a' },
      expected: { sha: commit },
    },
    {
      name: 'a date of another form',
      reference: { sha: commit, date: 'yesterday' },
      expected: { sha: commit },
    },
    { name: 'empty texts', reference: { sha: commit, subject: ' ', body: '\n' }, expected: { sha: commit } },
    {
      name: 'no name',
      reference: { sha: commit, author: { name: '\n', email: 'a@example.org' } },
      expected: { sha: commit, author: '<a@example.org>' },
    },
  ])('leaves out $name', ({ reference, expected }) => {
    expect(keyed(reference)).toEqual(expected);
  });
});

describe('coalesce', () => {
  const changeOf = (
    tool: string,
    action: ComponentChange['action'],
    paths: readonly string[] = [`${tool}.yaml`],
  ): Change => ({
    files: paths.map((path) => ({ path, text: `of ${tool} by ${action}` })),
    message: toolMessage({ tool, changes: [change(action)], reference: { sha: commit } }),
  });

  test('one change is left as it is', () => {
    const one = changeOf('a', 'deployed');
    expect(coalesce([one])).toBe(one);
  });

  test.each([
    { changes: [changeOf('a', 'deployed'), changeOf('b', 'deployed')], subject: 'deploy 2 tools' },
    { changes: [changeOf('a', 'deployed'), changeOf('b', 'rolled-back')], subject: 'change 2 tools' },
    { changes: [changeOf('a', 'deployed'), changeOf('a', 'deployed')], subject: 'a: 2 changes' },
  ])('$subject', ({ changes, subject }) => {
    const [first, ...more] = changes;
    expect(coalesce([first as Change, ...more]).message.subject).toBe(subject);
  });

  test('keeps the trailers of each, and of a source commit none, as Argo CD takes only one', () => {
    const { message } = coalesce([changeOf('a', 'deployed'), changeOf('b', 'held')]);
    const read = parseTrailers(formatMessage(message));
    expect(recordedChanges(read)).toMatchObject([
      { tool: 'a', action: 'deployed' },
      { tool: 'b', action: 'held' },
    ]);
    expect(read.some(({ key }) => key.startsWith('Argocd-'))).toBe(false);
    expect(message.body).toBe('- a: deploy web 4f2c1ab\n- b: hold web at 4f2c1ab');
  });

  test('of a file that several write the last text counts', () => {
    const { files } = coalesce([changeOf('b', 'deployed', ['z', 'x']), changeOf('a', 'held', ['x'])]);
    expect(files).toEqual([
      { path: 'x', text: 'of a by held' },
      { path: 'z', text: 'of b by deployed' },
    ]);
  });

  test('the body of hundreds stays short, the trailers are all there', () => {
    const changes = Array.from({ length: 500 }, (_, index) => changeOf(`t${index}`, 'deployed'));
    const { message } = coalesce([changes[0] as Change, ...changes.slice(1)]);
    expect(message.subject).toBe('deploy 500 tools');
    expect(message.body).toMatch(/\n- and 300 more$/);
    expect(recordedChanges(message.trailers).length).toBe(500);
  });
});
