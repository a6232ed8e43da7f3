import { describe, expect, test } from 'vitest';
import { coalesce } from '../../src/change/coalesce.ts';
import { toolMessage } from '../../src/change/commit-message.ts';
import { type ComponentChange, recordedChanges } from '../../src/change/component-change.ts';
import type { Change } from '../../src/model/change.ts';
import { formatMessage, parseTrailers } from '../../src/model/commit-message.ts';
import { change, commit } from './component-changes.ts';

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
