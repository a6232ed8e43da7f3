import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainToolMessage, publishMessage, toolMessage } from '../../src/change/commit-message.ts';
import { recordedChanges } from '../../src/change/component-change.ts';
import { formatMessage, parseTrailers } from '../../src/model/commit-message.ts';
import type { Diff } from '../../src/model/diff.ts';
import { build, imageOf } from './builds.ts';
import { change, commit, sourced } from './component-changes.ts';

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
